import assert from 'node:assert/strict';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from '../harness/axe';
import { expectQuiet } from '../harness/expect';
import { clickNode, hoverNode, nodeIndex, runPicture } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, runCommand, setTheme, type Theme } from '../harness/vscode';
import { corpusDir, hasCorpus } from '../harness/workspace';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 900, height: 900 };

// The page is the same in both hosts: once is enough.
const describeWeb = hostKind === 'web' ? describe : describe.skip;

describeWeb('axe-core finds nothing', () => {
  let session: Session;
  before(async () => {
    const from = path.join(corpusDir, 'bad/trunc_0p5.onnx');
    session = await launchHost({ extras: hasCorpus ? { 'bad/truncated.onnx': { from } } : {} });
  });
  after(() => session.stop());
  afterEach(async () => {
    await session.page.setViewportSize(WIDE);
    await closeEditors(session.page);
    expectQuiet(session);
  });

  /** From state to state; each is a way the page can look. */
  const STATES: readonly (readonly [string, (frame: Frame) => Promise<unknown>])[] = [
    ['in the graph', () => Promise.resolve()],
    [
      'in the hover card',
      async (frame) => {
        await hoverNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
        await frame.locator('[data-testid=hover-card]').waitFor();
      },
    ],
    [
      'in the inspector',
      async (frame) => {
        await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
        await frame.locator('[data-testid=inspector]').waitFor();
      },
    ],
    ['in the narrow graph', () => session.page.setViewportSize(NARROW)],
    [
      'in the feature maps of a run',
      async (frame) => {
        await session.page.setViewportSize(WIDE);
        await runPicture(session.page, frame, 'sneaker-1.png');
        await frame.locator('[data-testid=maps] canvas[data-channel]').first().waitFor();
      },
    ],
    ['in the narrow feature maps', () => session.page.setViewportSize(NARROW)],
    [
      'in the layer table',
      async (frame) => {
        await session.page.setViewportSize(WIDE);
        await runCommand(session.page, 'ConvLens: Show Layer Table');
        await frame.locator('[data-testid=layer-table]').waitFor();
      },
    ],
    [
      'while finding',
      async (frame) => {
        await runCommand(session.page, 'ConvLens: Find Layer');
        await frame.locator('[aria-label=Find] input').first().fill('op:Conv');
      },
    ],
  ];

  for (const theme of ['dark', 'light', 'hc'] satisfies Theme[]) {
    it(`in the ${theme} theme`, async () => {
      await setTheme(session.page, theme);
      await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
      const frame = await convlensFrame(session.page);
      const found: string[] = [];
      for (const [where, go] of STATES) {
        await go(frame);
        // Cards fade in, and half a fade has half the contrast.
        await session.page.waitForTimeout(300);
        found.push(...(await axeFindings(frame)).map((finding) => `${where}: ${finding}`));
      }
      assert.deepEqual(found, []);
    });

    it(`in a message in the ${theme} theme`, async function () {
      if (!hasCorpus) this.skip();
      await setTheme(session.page, theme);
      await openFile(session.page, 'bad/truncated.onnx');
      assert.deepEqual(await axeFindings(await convlensFrame(session.page)), []);
    });
  }
});
