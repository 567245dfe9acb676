// `npm run fuzz -- --hours 1 [--seed N] [--count N]`: damages models, definitions, pictures and arrays at random for as long as asked and keeps what it finds.
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
const most = Number(values.count);
const until = Date.now() + Number(values.hours) * 3_600_000;
let tried = 0;
let found = 0;
const kinds = new Map();
while (tried < most && Date.now() < until) {
  const stretch = await campaign(seed, tried, Math.min(tried + STRETCH, most), until);
  tried += stretch.tried;
  for (const [kind, count] of stretch.kinds) kinds.set(kind, (kinds.get(kind) ?? 0) + count);
  for (const { at, error, file, extension } of stretch.finds) {
    found++;
    console.log(`\ncase ${at} of seed ${seed}: ${error}`);
    if (!file) continue;
    const folder = path.join(artifactsDir, 'fuzz');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, `seed${seed}-case${at}${extension}`), file);
  }
  if (stretch.tried === 0) break;
}
const parts = [...kinds].map(([kind, count]) => `${count} ${kind}s`).join(', ');
console.log(`seed ${seed}: ${tried} cases tried (${parts}), ${found} finds`);
process.exitCode = found > 0 ? 1 : 0;
