// `npm run fuzz -- --hours 1 [--seed N] [--count N]`: damages models at random for as long as asked and keeps what it finds.
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { artifactsDir } from './lib/paths.mjs';

const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '0.1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: 'Infinity' },
  },
});

const require = createRequire(import.meta.url);
require('tsx/cjs');
const { campaign } = require('../test/fuzz/campaign.ts');

const STRETCH = 2000;
const seed = Number(values.seed);
const count = Number(values.count);
const until = Date.now() + Number(values.hours) * 3_600_000;
let tried = 0;
let found = 0;
while (tried < count && Date.now() < until) {
  const stretch = await campaign(seed, tried, Math.min(tried + STRETCH, count), until);
  tried += stretch.tried;
  for (const { at, error, file } of stretch.finds) {
    found++;
    console.log(`\ncase ${at} of seed ${seed}: ${error}`);
    if (!file) continue;
    const folder = path.join(artifactsDir, 'fuzz');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `seed${seed}-case${at}.onnx`), file);
  }
  if (stretch.tried === 0) break;
}
console.log(`seed ${seed}: ${tried} cases tried, ${found} finds`);
process.exitCode = found > 0 ? 1 : 0;
