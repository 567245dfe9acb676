import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheDir, inRoot, root } from '../lib/paths.mjs';

/** Runs mocha over TypeScript and adds its counts; a run that dies without counts is a failed test. */
export async function runMocha(
  tally,
  name,
  { files, timeoutMs = 20_000, report = 'spec', retries = 0, env = {}, args = [] },
) {
  const counts = path.join(cacheDir, `mocha-${name}.json`);
  await mkdir(cacheDir, { recursive: true });
  await rm(counts, { force: true });
  const command = [
    inRoot('node_modules/mocha/bin/mocha.js'),
    ...['--require', 'tsx/cjs', '--reporter', inRoot('test/support/reporter.cjs')],
    ...['--timeout', String(timeoutMs), '--retries', String(retries), ...args, ...files],
  ];
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, CONVLENS_COUNTS: counts, CONVLENS_REPORT: report },
  });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve('no process'));
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
  const result = await readFile(counts, 'utf8').then(JSON.parse, () => undefined);
  if (!result) {
    tally.fail(name, `mocha ended with ${code} before it had counted anything`);
    return;
  }
  tally.add(result, name);
  // Something beside the tests went wrong, for instance an exception after the last of them.
  if (code !== 0 && result.failed === 0) tally.fail(name, `mocha ended with ${code} though no test failed`);
  if (result.passed + result.failed === 0) tally.fail(name, 'no test was executed');
}
