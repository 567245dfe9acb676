import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { writeUserSettings } from '../../../scripts/hosts/code-server.mjs';
import { startWebHost } from '../../../scripts/hosts/web.mjs';
import { browser } from './browser';
import { nodeServer } from './nodeServer';
import { Problems } from './problems';
import { makeWorkspace, removeWorkspace, root, settings, writeFolderSettings, type Extras } from './workspace';

export type HostKind = 'web' | 'node';

/** A VS Code that stands open on a copy of the samples. */
export interface Session {
  readonly kind: HostKind;
  readonly page: Page;
  readonly folder: string;
  readonly problems: Problems;
  /** Where the Node host keeps what was installed. */
  readonly extensionsDir?: string;
  /** A second window of the same person on the same folder; it goes with the first. */
  another(): Promise<Pick<Session, 'page' | 'problems'>>;
  stop(): Promise<void>;
}

export interface LaunchOptions {
  /** Files to add to the copy of the samples. */
  readonly extras?: Extras;
  /** Settings beside those of all sessions; the Node host takes them as the user's. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Makes of the folder what the window is to find, before it opens. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** Pixels of the screen for one of the page; pictures for people want two. */
  readonly scale?: number;
  /** What the web host says its display language is. VS Code's own words stay English: there is no language pack. */
  readonly language?: string;
}

const WINDOW = { width: 1440, height: 900 };

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly problems: Problems;
}

interface Look {
  readonly scale?: number | undefined;
  readonly language?: string | undefined;
}

/** Runs before VS Code: its loader takes the language from here, and for the editor's own words those it has. */
const speaking = (language: string): string => `
  if (window === window.top)
    globalThis.require = {
      'vs/nls': {
        availableLanguages: { '*': ${JSON.stringify(language)} },
        loadBundle: (name, _, done) => require([name + '.nls'], (messages) => done(null, messages)),
      },
    };
`;

async function openPage(url: string, { scale = 1, language }: Look): Promise<Opened> {
  const context = await (await browser()).newContext({ viewport: WINDOW, deviceScaleFactor: scale });
  try {
    if (language !== undefined) await context.addInitScript(speaking(language));
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
    const page = await context.newPage();
    const problems = new Problems(page);
    await page.goto(url);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
    return { context, page, problems };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/** Opens the window; `cleanUp` also runs where that fails. */
async function session(
  kind: HostKind,
  folder: string,
  url: string,
  look: Look,
  cleanUp: () => Promise<unknown>,
): Promise<Session> {
  const end = async (): Promise<void> => {
    await cleanUp();
    await removeWorkspace(folder);
  };
  try {
    const { context, page, problems } = await openPage(url, look);
    const stop = async (): Promise<void> => {
      await context.close();
      await end();
    };
    return { kind, page, folder, problems, another: () => secondWindow(context, url), stop };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The extension as a web extension: VS Code for the browser, extension host in a worker. */
async function launchWebHost({ extras, scale, language, settings: more, prepare }: LaunchOptions): Promise<Session> {
  const folder = await makeWorkspace(extras);
  await writeFolderSettings(folder, more);
  await prepare?.(folder);
  const host = await startWebHost({ folder, extensionPath: root });
  return session('web', folder, host.url, { scale, language }, () => host.stop());
}

/** The packaged extension in a VS Code whose extension host is Node, as on a desktop or a remote machine. */
async function launchNodeHost({ extras, scale, settings: more, prepare }: LaunchOptions): Promise<Session> {
  const host = await nodeServer();
  // A test may have changed them.
  await writeUserSettings(host.dataDir, { ...settings, ...more });
  const folder = await makeWorkspace(extras);
  await prepare?.(folder);
  const opened = await session('node', folder, host.urlOf(folder), { scale }, () => Promise.resolve());
  return { ...opened, extensionsDir: path.join(host.dataDir, 'extensions') };
}

async function secondWindow(context: BrowserContext, url: string): ReturnType<Session['another']> {
  const page = await context.newPage();
  const problems = new Problems(page);
  await page.goto(url);
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
  return { page, problems };
}

/** Every spec runs once in each host; which one it is now, the runner says. */
export const hostKind: HostKind = process.env.CONVLENS_HOST === 'node' ? 'node' : 'web';

export const launchHost = (options: LaunchOptions = {}): Promise<Session> =>
  hostKind === 'node' ? launchNodeHost(options) : launchWebHost(options);
