import assert from 'node:assert/strict';
import path from 'node:path';
import type { CDPSession } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { pageState, plain, runPicture, sceneFacts, textOf } from '../harness/lens';
import { extensionHostMemory } from '../harness/nodeServer';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, runCommand, until } from '../harness/vscode';
import { samplesDir } from '../harness/workspace';

const long = Boolean(process.env.CONVLENS_LONG);
// The page is the same in both hosts; the Node host also shows what the extension host holds, so the full counts are tried there.
const full = hostKind === 'node';
/** Opening and closing again; the long run does what a month of work would. */
const ROUNDS = long ? 1000 : full ? 50 : 16;
const RUNS = long ? 500 : full ? 30 : 10;
const WARM_UP = 6;

const FILES = ['fashion-mnist/fashion-mnist.onnx', 'shapes/shapes.onnx', 'architectures/resnet18.onnx'];
const ALL = [
  ...FILES,
  ...['googlenet', 'mobilenet-v2', 'unet', 'vgg16', 'resnet18-narrow', 'googlenet-narrow'].map(
    (name) => `architectures/${name}.onnx`,
  ),
  ...['mobilenet-v2-narrow', 'unet-narrow', 'vgg16-narrow'].map((name) => `architectures/${name}.onnx`),
  ...Array.from({ length: 8 }, (_, at) => `copies/copy-${at}.onnx`),
];

const MANY = full || long ? ALL : ALL.slice(0, 8);

interface Level {
  readonly frames: number;
  readonly workers: number;
  /** JavaScript heap of the window, MiB. */
  readonly heap: number;
  /** Resident memory of the Node extension host, MiB; 0 where there is none. */
  readonly host: number;
}

describe(`memory (${hostKind} host)`, () => {
  let session: Session;
  let devtools: CDPSession;
  before(async () => {
    const copy = { from: path.join(samplesDir, FILES[0]!) };
    session = await launchHost({
      extras: Object.fromEntries(ALL.filter((file) => file.startsWith('copies/')).map((file) => [file, copy])),
    });
    devtools = await session.page.context().newCDPSession(session.page);
    // VS Code starts workers of its own with the first editor: each part counts from there, also by itself.
    await openFile(session.page, FILES[0]!);
    await convlensFrame(session.page);
    await closeEditors(session.page);
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  async function level(): Promise<Level> {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return {
      frames: session.page.frames().length,
      workers: session.page.workers().length,
      heap: usedSize / 2 ** 20,
      host: hostKind === 'node' ? await extensionHostMemory() : 0,
    };
  }

  /** VS Code lets go of a closed editor's frame a moment later. */
  async function settled(atMost: Level): Promise<Level> {
    let now = await level();
    await until('frames and workers to go', async () => {
      now = await level();
      return now.frames <= atMost.frames && now.workers <= atMost.workers ? true : undefined;
    }).catch(() => undefined);
    return now;
  }

  /** The full counts take long, and their figures are worth reading. */
  const told = (after: string, { heap, host, frames, workers }: Level): void => {
    const parts = [`window ${heap.toFixed(0)} MiB`, ...(host ? [`extension host ${host.toFixed(0)} MiB`] : [])];
    if (long) console.log(`      ${after}: ${parts.join(', ')}, ${frames} frames, ${workers} workers`);
  };

  function expectBack(now: Level, then: Level, growth: { readonly heap: number; readonly host: number }): void {
    const said = JSON.stringify({ then, now });
    assert.ok(now.frames <= then.frames, `frames are left: ${said}`);
    assert.ok(now.workers <= then.workers, `workers are left: ${said}`);
    assert.ok(now.heap - then.heap < growth.heap, `the window’s heap grows: ${said}`);
    assert.ok(now.host - then.host < growth.host, `the extension host grows: ${said}`);
  }

  it(`is given back over ${ROUNDS} rounds of opening and closing`, async function () {
    this.timeout(ROUNDS * 15_000);
    const round = async (at: number): Promise<void> => {
      await openFile(session.page, FILES[at % FILES.length]!);
      const frame = await convlensFrame(session.page);
      assert.ok((await sceneFacts(frame)).drawn > 0);
      await closeEditors(session.page);
    };
    for (let at = 0; at < WARM_UP; at++) await round(at);
    const then = await level();
    told(`${WARM_UP} rounds`, then);
    for (let at = WARM_UP; at < ROUNDS; at++) {
      await round(at);
      if ((at + 1) % 100 === 0) told(`${at + 1} rounds`, await level());
    }
    expectBack(await settled(then), then, { heap: 40 + ROUNDS * 0.02, host: 120 });
  });

  it(`is given back over ${RUNS} runs in a row`, async function () {
    this.timeout(RUNS * 10_000);
    const before = await level();
    await openFile(session.page, FILES[0]!);
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, 'sneaker-1.png');
    const warm = await level();
    told('1 run', warm);
    const pictures = ['sneaker-1.png', 'bag-1.png', 'trouser-1.png'];
    for (let at = 1; at < RUNS; at++) {
      const picture = pictures[at % pictures.length]!;
      await frame.locator(`[data-image="${picture}"]`).first().click();
      await until(`run ${at}`, async () => {
        const { run } = await pageState(frame);
        return run.phase === 'done' && run.serial > at ? true : undefined;
      });
      if ((at + 1) % 100 === 0) told(`${at + 1} runs`, await level());
    }
    const now = await level();
    assert.equal(now.workers, warm.workers, 'one session for all runs');
    expectBack(now, warm, { heap: 40, host: 120 });
    await closeEditors(session.page);
    expectBack(await settled(before), before, { heap: 60, host: 160 });
  });

  it(`is enough for ${MANY.length} models at once, and each is itself`, async function () {
    this.timeout(600_000);
    const before = await level();
    const titles = new Map<string, string>();
    for (const file of MANY) {
      await openFile(session.page, file);
      titles.set(file, plain(await textOf(await convlensFrame(session.page), 'header')));
    }
    // Back through all of them.
    for (const file of [...MANY].reverse().slice(1)) {
      await runCommand(session.page, 'View: Open Previous Editor in Group');
      const name = file.split('/').at(-1)!;
      await until(`${name} in view`, async () => {
        const frame = await convlensFrame(session.page);
        const text = plain(await textOf(frame, 'header'));
        return text === titles.get(file) ? true : undefined;
      });
    }
    await closeEditors(session.page);
    expectBack(await settled(before), before, { heap: 80, host: 250 });
  });

  it('leaves nothing stale after quick starts and stops: the last request wins', async () => {
    await openFile(session.page, FILES[0]!);
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, 'sneaker-1.png');
    const said = new Map<string, string>();
    for (const picture of ['bag-1.png', 'sneaker-1.png']) {
      await runPicture(session.page, frame, picture);
      said.set(picture, await frame.locator('[data-testid=top5] li').first().innerText());
    }
    for (let at = 0; at < 10; at++)
      for (const picture of ['bag-1.png', 'sneaker-1.png', 'bag-1.png'])
        await frame.locator(`[data-image="${picture}"]`).first().click();
    await until('the last run', async () => {
      const { run } = await pageState(frame);
      return run.phase === 'done' && run.image === 'bag-1.png' ? true : undefined;
    });
    assert.equal(await frame.locator('[data-testid=top5] li').first().innerText(), said.get('bag-1.png'));
    for (let at = 0; at < 12; at++) await runCommand(session.page, 'ConvLens: Toggle Direction');
    await until('a layout', async () => ((await sceneFacts(frame)).drawn > 0 ? true : undefined));
  });
});
