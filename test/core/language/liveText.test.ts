import { strict as assert } from 'node:assert';
import { completionsIn } from '../../../src/core/language/completion';
import { textProblems } from '../../../src/core/language/diagnostics';
import { hover } from '../../../src/core/language/hover';
import { inlays } from '../../../src/core/language/inlays';
import { Lines } from '../../../src/core/language/lines';
import { LiveText } from '../../../src/core/language/liveText';
import { outline } from '../../../src/core/language/outline';
import { Shift } from '../../../src/core/language/shift';
import { Session, type Snapshot } from '../../../src/core/language/snapshot';
import { inTurns, type Clock, type Steps } from '../../../src/core/steps';
import { buildScene } from '../../../src/core/view/scene';
import { longDefinition } from '../../support/longDefinition';
import { mutate } from '../../support/mutateText';
import { seeded } from '../../support/modelFile';
import { samples } from '../../support/sampleTexts';

const clock: Clock = {
  now: () => performance.now(),
  pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
};
const makeStop = () => {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};
const live = (): LiveText => new LiveText('x', clock, makeStop);

/** Everything the editor and the graph show of a text. */
const shown = (snapshot: Snapshot): unknown => ({
  problems: textProblems(snapshot).map(({ code, message, span, fixes }) => ({ code, message, span, fixes })),
  hints: inlays(snapshot, 0, snapshot.source.length),
  outline: outline(snapshot),
  scene: buildScene(snapshot.drawing, 'x'),
});

const fresh = (source: string): Snapshot => new Session('x').read(source);

describe('a text while it is typed', function () {
  this.timeout(120_000);

  it('comes to the same as one read from scratch, whatever was typed and given up before: samples', async () => {
    const random = seeded(41);
    for (const { source } of samples.filter((_, i) => i % 4 === 0)) {
      const text = live();
      let now = source;
      for (let i = 0; i < 6; i++) {
        now = mutate(now, random);
        const asked = text.current(now);
        // Some states are given up half read.
        if (random() < 0.5) {
          await clock.pause(random() * 6);
          continue;
        }
        const snapshot = await asked;
        assert.ok(snapshot);
        assert.deepEqual(shown(snapshot), shown(fresh(now)));
      }
    }
  });

  it('answers from its last state again when what was typed is undone', async () => {
    const text = live();
    const before = longDefinition(300);
    const last = await text.current(before);
    const typed = text.current(`${before}\n  - relu\n`);
    assert.ok((await text.current(before)) === last);
    assert.ok((await typed) === null, 'what was undone is read to its end');
    const near = await text.near(before);
    assert.ok(near?.snapshot === last && near.exact);
  });

  it('comes to the same as one read from scratch: 5,000 lines', async () => {
    const random = seeded(7);
    const text = live();
    let now = longDefinition(5000);
    for (let i = 0; i < 2; i++) {
      for (let typed = 0; typed < 2; typed++) {
        now = mutate(now, random);
        void text.current(now);
        await clock.pause(20);
      }
      const snapshot = await text.current(now);
      assert.ok(snapshot);
      assert.deepEqual(shown(snapshot), shown(fresh(now)));
    }
  });

  it('gives up what was typed over, and answers at once from the state before', async () => {
    const text = live();
    const before = longDefinition(5000);
    await text.current(before);
    const at = before.indexOf('conv: 16', before.length / 2);
    const line = before.lastIndexOf('\n', at) + 1;
    const after = `${before.slice(0, line)}  # twice\n${before.slice(line)}`;
    const overtaken = text.current(`${before}# x\n`);
    const near = await text.near(after);
    assert.ok(near && !near.exact);
    assert.equal(await overtaken, null);
    const { snapshot, shift } = near;
    assert.equal(snapshot.source, before);
    // A comment more: what is said is said a line further down.
    const exact = fresh(after);
    const moved = inlays(snapshot, 0, before.length).map(({ offset, text: said }) => ({
      offset: shift.toAfter(offset),
      text: said,
    }));
    assert.deepEqual(moved, inlays(exact, 0, after.length));
    const place = after.indexOf('conv: 16', line) + 1;
    const told = hover(snapshot, shift.toBefore(place)!);
    assert.ok(told);
    assert.deepEqual(told.facts, hover(exact, place)?.facts);
    const behind = after.indexOf('[c', line) + 1;
    assert.deepEqual(
      completionsIn(new Lines(after), behind, snapshot, shift.nearestBefore(behind)),
      completionsIn(exact.lines, behind, exact, behind),
    );
    assert.deepEqual((await text.current(after))?.source, after);
  });

  it('answers a short text from its own state', async () => {
    const text = live();
    for (const source of ['input: 8x8x1\nlayers:\n  - relu\n', 'input: 8x8x1\nlayers:\n  - relu\n  - tanh\n']) {
      const near = await text.near(source);
      assert.ok(near?.exact);
      assert.equal(near.snapshot.source, source);
    }
  });
});

describe('places of a text that was changed', () => {
  it('lead to and fro, but not into what is new or gone', () => {
    const random = seeded(5);
    for (const { source } of samples.slice(0, 12)) {
      for (let i = 0; i < 20; i++) {
        const after = mutate(source, random);
        const shift = new Shift(source, after);
        for (let offset = 0; offset < source.length; offset += 3) {
          const there = shift.toAfter(offset);
          if (there === null || there >= after.length) continue;
          const same = after[there] === source[offset] || after[there - 1] === source[offset - 1];
          assert.ok(same, `${offset} of ${source.length}`);
        }
        for (let offset = 0; offset < after.length; offset += 3) {
          const there = shift.toBefore(offset);
          assert.ok(shift.nearestBefore(offset) <= source.length);
          if (there === null || there >= source.length) continue;
          assert.ok(source[there] === after[offset] || source[there - 1] === after[offset - 1]);
        }
      }
    }
  });

  it('what stood where something was put in stands behind it', () => {
    const shift = new Shift('conv: 64\nrelu', 'conv: 64 3x3\nrelu');
    assert.equal(shift.toAfter(8), 12);
    assert.equal(shift.toBefore(10), null);
    assert.equal(shift.nearestBefore(10), 8);
    assert.deepEqual([new Shift('a', 'a').toAfter(1), new Shift('', 'abc').toBefore(3)], [1, 0]);
  });
});

describe('long work in turns', () => {
  function* counting(log: number[]): Steps<string> {
    try {
      for (let i = 0; i < 1000; i++) {
        log.push(i);
        yield;
      }
      return 'done';
    } finally {
      log.push(-1);
    }
  }

  it('lets others in after a few milliseconds, and ends with its result', async () => {
    let now = 0;
    let pauses = 0;
    const pause = async (): Promise<void> => {
      pauses++;
      await Promise.resolve();
    };
    const own: Clock = { now: () => (now += 1), pause };
    const log: number[] = [];
    assert.equal(await inTurns(counting(log), own, new AbortController().signal), 'done');
    assert.equal(log.length, 1001);
    // Each look at the clock takes a millisecond: five or six steps to a turn.
    assert.ok(pauses > 100 && pauses <= 200, String(pauses));
  });

  it('stops at the signal and lets the work clean up', async () => {
    const stop = new AbortController();
    let now = 0;
    const pause = async (): Promise<void> => {
      stop.abort();
      await Promise.resolve();
    };
    const own: Clock = { now: () => (now += 1), pause };
    const log: number[] = [];
    assert.equal(await inTurns(counting(log), own, stop.signal), null);
    assert.ok(log.length < 20 && log.at(-1) === -1);
  });
});
