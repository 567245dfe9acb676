// The checks that read the sources without running them. Each is one test.
import { mkdir } from 'node:fs/promises';
import { exec } from '../lib/exec.mjs';
import { inRoot, readJson, root } from '../lib/paths.mjs';

const tool =
  (file) =>
  (...args) =>
    exec(process.execPath, [inRoot('node_modules', file), ...args], { cwd: root });

const eslint = tool('eslint/bin/eslint.js');
const prettier = tool('prettier/bin/prettier.cjs');
const tsc = tool('typescript/bin/tsc');
const depcruise = tool('dependency-cruiser/bin/dependency-cruise.mjs');
const knip = tool('knip/bin/knip.js');

export const lint = (tally) =>
  tally.check('eslint', async () => {
    const warnings = await eslint('.');
    if (warnings.trim()) console.log(warnings.trimEnd());
  });

export const format = (tally) => tally.check('prettier', () => prettier('--check', '--log-level', 'warn', '.'));

/** One world after the other: side by side they would fight for two cores and memory. */
export async function types(tally) {
  await mkdir(inRoot('.cache/tsc'), { recursive: true });
  for (const { path: project } of readJson('tsconfig.json').references) {
    const info = inRoot('.cache/tsc', `${project.replaceAll('/', '-')}.tsbuildinfo`);
    await tally.check(`types of ${project}`, () => tsc('-p', project, '--incremental', '--tsBuildInfoFile', info));
  }
}

export const imports = (tally) =>
  tally.check('import table', () => depcruise('--output-type', 'err-long', 'src', 'webview'));

export const unused = (tally) => tally.check('unused code', () => knip('--no-progress', '--no-config-hints'));
