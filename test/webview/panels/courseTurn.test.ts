import assert from 'node:assert/strict';
import { courseTurn } from '../../../webview/panels/courseTurn';

/** A host that opens chapters when the test says so. */
function slowly(chapters: number) {
  const asked: {
    readonly chapter: number;
    readonly done: (comes: boolean) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const failures: unknown[] = [];
  const turn = courseTurn(
    () => chapters,
    (chapter) => new Promise((done, fail) => asked.push({ chapter, done, fail })),
    () => undefined,
    (error) => failures.push(error),
  );
  return { turn, asked, failures, chapters: () => asked.map(({ chapter }) => chapter) };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turning the chapters of the course', () => {
  it('goes on from where it is going, however fast one presses', () => {
    const { turn, chapters } = slowly(13);
    turn.shown(0);
    turn.by(1);
    turn.by(1);
    turn.by(1);
    assert.deepEqual(chapters(), [1, 2, 3]);
    assert.equal(turn.at(), 3);
    // What is passed on the way is no arrival.
    turn.shown(1);
    turn.by(1);
    assert.deepEqual(chapters(), [1, 2, 3, 4]);
    turn.shown(4);
    turn.by(-1);
    assert.equal(turn.at(), 3);
  });

  it('stays within the course, and knows nowhere to go from a net that is not of it', () => {
    const { turn, chapters } = slowly(3);
    turn.by(1);
    assert.deepEqual(chapters(), []);
    turn.shown(1);
    turn.by(1);
    turn.by(1);
    assert.deepEqual(chapters(), [2]);
    turn.to(0);
    turn.by(-1);
    assert.deepEqual(chapters(), [2, 0]);
  });

  it('stays where it is when the chapter asked last does not come, and says why', async () => {
    const { turn, asked, failures } = slowly(13);
    turn.shown(4);
    turn.by(1);
    turn.by(1);
    asked[0]!.fail(new Error('passed by'));
    await settled();
    assert.deepEqual(failures, []);
    assert.equal(turn.at(), 6);
    asked[1]!.fail(new Error('gone'));
    await settled();
    assert.deepEqual(failures.map(String), ['Error: gone']);
    assert.equal(turn.at(), 4);
    // The host has said it already.
    turn.by(1);
    asked[2]!.done(false);
    await settled();
    assert.deepEqual([turn.at(), failures.length], [4, 1]);
    turn.by(1);
    asked[3]!.done(true);
    await settled();
    assert.equal(turn.at(), 5);
  });
});
