import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { readDefinition } from '../../../src/core/formats/cnn/definition';
import { writeOnnx } from '../../../src/core/formats/onnx/write';
import { axeFindings } from '../harness/axe';
import { expectQuiet } from '../harness/expect';
import { runPicture } from '../harness/lens';
import { pictureInput, reference, type Reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { runInfo } from '../harness/tensors';
import { openText } from '../harness/text';
import { closeEditors, convlensFrame, runCommand, screenshot, until } from '../harness/vscode';
import { samplesDir } from '../harness/workspace';

const FILE = 'lecture/09-upsampling.cnn.yaml';
/** Tensors in the order their layers are put side by side. */
const NAMES = ['small', 'nearest/nearest1', 'nails/nails1', 'unpooled'];

/** What onnxruntime's native build makes of the sample. */
async function truthOf(frame: Frame): Promise<Record<string, Reference>> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'convlens-beside-'));
  try {
    const model = path.join(folder, 'upsampling.onnx');
    const { model: net } = readDefinition(await readFile(path.join(samplesDir, FILE), 'utf8'));
    await writeFile(model, (await writeOnnx(net, null)).bytes!);
    const { preparation } = await runInfo(frame);
    return await reference(model, await pictureInput(path.join(samplesDir, 'images/camera.png'), preparation), NAMES);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe(`layers side by side (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost();
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('show a corner of three ways of upsampling as numbers, those of onnxruntime-node', async () => {
    const { page } = session;
    await openText(page, FILE);
    await runCommand(page, 'ConvLens: Open Graph to the Side');
    const frame = await convlensFrame(page);
    await runPicture(page, frame, 'camera.png');
    await frame.getByTestId('beside-open').click();
    // The pooling is in view and comes by itself.
    const search = frame.getByTestId('beside-choice').locator('input[type=text]');
    for (const name of ['nearest', 'nails', 'unpooled']) {
      await search.fill(name);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
    const panels = frame.getByTestId('beside-panel');
    await panels.nth(3).locator('[data-testid=corner]').waitFor();
    assert.equal(await panels.count(), 4);

    const truth = await truthOf(frame);
    const check = async (): Promise<readonly number[]> => {
      const counts: number[] = [];
      for (const [at, name] of NAMES.entries()) {
        const { dims, values } = truth[name]!;
        const cells = await panels
          .nth(at)
          .locator('[data-testid=corner] td[data-value]')
          .evaluateAll((all) =>
            all.map((cell) => ['data-row', 'data-column', 'data-value'].map((key) => Number(cell.getAttribute(key)))),
          );
        for (const [row, column, value] of cells as [number, number, number][]) {
          const expected = values[row * dims.at(-1)! + column]!;
          assert.ok(Math.abs(value - expected) < 1e-5, `${name} [${row}, ${column}]: ${value} against ${expected}`);
        }
        counts.push(cells.length);
      }
      return counts;
    };
    assert.deepEqual(await check(), [4, 16, 16, 16]);

    // What went into the pooling, its winners outlined: they are what went on, and where the unpooling put it back.
    const outlined = (panel: number, table: string): Promise<string[]> =>
      panels
        .nth(panel)
        .locator(`[data-testid=${table}] td.won`)
        .evaluateAll((all) =>
          all.map((cell) => ['data-row', 'data-column', 'data-value'].map((key) => cell.getAttribute(key)).join()),
        );
    await panels.nth(0).getByTestId('winners').waitFor();
    const won = await outlined(0, 'winners');
    assert.ok(won.length >= 4, won.join(' '));
    const pooled = await panels
      .nth(0)
      .locator('[data-testid=corner] td[data-value]')
      .evaluateAll((all) => all.map((cell) => cell.getAttribute('data-value')));
    assert.deepEqual([...new Set(won.map((cell) => cell.split(',')[2]))].sort(), [...new Set(pooled)].sort());
    const back = await until('where the values returned to', async () => {
      const found = await outlined(3, 'corner');
      return found.length === 4 ? found : undefined;
    });
    assert.ok(
      back.every((cell) => won.includes(cell)),
      `${back.join(' ')} of ${won.join(' ')}`,
    );

    // By keyboard to another place, which all of them follow.
    const map = panels.nth(3).locator('canvas');
    await map.focus();
    const before = await panels.nth(0).locator('td.chosen').getAttribute('data-row');
    for (let step = 0; step < 6; step++) await page.keyboard.press(Number(before) > 15 ? 'ArrowUp' : 'ArrowDown');
    assert.notEqual(await panels.nth(0).locator('td.chosen').getAttribute('data-row'), before);
    assert.deepEqual(await check(), [4, 16, 16, 16]);
    assert.deepEqual(await axeFindings(frame), []);
    await screenshot(page, 'side-by-side');
  });
});
