// `npm run bench -- [NAME...] [--netron DIR] [--json]`: every measured claim, from scripts/bench/*.bench.mjs.
// Only ratios of two things measured in the same run decide; milliseconds and bytes inform.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { inRoot } from './lib/paths.mjs';

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, netron: { type: 'string' } },
});

const round = (value) => (value === undefined ? undefined : Number(value.toPrecision(4)));

/** Adds the verdict; an entry without a target only informs. */
function judged(entry) {
  if (entry.skipped) return entry;
  const { ratio, target, better } = entry;
  const ok = target === undefined || (better === 'higher' ? ratio >= target : ratio <= target);
  return { ...entry, value: round(entry.value), ratio: round(ratio), ok };
}

function line({ name, value, unit, ratio, reference, target, ok, skipped, why }) {
  if (skipped) return `  --    ${name}: skipped, ${why}`;
  const goal = target === undefined ? '' : ` (target ${target})`;
  return `  ${ok ? 'ok  ' : 'FAIL'}  ${name}: ${value} ${unit}; ${ratio} x, against ${reference}${goal}`;
}

await build({ minify: true });
const entries = [];
for (const file of readdirSync(inRoot('scripts/bench')).filter((name) => name.endsWith('.bench.mjs'))) {
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) continue;
  const module = await import(new URL(`./bench/${file}`, import.meta.url));
  for (const entry of await module.entries({ netron: options.netron })) {
    entries.push(judged(entry));
    if (!options.json) console.log(line(entries.at(-1)));
  }
}
if (options.json) console.log(JSON.stringify({ entries }, null, 2));
process.exitCode = entries.some((entry) => entry.ok === false) ? 1 : 0;
