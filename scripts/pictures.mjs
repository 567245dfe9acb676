// `npm run pictures`: takes the README's pictures in a real VS Code, into media/pictures.
import { mkdir } from 'node:fs/promises';
import { build } from './build.mjs';
import { inRoot } from './lib/paths.mjs';
import { runMocha } from './suites/mocha.mjs';
import { Tally } from './suites/tally.mjs';

await build();
await mkdir(inRoot('media/pictures'), { recursive: true });
const tally = new Tally();
await runMocha(tally, 'pictures', {
  files: ['test/pictures/pictures.ts'],
  timeoutMs: 180_000,
  env: { CONVLENS_HOST: 'web' },
  args: ['--require', './test/e2e/harness/hooks.ts', ...process.argv.slice(2)],
});
process.exitCode = tally.close() ? 0 : 1;
