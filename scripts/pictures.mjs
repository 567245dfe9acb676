// `npm run pictures`: takes the pictures of the README, the walkthroughs and the gallery in a real VS Code.
import { mkdir } from 'node:fs/promises';
import { build } from './build.mjs';
import { inRoot } from './lib/paths.mjs';
import { runMocha } from './suites/mocha.mjs';
import { Tally } from './suites/tally.mjs';

await build();
for (const folder of ['media/pictures', 'docs/gallery']) await mkdir(inRoot(folder), { recursive: true });
const tally = new Tally();
await runMocha(tally, 'pictures', {
  files: ['test/pictures/pictures.ts', 'test/pictures/course.ts', 'test/pictures/samples.ts'],
  timeoutMs: 180_000,
  env: { CONVLENS_HOST: 'web' },
  args: ['--require', './test/e2e/harness/hooks.ts', ...process.argv.slice(2)],
});
process.exitCode = tally.close() ? 0 : 1;
