// What ships of others: pinned to the byte, and not known to be vulnerable where the registry can be asked.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readJson, root } from '../lib/paths.mjs';

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** The manifest names exact versions, and the lock file has the same ones with the sum of their bytes. */
export const pinned = (tally) =>
  tally.check('versions pinned', () => {
    const manifest = readJson('package.json');
    const { packages } = readJson('package-lock.json');
    for (const kind of ['dependencies', 'devDependencies']) {
      assert.deepEqual(packages[''][kind], manifest[kind], `${kind} of the lock file`);
      for (const [name, version] of Object.entries(manifest[kind])) {
        assert.match(version, EXACT, `${name} is not pinned`);
        assert.equal(packages[`node_modules/${name}`]?.version, version, name);
      }
    }
    const loose = Object.entries(packages).filter(([place, { integrity, link }]) => place && !integrity && !link);
    assert.deepEqual(
      loose.map(([place]) => place),
      [],
      'packages without the sum of their bytes',
    );
  });

async function answer() {
  const args = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'];
  const child = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  await new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  try {
    return JSON.parse(output);
  } catch {
    return { message: output.trim() || 'no answer' };
  }
}

/** Asks the registry; one that refuses or is out of reach is told as a skipped test, never as a passed one. */
export async function audit(tally) {
  const { metadata, vulnerabilities, message } = await answer();
  if (!metadata?.vulnerabilities) {
    console.log(`  skip  npm audit --omit=dev: the registry gives no answer (${message ?? 'none'})`);
    tally.add({ passed: 0, failed: 0, skipped: 1, retried: [] }, 'audit');
    return;
  }
  await tally.check('npm audit --omit=dev', () => {
    assert.ok(metadata.dependencies.prod > 5, 'nothing was looked at');
    assert.deepEqual(Object.keys(vulnerabilities), [], 'packages that ship and are known to be vulnerable');
  });
}
