// `npm test`: every check there is, and one closing line for all of them.
//   --only NAME[,NAME]  only these suites (e2e is both hosts)   --long  the slow ones too   --grep TEXT  for mocha
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { prepareNodeHost } from './hosts/code-server.mjs';
import { inRoot } from './lib/paths.mjs';
import { createPackage, vsixPath } from './package.mjs';
import { checkContents, checkSize } from './package/contents.mjs';
import { runMocha } from './suites/mocha.mjs';
import { audit, pinned } from './suites/ships.mjs';
import { format, imports, lint, types, unused } from './suites/static.mjs';
import { Tally } from './suites/tally.mjs';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, long: { type: 'boolean', default: false }, grep: { type: 'string' } },
});
const args = options.grep ? ['--grep', options.grep] : [];
const MINUTE = 60_000;

const endToEnd = (host) => (tally) =>
  runMocha(tally, `e2e-${host}`, {
    files: ['test/e2e/specs/**/*.e2e.ts'],
    timeoutMs: 3 * MINUTE,
    // A real VS Code on a busy machine loses a key now and then. What was tried twice is told by name at the end.
    retries: 1,
    env: { CONVLENS_HOST: host, CONVLENS_LONG: options.long ? '1' : '' },
    args: ['--require', './test/e2e/harness/hooks.ts', ...args],
  });

const SUITES = {
  build: (tally) => tally.check('bundles', () => build()),
  lint,
  format,
  types,
  imports,
  unused,
  pinned,
  unit: (tally) =>
    runMocha(tally, 'unit', {
      files: ['test/{core,protocol,webview,cli,host,node}/**/*.test.ts'],
      report: 'dot',
      args: ['--require', './test/support/offline.ts', ...args],
    }),
  // 3,000 cases, with --long 30,000; `npm run fuzz` goes on from there.
  fuzz: (tally) =>
    runMocha(tally, 'fuzz', {
      files: ['test/fuzz/**/*.test.ts'],
      timeoutMs: 10 * MINUTE,
      env: { CONVLENS_LONG: options.long ? '1' : '' },
      args,
    }),
  long: (tally) => runMocha(tally, 'long', { files: ['test/**/*.long.ts'], timeoutMs: 20 * MINUTE, args }),
  audit,
  async package(tally) {
    if (!(await tally.check('packed', createPackage))) return;
    await tally.check('contents', () => checkContents(vsixPath()));
    await tally.check('size', () => checkSize(vsixPath()));
  },
  'e2e-web': endToEnd('web'),
  'e2e-node': endToEnd('node'),
};

/** Too slow for every time, or about the world of today rather than about this checkout. */
const ONLY_LONG = new Set(['long', 'audit']);

/** They only read the sources too, and together take about as long as eslint, which keeps one core busy. */
const BESIDE_LINT = new Set(['format', 'types', 'imports', 'unused', 'pinned']);

function chosen() {
  if (!options.only) return Object.keys(SUITES).filter((name) => !ONLY_LONG.has(name) || options.long);
  const wanted = options.only.split(',');
  const unknown = wanted.filter(
    (name) => !Object.keys(SUITES).some((suite) => suite === name || suite.startsWith(`${name}-`)),
  );
  if (unknown.length > 0)
    throw new Error(`no suite ${unknown.join(', ')}; there are: ${Object.keys(SUITES).join(', ')}, e2e`);
  const names = Object.keys(SUITES).filter((suite) =>
    wanted.some((name) => suite === name || suite.startsWith(`${name}-`)),
  );
  // The Node host installs the package, the web host runs what was built; a package is built on the way.
  if (names.includes('e2e-node') && !names.includes('package')) names.unshift('package');
  else if (names.includes('e2e-web') && !names.includes('build')) names.unshift('build');
  return names;
}

const tally = new Tally();

async function run(name) {
  console.log(`\n== ${name}`);
  try {
    await SUITES[name](tally);
  } catch (error) {
    tally.fail(name, error instanceof Error ? error.stack : String(error));
  }
}

const names = chosen();
// A first run downloads and builds for a minute or two, while others compute. What goes wrong there, the suite tells.
const prepared = names.includes('e2e-node') ? prepareNodeHost().catch(() => undefined) : null;
let linted;
for (const name of names) {
  if (name === 'lint') linted = run(name);
  else {
    if (!BESIDE_LINT.has(name)) await linted;
    if (name === 'e2e-node') await prepared;
    await run(name);
  }
}
await linted;
if (!existsSync(inRoot('../shared/corpus'))) {
  console.log(
    '\nnote: ../shared/corpus is absent; the tests that need its models were skipped and are counted as such',
  );
}
process.exitCode = tally.close() ? 0 : 1;
