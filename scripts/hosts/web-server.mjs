// The process of the web host (scripts/hosts/web.mjs forks it). It is one of its own because @vscode/test-web talks to the
// console at every request, and because a test should not share a core with the server it waits for.
import { open } from '@vscode/test-web';

await open(JSON.parse(process.argv[2]));
process.send('ready');
// Whoever started it is gone, by whatever way.
process.once('disconnect', () => process.exit());
