import assert from 'node:assert/strict';
import { disk, gate, touch, uri, type Gate } from '../support/vscodeStub';
import { memorySource, type OpenFile } from '../../src/core/bytes/source';
import { ModelDocument } from '../../src/host/editor/document';
import type { Change } from '../../src/host/editor/liveModel';
import type { Services } from '../../src/host/editor/services';
import { reluChain } from '../support/reluChain';
import { encodeOnnx } from '../support/onnxModel';

const PLACE = uri('file:///models/net.onnx');

/** As many activations as asked for: what was read can be told by their number. */
const net = (count: number): Uint8Array =>
  encodeOnnx({
    opset: 13,
    inputs: { x: [1, 3, 'h', 'w'] },
    ...reluChain(count),
  });

interface Opened extends OpenFile {
  closed: boolean;
  /** Somebody read of it. */
  touched: boolean;
}

/** A file that is open; `stall` lets nobody read before it opens. */
function opened(count: number, stall?: Gate<null>): Opened {
  const source = memorySource(net(count));
  const file: Opened = {
    name: 'net.onnx',
    bytes: {
      size: source.size,
      async read(start, end) {
        file.touched = true;
        await stall?.promise;
        if (file.closed) throw new Error('the file is closed');
        return source.read(start, end);
      },
    },
    sibling: () => Promise.resolve({ kind: 'missing' }),
    closed: false,
    touched: false,
    dispose: () => (file.closed = true),
  };
  return file;
}

/** What `open` is asked for, one after the other. */
function documentOn(...answers: readonly Promise<OpenFile>[]): {
  document: ModelDocument;
  changes: number[];
  lost: string[];
} {
  const quiet = (): void => undefined;
  let asked = 0;
  const services = {
    platform: { open: () => answers[asked++] ?? Promise.reject(new Error('asked too often')) },
    log: { info: quiet, warn: quiet, error: quiet },
    problems: null,
  } as unknown as Services;
  const document = new ModelDocument(PLACE, services);
  const [changes, lost]: [number[], string[]] = [[], []];
  document.onDidChange(({ analysis }: Change) => changes.push(analysis.facts.graph.nodes.length));
  document.onDidLose((what) => lost.push(what));
  return { document, changes, lost };
}

const size = async (document: ModelDocument): Promise<number> => (await document.analysis()).facts.graph.nodes.length;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Longer than a document waits for writers. */
const settled = (): Promise<void> => pause(360);

describe('a model file that is open', () => {
  afterEach(() => {
    disk.stat = () => Promise.resolve({});
  });

  it('is closed again when its editor went before it was there', async () => {
    const opening = gate<OpenFile>();
    const { document } = documentOn(opening.promise);
    document.dispose();
    const file = opened(1);
    opening.open(file);
    await assert.rejects(document.analysis());
    assert.equal(file.closed, true);
  });

  it('is no longer read when its editor goes in the middle', async () => {
    const stall = gate<null>();
    const file = opened(1, stall);
    const { document, changes } = documentOn(Promise.resolve(file));
    await pause(10);
    document.dispose();
    stall.open(null);
    const rejected = await document.analysis().then(
      ({ reading }) => !reading.readable,
      () => true,
    );
    assert.ok(rejected, 'a model was read out of a closed file');
    assert.deepEqual([file.closed, changes], [true, []]);
  });

  it('leaves the extension host its turns while it is analysed', async () => {
    const { document } = documentOn(Promise.resolve(opened(1500)));
    await document.openFile();
    let turns = 0;
    const count = (): void => {
      turns++;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    await document.analysis();
    clearImmediate(next);
    assert.ok(turns > 3, `${turns} turns`);
    document.dispose();
  });

  it('shows what was written last, however late what stood there before comes', async () => {
    const [first, stall] = [gate<OpenFile>(), gate<null>()];
    const old = opened(1, stall);
    const { document, changes } = documentOn(first.promise, Promise.resolve(opened(2)));
    first.open(old);
    touch();
    await settled();
    assert.equal(await size(document), 2);
    stall.open(null);
    await pause(20);
    assert.equal(await size(document), 2);
    assert.deepEqual([changes, old.closed], [[2], true]);
    document.dispose();
  });

  it('keeps the later of two versions where the earlier opens last', async () => {
    const slow = gate<OpenFile>();
    const [second, third] = [opened(2), opened(3)];
    const { document, changes } = documentOn(Promise.resolve(opened(1)), slow.promise, Promise.resolve(third));
    await document.analysis();
    touch();
    await settled();
    touch();
    await settled();
    slow.open(second);
    await pause(20);
    assert.deepEqual([await size(document), changes], [3, [3]]);
    assert.deepEqual([second.closed, third.closed], [true, false]);
    document.dispose();
    assert.equal(third.closed, true);
  });

  it('is not called gone when it came back before the question was answered', async () => {
    const { document, changes, lost } = documentOn(Promise.resolve(opened(1)), Promise.resolve(opened(2)));
    await document.analysis();
    const slow = gate<unknown>();
    disk.stat = () => slow.promise;
    touch();
    await settled();
    disk.stat = () => Promise.resolve({});
    touch();
    await settled();
    slow.fail(new Error('no such file'));
    await pause(10);
    assert.deepEqual([changes, lost], [[2], []]);
    document.dispose();
  });

  it('keeps what was read of it when it is gone, and says so once', async () => {
    const file = opened(4);
    const { document, changes, lost } = documentOn(Promise.resolve(file));
    await document.analysis();
    disk.stat = () => Promise.reject(new Error('no such file'));
    touch();
    touch();
    await settled();
    assert.equal(lost.length, 1);
    assert.deepEqual([await size(document), changes, file.closed], [4, [], false]);
    document.dispose();
  });

  it('is not opened again when it changes while its editor goes', async () => {
    const slow = gate<unknown>();
    const late = opened(2);
    const { document } = documentOn(Promise.resolve(opened(1)), Promise.resolve(late));
    await document.analysis();
    disk.stat = () => slow.promise;
    touch();
    await settled();
    document.dispose();
    slow.open({});
    await pause(20);
    assert.equal(await size(document), 1);
    // Nobody would close it.
    assert.equal(late.touched, false);
  });

  it('has the size chosen last, in whichever of its editors', async () => {
    const { document } = documentOn(Promise.resolve(opened(1)));
    const told: (readonly [unknown, string])[] = [];
    document.onDidChange(({ analysis, origin }) => told.push([origin, analysis.scene.header.input]));
    const [one, other] = [{ editor: 1 }, { editor: 2 }];
    const shape = (n: number): { inputShapes: Map<string, number[]> } => ({
      inputShapes: new Map([['x', [1, 3, n, n]]]),
    });
    await Promise.all([document.choose(shape(8), one), document.choose(shape(16), other)]);
    assert.equal((await document.analysis()).scene.header.input, '1×3×16×16');
    // The editor that asked has its answer; the other must hear of it, and end with the same.
    assert.deepEqual(told.at(-1), [other, '1×3×16×16']);
    assert.ok(told.some(([origin]) => origin === one));
    document.dispose();
  });
});
