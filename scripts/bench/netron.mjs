// Netron and this page side by side: the same files, each in a fresh browser of the same kind, from opening the page to the picture.
// Netron is not in any package registry: a person hands over the folder of a checkout.
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChrome } from '../chrome.mjs';
import { median } from './measure.mjs';

const TURNS = 3;
const PATIENCE = 240_000;

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

/** Netron's page with its scripts, and the models by their names. */
async function serve(folder, models) {
  const server = createServer((request, response) => {
    void (async () => {
      const name = path.basename(new URL(request.url, 'http://x').pathname) || 'index.html';
      try {
        const body = models.get(name) ?? (await readFile(path.join(folder, name)));
        const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Runs in the page before its own scripts: Netron gives its body this class once the graph stands in the document. */
const WATCH = `
  new MutationObserver((_, observer) => {
    if (!document.body?.classList.contains('default') || !document.querySelector('#canvas .node')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.drawnAfter = performance.now())));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
`;

/** The most memory the process of the page ever had, MiB; null where the system does not tell. */
async function peakOf(browser) {
  if (process.platform !== 'linux') return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const peaks = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, 'utf8')))
    .map((found) => (found ? Number(found[1]) / 1024 : 0));
  return Math.max(...peaks) || null;
}

/** Netron takes `eval` away from its page, by which Playwright asks. */
async function timeOf(page) {
  const session = await page.context().newCDPSession(page);
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline;) {
    const { result } = await session.send('Runtime.evaluate', { expression: 'window.drawnAfter' });
    if (result.type === 'number') return result.value;
    await page.waitForTimeout(100);
  }
  throw new Error(`${page.url()} is not drawn after ${PATIENCE / 1000} s`);
}

async function drawn(viewport, url, watch) {
  const browser = await chromium.launch({ executablePath: await findChrome() });
  try {
    const context = await browser.newContext({ viewport });
    // Netron asks for it otherwise, and waits for the answer.
    await context.addCookies([{ name: 'consent', value: '1', url }]);
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(url, { waitUntil: 'commit' });
    return { ms: await timeOf(page), mib: await peakOf(browser) };
  } finally {
    await browser.close();
  }
}

/**
 * `nets`: name, bytes of the file, what we take to read and analyse them in ms, and the address of our page with the graph. `watch`:
 * tells when our page is drawn. Reading and analysing count on our side as they do on Netron's.
 */
export async function againstNetron(folder, nets, { viewport, watch }) {
  const source = [folder, path.join(folder, 'source')].find((one) => existsSync(path.join(one, 'index.html')));
  if (!source) throw new Error(`${folder} is no checkout of Netron: there is no source/index.html`);
  const server = await serve(source, new Map(nets.map(({ file, bytes }) => [file, bytes])));
  try {
    const entries = [];
    for (const { name, file, ours, readMs, target } of nets) {
      const [mine, theirs] = [[], []];
      for (let turn = 0; turn < TURNS; turn++) {
        const own = await drawn(viewport, ours, watch);
        mine.push({ ...own, ms: own.ms + readMs });
        theirs.push(await drawn(viewport, `${server.origin}/?url=${server.origin}/${file}`, WATCH));
      }
      const of = (runs, what) => median(runs.map((run) => run[what]));
      const reference = (what, unit) => `Netron's ${Math.round(of(theirs, what))} ${unit}`;
      entries.push({
        name: `${name}, opened to drawn`,
        value: of(mine, 'ms'),
        unit: 'ms',
        ratio: of(theirs, 'ms') / of(mine, 'ms'),
        reference: reference('ms', 'ms'),
        better: 'higher',
        target,
      });
      if (mine.some(({ mib }) => mib === null)) continue;
      entries.push({
        name: `${name}, memory of the page at most`,
        value: of(mine, 'mib'),
        unit: 'MiB',
        ratio: of(theirs, 'mib') / of(mine, 'mib'),
        reference: reference('mib', 'MiB'),
        better: 'higher',
        target: 1,
      });
    }
    return entries;
  } finally {
    server.close();
  }
}
