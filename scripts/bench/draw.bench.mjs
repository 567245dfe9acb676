// From opening the page to the first frame with the graph in it, and frames while one pans and zooms, in a real Chromium.
import { build } from 'esbuild';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { findChrome } from '../chrome.mjs';
import { cacheDir, inRoot } from '../lib/paths.mjs';
import { densenet201, synthetic } from './graphs.mjs';
import { startHost } from './host.mjs';
import { median } from './measure.mjs';
import { againstNetron, LONGEST } from './netron.mjs';

const TURNS = 3;
const NODES = 10_000;
/** How often the host reads a file before it counts. */
const WARM = 2;
const VIEWPORT = { width: 1280, height: 800 };

async function load(name) {
  const outfile = path.join(cacheDir, `bench/${name}.cjs`);
  const entryPoints = [inRoot(`scripts/bench/${name}.entry.mjs`)];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' });
  return createRequire(import.meta.url)(outfile);
}

/** Runs in the page before its own scripts: when the frame after the first picture has been painted, ms since it was opened. */
const WATCH = `
  ${LONGEST}
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.app[data-drawn]')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.drawnAfter = performance.now())));
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-drawn'] });
`;

/** The same boxes without any layout, one SVG group each: the least a viewer made of elements has to do. */
const svgPage = (count) => `<!doctype html><body><script>
  const NS = 'http://www.w3.org/2000/svg';
  const make = (parent, tag, attributes, text) => {
    const element = document.createElementNS(NS, tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    if (text) element.textContent = text;
    return parent.appendChild(element);
  };
  const svg = make(document.body, 'svg', { width: 4000, height: ${count * 60} });
  for (let n = 0; n < ${count}; n++) {
    const group = make(svg, 'g', { transform: 'translate(400 ' + n * 60 + ')' });
    make(group, 'rect', { width: 224, height: 36, fill: '#eee', stroke: '#ccc' });
    make(group, 'text', { x: 12, y: 16, 'font-size': 12 }, 'Conv');
    make(group, 'text', { x: 180, y: 16, 'font-size': 12 }, '3×3 · ' + n);
    make(group, 'text', { x: 12, y: 31, 'font-size': 11 }, 'layer ' + n);
    make(svg, 'path', { d: 'M512 ' + (n * 60 + 36) + 'v24', stroke: '#888' });
  }
  requestAnimationFrame(() => setTimeout(() => (window.drawnAfter = performance.now())));
</script></body>`;

/** Median over some turns, each in a page of its own; `url` and `floor` take turns. */
async function drawnAfter(browser, ...urls) {
  const times = urls.map(() => []);
  for (let turn = 0; turn < TURNS; turn++)
    for (const [at, url] of urls.entries()) {
      const page = await browser.newPage({ viewport: VIEWPORT });
      await page.addInitScript(WATCH);
      await page.goto(url);
      await page.waitForFunction('window.drawnAfter !== undefined', undefined, { timeout: 120_000 });
      times[at].push(await page.evaluate('window.drawnAfter'));
      await page.close();
    }
  return times.map(median);
}

/** Frames a second while the wheel pans or zooms; of an idle page where there is no canvas. */
const FRAMES = `(async (kind) => {
  const canvas = document.querySelector('canvas');
  const times = [];
  await new Promise((done) => {
    let n = 0;
    const tick = (now) => {
      times.push(now);
      const wheel = kind === 'zoom' ? { deltaY: n < 45 ? -40 : 40 } : { deltaY: n % 40 < 20 ? 30 : -30, deltaX: n % 2 ? 2 : -2 };
      canvas?.dispatchEvent(new WheelEvent('wheel', { ...wheel, clientX: 640, clientY: 400, bubbles: true, cancelable: true }));
      if (++n < 90) requestAnimationFrame(tick);
      else done();
    };
    requestAnimationFrame(tick);
  });
  return (1000 * (times.length - 1)) / (times.at(-1) - times[0]);
})`;

async function framesOf(browser, url, kind, idle) {
  const page = await browser.newPage({ viewport: VIEWPORT });
  try {
    await page.goto(url);
    if (!idle) await page.waitForSelector('.app[data-drawn]', { timeout: 120_000 });
    await page.waitForTimeout(300);
    return await page.evaluate(`${FRAMES}(${JSON.stringify(kind)})`);
  } finally {
    await page.close();
  }
}

/** Everything open, and rows of equal modules drawn one by one: what a viewer without modules shows. */
const EXPANDED = {
  version: 1,
  ...{ camera: null, open: null, selection: null, direction: 'vertical', colourBy: 'family' },
  ...{ margin: true, plumbing: false, fold: false, inspectorOpen: false, inspectorWidth: 340 },
  ...{ docked: false, dockShare: 0.55 },
};
const opened = (scene) => ({ ...scene, groups: scene.groups.map((group) => ({ ...group, open: true })) });

const AGAINST_NETRON = [
  { name: 'densenet201 expanded', file: 'densenet201.onnx', make: densenet201, target: 20 },
  { name: `${NODES} nodes all expanded`, file: 'synthetic.onnx', make: () => synthetic(NODES), target: 10 },
];

/** In the same run as Netron, where a person says where that is. */
async function besideNetron(netron, pageAt) {
  if (!netron)
    return AGAINST_NETRON.map(({ name }) => ({ name, skipped: true, why: 'no folder with Netron (--netron DIR)' }));
  const host = await startHost();
  try {
    const nets = [];
    for (const { name, file, make, target } of AGAINST_NETRON) {
      const bytes = make();
      const place = path.join(cacheDir, 'bench', file);
      writeFileSync(place, bytes);
      // Before it counts, as in an editor that is open: what Node compiles while it is new would count otherwise.
      for (let turn = 0; turn < WARM; turn++) await host.read(place);
      nets.push({
        name,
        file,
        bytes,
        target,
        begin: () => host.read(place),
        ours: pageAt(file, new URL(host.origin)),
      });
    }
    return await againstNetron(netron, nets, { viewport: VIEWPORT, watch: WATCH });
  } finally {
    host.stop();
  }
}

export async function entries({ netron }) {
  const core = await load('core');
  const gallery = await load('page');
  const sceneOf = async (bytes, title) => {
    const file = { name: title, bytes: core.memorySource(bytes), sibling: async () => ({ kind: 'missing' }) };
    const { model } = await core.openModel(file);
    return gallery.buildScene(gallery.draw(core.analyze(model)), title);
  };
  const corpusFile = path.join(process.env.CONVLENS_CORPUS ?? inRoot('../shared/corpus'), 'models/resnet152.onnx');
  const big = await sceneOf(synthetic(NODES), 'synthetic.onnx');
  const small = await sceneOf(synthetic(4), 'small.onnx');
  const server = await gallery.serveGallery(inRoot('dist/webview'));
  const browser = await chromium.launch({ executablePath: await findChrome() });
  const page = (name, scene) => server.add(name, gallery.pageOf(scene, 'dark'));
  const expanded = (name, scene) => server.add(name, gallery.pageOf(scene, 'dark', {}, EXPANDED));
  try {
    const floor = page('small', small);
    const found = [];
    const ofPage = { unit: 'ms', reference: 'the same page with a net of a few operators', better: 'lower' };
    const nodes = `${big.nodes.length} nodes`;
    if (existsSync(corpusFile)) {
      const scene = await sceneOf(readFileSync(corpusFile), 'resnet152.onnx');
      const [ms, least] = await drawnAfter(browser, page('resnet152', scene), floor);
      found.push({ ...ofPage, name: 'resnet152 to drawn', value: ms, ratio: ms / least, target: 2 });
    } else found.push({ ...ofPage, name: 'resnet152 to drawn', skipped: true, why: 'the corpus is absent' });
    const [closed, least] = await drawnAfter(browser, page('big', big), floor);
    found.push({ ...ofPage, name: `${nodes} to drawn`, value: closed, ratio: closed / least, target: 5 });
    const all = expanded('expanded', opened(big));
    const [open, elements] = await drawnAfter(browser, all, server.add('svg', svgPage(big.nodes.length)));
    found.push({
      name: `${nodes} all expanded to drawn`,
      value: open,
      unit: 'ms',
      ratio: elements / open,
      reference: 'building as many boxes as SVG elements, without any layout',
      better: 'higher',
      target: 0.5,
    });
    const idle = await framesOf(browser, server.add('idle', '<!doctype html><body></body>'), 'pan', true);
    for (const kind of ['pan', 'zoom']) {
      const fps = await framesOf(browser, all, kind, false);
      const reference = 'frames of an idle page';
      found.push({
        name: `${nodes} expanded, ${kind}`,
        value: fps,
        unit: 'fps',
        ratio: fps / idle,
        reference,
        better: 'higher',
        target: 0.7,
      });
    }
    return [...found, ...(await besideNetron(netron, expanded))];
  } finally {
    await browser.close();
    server.close();
  }
}
