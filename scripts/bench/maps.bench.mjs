/* global window, document, requestAnimationFrame -- parts of it run in the page */
// All maps against one plain run of the same session, and from pressing Run to the first map, in a real Chromium.
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { register } from 'tsx/cjs/api';
import { findChrome } from '../chrome.mjs';
import { inRoot } from '../lib/paths.mjs';
import { median } from './measure.mjs';

register();
const load = createRequire(import.meta.url);

const TURNS = 5;
/** Each job is done over and over for about so long in one turn: else a short run ends between two slices of a busy machine, and a long one does not. */
const TURN_MS = 600;
/** Turns before the first that counts. */
const WARM = 8;
const FRAME_MS = 1000 / 60;

async function pageScript() {
  const { outputFiles } = await build({
    absWorkingDir: inRoot('.'),
    entryPoints: ['scripts/bench/maps.entry.mjs'],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    define: { 'import.meta.url': 'self.location.href' },
    logLevel: 'warning',
  });
  // Within a script element its own end must not be read.
  return outputFiles[0].text.replaceAll('</script', '<\\/script');
}

/** What the host would tell the page of a model. */
async function questionOf(file, url) {
  const core = load('../../src/core/formats/index.ts');
  const { analyze } = load('../../src/core/analysis/index.ts');
  const { runFacts } = load('../../src/core/running.ts');
  const { tapBytes } = load('../../src/core/formats/onnx/taps.ts');
  const { openHandle } = load('../../src/node/modelFile.ts');
  const opened = await openHandle(file);
  const { model } = await core.openModel(opened);
  const facts = analyze(model);
  opened.dispose();
  const { taps, outputs, inputs } = runFacts(facts);
  const names = taps.map((id) => facts.graph.values[id].name);
  const [{ name, dtype, shape }] = inputs;
  return {
    url,
    taps: Buffer.from(tapBytes(names)).toString('base64'),
    names: [...names, ...outputs],
    outputs,
    input: { name, dtype, dims: shape.map((extent) => (typeof extent === 'number' ? extent : 1)) },
  };
}

/**
 * The jobs of a page turn by turn, each as the median of its turns: ms by the clock, and ms of the processor in the page's process,
 * which what else the machine does lengthens least.
 */
async function measureJobs(browser, page) {
  const session = await browser.newBrowserCDPSession();
  const cpu = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, { type, cpuTime }) => (type === 'renderer' ? sum + cpuTime * 1000 : sum), 0);
  };
  const job = (name, times) => page.evaluate(([n, t]) => window.doJob(n, t), [name, times]);
  const turns = new Map(['plain', 'all', 'least'].map((name) => [name, []]));
  // Compiling, growing the heap and making tables belong to no turn.
  for (const name of turns.keys()) await job(name, WARM);
  for (let turn = 0; turn < TURNS; turn++)
    for (const [name, taken] of turns) {
      const times = Math.max(1, Math.round(TURN_MS / (taken[0]?.ms ?? (await job(name, 1)).ms)));
      const before = await cpu();
      const done = await job(name, times);
      taken.push({ ...done, cpu: (await cpu()) - before, times });
    }
  await session.detach();
  return Object.fromEntries(
    [...turns].map(([name, taken]) => [
      name,
      { ...taken[0], ms: median(taken.map(({ ms }) => ms)), cpu: median(taken.map(({ cpu, times }) => cpu / times)) },
    ]),
  );
}

/** From pressing a picture in the real page to the first painted map; each time in a page of its own. */
async function firstMap(browser, address, image) {
  const times = [];
  for (let turn = 0; turn < 3; turn++) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(address);
    await page.locator('[data-testid=run]').click();
    const picture = page.locator(`[data-image="${image}"]`).first();
    await picture.waitFor();
    await page.evaluate(() => {
      const painted = () => [...document.querySelectorAll('.maps canvas')].some((canvas) => canvas.width > 1);
      document.addEventListener(
        'click',
        () => {
          const started = performance.now();
          const look = () =>
            painted() ? setTimeout(() => (window.firstMap = performance.now() - started)) : requestAnimationFrame(look);
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    });
    await picture.click();
    await page.waitForFunction(() => window.firstMap !== undefined, undefined, { timeout: 120_000 });
    times.push(await page.evaluate(() => window.firstMap));
    await page.close();
  }
  return median(times);
}

export async function entries() {
  const { serveRunGallery } = load('../../test/gallery/run/server.ts');
  const { settings } = load('../../test/gallery/run/settings.ts');
  const corpus = process.env.CONVLENS_CORPUS ?? inRoot('../shared/corpus');
  const gallery = await serveRunGallery();
  const browser = await chromium.launch({ executablePath: await findChrome() });
  const found = [];
  try {
    const script = await pageScript();
    const bench = async () => {
      const page = await browser.newPage();
      await page.goto(gallery.scriptPage(script));
      return page;
    };
    for (const [name, file, url, setting] of [
      [
        'resnet18-narrow',
        inRoot('samples/architectures/resnet18-narrow.onnx'),
        '/samples/architectures/resnet18-narrow.onnx',
        settings.resnet,
      ],
      ['squeezenet fp16', `${corpus}/models/squeezenet_fp16_winml.onnx`, '/models/squeezenet_fp16_winml.onnx', null],
    ]) {
      const maps = { name: `all maps of ${name}`, unit: 'ms', better: 'lower', target: 2 };
      if (!existsSync(file)) {
        found.push({ ...maps, skipped: true, why: 'the corpus is absent' });
        continue;
      }
      const page = await bench();
      const question = await questionOf(file, url);
      const bareHeap = await page.evaluate((q) => window.measureBare(q), question);
      await page.evaluate((q) => window.openMaps(q), question);
      const { plain, all, least } = await measureJobs(browser, page);
      const { painted, heap } = all;
      found.push({
        ...maps,
        name: `${maps.name}: ${painted} fetched and coloured`,
        value: all.ms,
        ratio: all.cpu / plain.cpu,
        reference: 'one plain run of the same session, in time of the processor',
      });
      found.push({
        name: `least of ${name}: every tensor fetched, a pixel written a value`,
        value: least.ms,
        unit: 'ms',
        ratio: all.cpu / least.cpu,
        reference: 'all maps against that',
        better: 'lower',
      });
      await page.close();
      found.push({
        name: `memory of ${name} with every tap`,
        value: heap,
        unit: 'byte',
        ratio: heap / bareHeap,
        reference: 'the runtime without taps',
        better: 'lower',
      });
      if (setting) {
        const first = await firstMap(browser, gallery.page(setting, 'dark'), 'chelsea.jpg');
        const least = median([
          await (await bench()).evaluate((q) => window.measurePlain(q), question),
          await (await bench()).evaluate((q) => window.measurePlain(q), question),
          await (await bench()).evaluate((q) => window.measurePlain(q), question),
        ]);
        found.push({
          name: `first map of ${name}`,
          value: first,
          unit: 'ms',
          ratio: first / least,
          reference: 'plain onnxruntime-web in a page: load and run once',
          better: 'lower',
          target: 3,
        });
      }
    }
    const pixels = await (await bench()).evaluate(() => window.measurePixels());
    found.push({
      name: '64 maps of 112×112 to pixels',
      value: pixels,
      unit: 'ms',
      ratio: pixels / FRAME_MS,
      reference: 'one frame of 60 a second',
      better: 'lower',
    });
    return found;
  } finally {
    await browser.close();
    gallery.close();
  }
}
