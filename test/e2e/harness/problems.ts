import type { ConsoleMessage, Page } from 'playwright-core';

/** Something the page complained about. */
export interface Problem {
  kind: 'console' | 'exception' | 'csp';
  text: string;
  url: string;
}

/** What the servers of these hosts do not have, with or without an extension. */
const NOISE: readonly RegExp[] = [
  // files of the official build that the published packages leave out
  /404 .*(nls\.messages\.js|package\.nls\.json|\/vsda|favicon)/,
  // settings files looked for in the mounted folder
  /ENOPRO|404 .*\/static\/mount\/\.vscode\//,
  // a drop target that VS Code makes for each webview editor and keeps listening; told after some hundred of them
  /ListenerLeakError: \[ThemeService\.onColorThemeChange\][^]*createEditorDropTarget/,
];

/** VS Code talks of its own affairs (sign-ins, settings, a slow machine); what concerns an extension names it. */
const isOfVsCode = (text: string, url: string): boolean =>
  /\/workbench(\.\w+)*\.js$/.test(url) && !/convlens|webview|extension host/i.test(text);

const isNoise = (text: string, url: string): boolean =>
  isOfVsCode(text, url) || NOISE.some((pattern) => pattern.test(`${text} ${url}`));

/**
 * Listens to everything a page, its webviews and their workers report. A refused resource is read off the console
 * as well: VS Code writes a webview's document anew, which removes every listener put there beforehand.
 */
export class Problems {
  private readonly found: Problem[] = [];

  constructor(page: Page) {
    page.on('console', (message) => {
      this.console(message);
    });
    page.on('pageerror', (error) => {
      this.add('exception', error.stack ?? error.message, page.url());
    });
  }

  private console(message: ConsoleMessage): void {
    const text = message.text();
    if (/Content Security Policy/i.test(text)) this.add('csp', text, message.location().url);
    else if (message.type() === 'error') this.add('console', text, message.location().url);
  }

  private add(kind: Problem['kind'], text: string, url: string): void {
    if (!isNoise(text, url)) this.found.push({ kind, text, url });
  }

  /** Everything since the last call; a test that wants none asserts that this is empty. */
  take(): Problem[] {
    return this.found.splice(0);
  }

  list(): readonly Problem[] {
    return this.found;
  }
}
