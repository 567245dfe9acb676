import assert from 'node:assert/strict';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { axeFindings } from '../harness/axe';
import { expectQuiet } from '../harness/expect';
import { FASHION, PICTURE as SNEAKER } from '../harness/fashion';
import { clickNode, nodeIndex, pageState, runPicture } from '../harness/lens';
import { pictureInput, reference } from '../harness/reference';
import { hostKind, launchHost, type Session } from '../harness/session';
import { runInfo } from '../harness/tensors';
import { closeEditors, convlensFrame, openFile, screenshot, until } from '../harness/vscode';
import { samplesDir } from '../harness/workspace';

const SHAPES = 'shapes/shapes.onnx';
const MODEL = path.join(samplesDir, SHAPES);
const PICTURE = 'shapes-1.png';
const CHANNEL = 5;

interface Looked {
  readonly unit: readonly number[] | null;
  readonly channel: number;
  readonly mode: string;
  readonly tab: string;
  readonly colourBy: string;
  readonly run: { readonly times: { readonly ms: readonly (number | null)[] } | null };
  readonly scene: {
    readonly nodes: readonly {
      readonly op: string;
      readonly shortName: string;
      readonly outputs: readonly { readonly name: string }[];
    }[];
  };
}
const looked = async (frame: Frame): Promise<Looked> => (await pageState(frame)) as unknown as Looked;

/** Of the nth operator of a type. */
const outputsOf = ({ scene }: Looked, op: string, nth: number): readonly string[] =>
  scene.nodes.filter((node) => node.op === op)[nth]!.outputs.map(({ name }) => name);

describe(`questions of a new user (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost();
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('are answered on the page: what a channel reacts to, what a unit sees, why a border differs, where time goes', async () => {
    const { page } = session;
    await openFile(page, SHAPES);
    const frame = await convlensFrame(page);
    await runPicture(page, frame, PICTURE);
    const input = await pictureInput(
      path.join(samplesDir, 'shapes/images', PICTURE),
      (await runInfo(frame)).preparation,
    );

    // By keys alone to channel 5 of the third convolution.
    const bench = frame.getByTestId('workbench');
    const about = frame.locator('.wb-about');
    await bench.focus();
    for (const layer of ['Max pool 1 of 3', 'Conv 2 of 9', 'Max pool 2 of 3', 'Conv 3 of 9']) {
      await page.keyboard.press('ArrowRight');
      await about.filter({ hasText: layer }).waitFor();
    }
    const tiles = frame.getByTestId('reacts').locator('button[data-unit]');
    await tiles.first().waitFor();
    await page.keyboard.press('n');
    await frame.locator('[data-testid=channel-number]:focus').waitFor();
    await page.keyboard.type(String(CHANNEL));
    await until('the channel that was typed', async () =>
      (await looked(frame)).channel === CHANNEL ? true : undefined,
    );
    await page.keyboard.press('Enter');

    // What it reacts to: its strongest unit first, as onnxruntime's native build has it.
    const [name] = outputsOf(await looked(frame), 'Relu', 2);
    const { dims, values } = (await reference(MODEL, input, [name!]))[name!]!;
    const [, , height, width] = dims as [number, number, number, number];
    const map = values.slice(CHANNEL * height * width, (CHANNEL + 1) * height * width);
    const at = map.indexOf(Math.max(...map));
    const [row, column] = [Math.floor(at / width), at % width];
    await until('what its strongest unit sees', async () =>
      (await tiles.first().getAttribute('data-unit')) === `${row},${column}` ? true : undefined,
    );
    assert.match(await frame.getByTestId('reacts').innerText(), /What its strongest units see/);
    await tiles.first().click();

    // Which pixels it sees: 18×18 every 4 pixels from −7 on, of 64.
    const seen = (place: number): string => `${Math.max(0, 4 * place - 7)}…${Math.min(63, 4 * place + 10)}`;
    const sentence = `Unit [${row}, ${column}] of channel ${CHANNEL} sees rows ${seen(row)}, columns ${seen(column)}`;
    await frame.getByTestId('field').filter({ hasText: sentence }).waitFor();
    assert.deepEqual(await axeFindings(frame), []);
    await screenshot(page, 'questions-channel');

    // Why its border differs.
    await frame
      .getByTestId('reacts')
      .filter({ hasText: /of what they see is padding/ })
      .waitFor();
    await frame.getByTestId('border-why').click();
    await frame
      .getByText(/neutral value 0 enters/)
      .first()
      .waitFor();
    await frame.getByText(/padding share of this unit/).waitFor();
    const border = (await looked(frame)).unit!;
    assert.ok(border.includes(0) || border.includes(height - 1), border.join());

    // Where time is spent: in words, on the graph, and by layer.
    await frame.locator('[data-tab=maps]').click();
    await frame.getByTestId('time').click();
    await frame.getByTestId('measure').click();
    const most = frame.getByTestId('time-most');
    await most.waitFor({ timeout: 60_000 });
    const { run, scene } = await looked(frame);
    const slowest = run.times!.ms.reduce<number>(
      (best, ms, node, all) => ((ms ?? 0) > (all[best] ?? 0) ? node : best),
      0,
    );
    assert.ok(
      (await most.innerText()).includes(`${scene.nodes[slowest]!.shortName} takes most`),
      await most.innerText(),
    );
    await frame.getByTestId('time-table').click();
    const first = frame.getByTestId('layers').locator('[role=row][data-node]').first();
    await frame.getByTestId('layers').locator('[aria-sort=descending][data-column=time]').waitFor();
    assert.equal(await first.getAttribute('data-node'), String(slowest), 'the slowest stands first');
    await frame.locator('[data-tab=maps]').click();
    await frame.getByTestId('time').waitFor();
    if (await frame.getByTestId('time-graph').isHidden()) await frame.getByTestId('time').click();
    await frame.getByTestId('time-graph').click();
    await until('layers coloured by time', async () => {
      const { mode, colourBy } = await looked(frame);
      return mode === 'graph' && colourBy === 'time' ? true : undefined;
    });
    await screenshot(page, 'questions-time');
  });

  it('where an index came from: from the pooling that kept it, as onnxruntime has it', async () => {
    const { page } = session;
    await openFile(page, SHAPES);
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'MaxUnpool', 0));
    await runPicture(page, frame, PICTURE);
    const { preparation } = await runInfo(frame);
    const input = await pictureInput(path.join(samplesDir, 'shapes/images', PICTURE), preparation);
    await frame.locator('.wb-about').filter({ hasText: 'Max unpool 1 of 3' }).waitFor();
    await frame.locator('[data-tab=microscope]').click();
    const words = frame.getByTestId('kept-words');
    await words.waitFor();

    const state = await looked(frame);
    const [, name] = outputsOf(state, 'MaxPool', 2);
    const { dims, values } = (await reference(MODEL, input, [name!]))[name!]!;
    const [, , height, width] = dims as [number, number, number, number];
    const [row = 0, column = 0] = state.unit!;
    const target = (state.channel * 2 * height + row) * 2 * width + column;
    const source = values.indexOf(target);
    assert.ok(source >= 0, 'an index points at the unit');
    const unit = [Math.floor(source / width) % height, source % width];
    assert.match(
      await words.innerText(),
      new RegExp(`^Unit \\[${unit.join(', ')}\\] of pool3 .* at \\[${row}, ${column}\\]`),
    );
    assert.equal(await frame.getByTestId('kept-by').locator('td.marked').count(), 1);
    await screenshot(page, 'questions-index');

    await frame.getByTestId('kept-go').click();
    await frame.locator('.wb-about').filter({ hasText: 'Max pool 3 of 3' }).waitFor();
    const there = await looked(frame);
    assert.deepEqual([there.channel, there.unit], [state.channel, unit]);
  });

  it('compares with a run on WebGPU at a click, or says why there is none', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await runPicture(session.page, frame, SNEAKER);
    await frame.getByTestId('provider').click();
    const compare = frame.getByTestId('compare-provider');
    const none = frame.getByText(/WebGPU: (no adapter|not in this browser|needs a newer)/);
    await compare.or(none).first().waitFor();
    if (await compare.isHidden()) return;
    const { serial } = (await pageState(frame)).run;
    assert.equal(await compare.innerText(), 'Compare with a run on WebGPU');
    await compare.click();
    await until(
      'a run on WebGPU',
      async () => {
        const { run } = await pageState(frame);
        return run.serial > serial && run.phase === 'done' ? true : undefined;
      },
      120_000,
    );
    assert.equal((await pageState(frame)).run.provider, 'WebGPU');
    await frame.getByTestId('kept').filter({ hasText: 'WASM' }).waitFor();
  });
});
