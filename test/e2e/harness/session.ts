import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { startNodeHost } from '../../../scripts/hosts/code-server.mjs';
import { startWebHost, type Host } from '../../../scripts/hosts/web.mjs';
import packageJson from '../../../package.json';
import { browser } from './browser';
import { Problems } from './problems';
import { makeWorkspace, removeWorkspace, root, settings, type Extras } from './workspace';

export type HostKind = 'web' | 'node';

/** A VS Code that stands open on a copy of the samples. */
export interface Session {
  kind: HostKind;
  page: Page;
  folder: string;
  problems: Problems;
  /** Where the Node host keeps what was installed. */
  extensionsDir?: string;
  stop(): Promise<void>;
}

export interface LaunchOptions {
  /** Files to add to the copy of the samples. */
  extras?: Extras;
  /** The web host runs the extension from its folder ... */
  extensionPath?: string;
  /** ... the Node host installs its package. */
  vsix?: string;
}

export const vsixPath = path.join(root, 'artifacts', `${packageJson.name}-${packageJson.version}.vsix`);

/** A screenshot twice as fine as the window: the README shows them. */
const VIEW = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 2 };

async function openPage(host: Host): Promise<{ context: BrowserContext; page: Page; problems: Problems }> {
  const context = await (await browser()).newContext(VIEW);
  try {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(host.url).origin });
    const page = await context.newPage();
    const problems = new Problems(page);
    await page.goto(host.url);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
    return { context, page, problems };
  } catch (error) {
    await context.close();
    throw error;
  }
}

async function session(kind: HostKind, folder: string, host: Host, cleanUp: () => Promise<void>): Promise<Session> {
  try {
    const { context, page, problems } = await openPage(host);
    const stop = async (): Promise<void> => {
      await context.close();
      await host.stop();
      await cleanUp();
    };
    return { kind, page, folder, problems, stop };
  } catch (error) {
    await host.stop();
    await cleanUp();
    throw error;
  }
}

/** The extension as a web extension: VS Code for the browser, extension host in a worker. */
export async function launchWebHost(options: LaunchOptions = {}): Promise<Session> {
  const folder = await makeWorkspace(options.extras);
  const host = await startWebHost({ folder, extensionPath: options.extensionPath ?? root, quiet: true });
  return session('web', folder, host, () => removeWorkspace(folder));
}

/** The packaged extension in a VS Code whose extension host is Node, as on a desktop or a remote machine. */
export async function launchNodeHost(options: LaunchOptions = {}): Promise<Session> {
  const vsix = options.vsix ?? vsixPath;
  if (!existsSync(vsix)) throw new Error(`${path.relative(root, vsix)} is missing: run npm run package first`);
  const folder = await makeWorkspace(options.extras);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'convlens-node-host-'));
  const host = await startNodeHost({ folder, dataDir, vsix, settings });
  const opened = await session('node', folder, host, async () => {
    await removeWorkspace(folder);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });
  return { ...opened, extensionsDir: path.join(dataDir, 'extensions') };
}

/** Every spec runs once in each host; which one it is now, the runner says. */
export const hostKind: HostKind = process.env.CONVLENS_HOST === 'node' ? 'node' : 'web';

export const launchHost = (options: LaunchOptions = {}): Promise<Session> =>
  hostKind === 'node' ? launchNodeHost(options) : launchWebHost(options);
