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

/** Keeps the longest task of the page, ms; those under 50 are not told of. */
export const LONGEST = `new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longestTask = Math.max(window.longestTask ?? 0, duration);
  }).observe({ type: 'longtask', buffered: true });`;

/** Runs in the page before its own scripts: Netron gives its body this class once the graph stands in the document. */
const WATCH = `
  ${LONGEST}
  new MutationObserver((_, observer) => {
    if (!document.body?.classList.contains('default') || !document.querySelector('#canvas .node')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.drawnAfter = performance.now())));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class'] });
`;

/** What the processor did for the page and its workers until now, ms; the browser's own pages do less. */
async function processorMs(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return 1000 * Math.max(...processInfo.flatMap(({ type, cpuTime }) => (type === 'renderer' ? [cpuTime] : [])));
}

const DRAWN_AT = `window.drawnAfter && { at: performance.timeOrigin + window.drawnAfter, longest: window.longestTask ?? 0 }`;

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

/** When the picture was there, and the longest task of the page until then, ms. Netron takes `eval` away, by which Playwright asks. */
async function drawnAt(page) {
  const session = await page.context().newCDPSession(page);
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline;) {
    const { result } = await session.send('Runtime.evaluate', { expression: DRAWN_AT, returnByValue: true });
    if (result.value) return result.value;
    await page.waitForTimeout(100);
  }
  throw new Error(`${page.url()} is not drawn after ${PATIENCE / 1000} s`);
}

/** From the moment the file is opened; `begin`: what starts then beside the page, gives the ms of the processor that took. */
async function drawn(viewport, url, watch, begin = () => 0) {
  const browser = await chromium.launch({ executablePath: await findChrome() });
  try {
    const context = await browser.newContext({ viewport });
    // Netron asks for it otherwise, and waits for the answer.
    await context.addCookies([{ name: 'consent', value: '1', url }]);
    const page = await context.newPage();
    await page.addInitScript(watch);
    const started = performance.timeOrigin + performance.now();
    const beside = begin();
    await page.goto(url, { waitUntil: 'commit' });
    const { at, longest } = await drawnAt(page);
    const processor = (await processorMs(browser)) + (await beside);
    return { ms: at - started, longest, processor, mib: await peakOf(browser) };
  } finally {
    await browser.close();
  }
}

/**
 * `nets`: name, bytes of the file, the address of our page, and what makes our host read the file: it begins when the page is opened,
 * in its own process, as in the editor. `watch`: tells when our page is drawn.
 */
export async function againstNetron(folder, nets, { viewport, watch }) {
  const source = [folder, path.join(folder, 'source')].find((one) => existsSync(path.join(one, 'index.html')));
  if (!source) throw new Error(`${folder} is no checkout of Netron: there is no source/index.html`);
  const server = await serve(source, new Map(nets.map(({ file, bytes }) => [file, bytes])));
  try {
    const entries = [];
    for (const { name, file, ours, begin, target } of nets) {
      const [mine, theirs] = [[], []];
      for (let turn = 0; turn < TURNS; turn++) {
        mine.push(await drawn(viewport, ours, watch, begin));
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
      entries.push({
        name: `${name}, processor`,
        value: of(mine, 'processor'),
        unit: 'ms',
        ratio: of(theirs, 'processor') / of(mine, 'processor'),
        reference: reference('processor', 'ms'),
        better: 'higher',
      });
      entries.push({
        name: `${name}, longest task of the page`,
        value: of(mine, 'longest'),
        unit: 'ms',
        // Shorter ones than 50 ms are not told of.
        ratio: of(theirs, 'longest') / Math.max(50, of(mine, 'longest')),
        reference: reference('longest', 'ms'),
        better: 'higher',
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
