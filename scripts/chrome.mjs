// Finds a Chromium to drive, or gets one: CHROME_PATH, the PATH, Debian's package, Playwright's download.
import { existsSync } from 'node:fs';
import { aptInstall, canAptInstall, exec, which } from './lib/exec.mjs';
import { inRoot, isMain } from './lib/paths.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const onThisMachine = () => NAMES.map(which).find(Boolean) ?? MAC.find((file) => existsSync(file));

async function playwrightsOwn() {
  const { chromium } = await import('playwright-core');
  if (!existsSync(chromium.executablePath())) {
    await exec(process.execPath, [inRoot('node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  }
  return chromium.executablePath();
}

export async function findChrome() {
  const wished = process.env.CHROME_PATH;
  if (wished) {
    if (!existsSync(wished)) throw new Error(`CHROME_PATH is ${wished}, where there is no file`);
    return wished;
  }
  const found = onThisMachine();
  if (found) return found;

  const failures = [];
  if (canAptInstall()) {
    try {
      console.log("chrome: installing Debian's chromium");
      // The fonts matter: without any, every label of a screenshot is a row of boxes.
      aptInstall('chromium', 'fonts-dejavu-core');
      const installed = onThisMachine();
      if (installed) return installed;
    } catch (error) {
      failures.push(error.message);
    }
  }
  try {
    return await playwrightsOwn();
  } catch (error) {
    failures.push(error.message);
  }
  throw new Error(
    [
      'No Chromium found, and none could be installed. Install Chromium or Google Chrome (Debian: apt install chromium),',
      'or set CHROME_PATH to the program of one that is there. What was tried:',
      ...failures.map((failure) => `  ${failure.trim()}`),
    ].join('\n'),
  );
}

// No top-level await: the end-to-end tests load this file as CommonJS.
if (isMain(import.meta.url)) void findChrome().then(console.log);
