import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startNodeHost, type NodeHost } from '../../../scripts/hosts/code-server.mjs';
import packageJson from '../../../package.json';
import { root } from './workspace';

interface Running extends NodeHost {
  readonly dataDir: string;
}

const vsix = path.join(root, 'artifacts', `${packageJson.name}-${packageJson.version}.vsix`);

let running: Promise<Running> | undefined;

async function start(): Promise<Running> {
  if (!existsSync(vsix)) throw new Error(`${path.relative(root, vsix)} is missing: run npm run package first`);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'convlens-node-host-'));
  try {
    return { ...(await startNodeHost({ dataDir, vsix })), dataDir };
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
}

/** One server with the package installed for a whole run; every session opens a window and a folder of its own in it. */
export function nodeServer(): Promise<Running> {
  running ??= start();
  return running;
}

export async function stopNodeServer(): Promise<void> {
  const stopping = running;
  running = undefined;
  if (!stopping) return;
  const server = await stopping;
  await server.stop();
  await rm(server.dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/** Processes of the extension hosts of all windows. Linux only, as the prepared server is. */
async function extensionHosts(): Promise<string[]> {
  const { dataDir } = await nodeServer();
  const of = (pid: string, what: string): Promise<string> => readFile(`/proc/${pid}/${what}`, 'latin1').catch(() => '');
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const ours = (await of(pid, 'cmdline')).includes('--type=extensionHost');
    if (ours && (await of(pid, 'environ')).includes(dataDir)) found.push(pid);
  }
  return found;
}

/** Kills them, as a crash would. */
export async function killExtensionHosts(): Promise<number> {
  const hosts = await extensionHosts();
  hosts.forEach((pid) => process.kill(Number(pid), 'SIGKILL'));
  return hosts.length;
}

/** Resident memory of all of them, MiB. */
export async function extensionHostMemory(): Promise<number> {
  const pages = await Promise.all((await extensionHosts()).map((pid) => readFile(`/proc/${pid}/statm`, 'latin1')));
  return pages.reduce((sum, text) => sum + Number(text.split(' ')[1]) * 4096, 0) / 2 ** 20;
}

/** The most that one of them ever held, MiB. */
export async function extensionHostPeak(): Promise<number> {
  const told = await Promise.all((await extensionHosts()).map((pid) => readFile(`/proc/${pid}/status`, 'latin1')));
  return Math.max(...told.map((text) => Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1]) / 1024));
}
