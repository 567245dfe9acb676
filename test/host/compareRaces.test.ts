import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { blindPanel, gate, rename, uri } from '../support/vscodeStub';
import { analyze } from '../../src/core/analysis';
import { buildScene, draw } from '../../src/core/view/scene';
import { ComparePanel, type OpenModel } from '../../src/host/compare/comparePanel';
import type { Analysis } from '../../src/host/editor/reading';
import { renamed } from '../../src/host/editor/renamed';
import type { Services } from '../../src/host/editor/services';
import { reluChain } from '../support/reluChain';
import { modelOf } from '../support/onnxModel';

/** A net of as many activations as asked for. */
function analysisOf(count: number): Analysis {
  const model = modelOf({
    opset: 13,
    inputs: { x: [1, 3, 8, 8] },
    ...reluChain(count),
  });
  const facts = analyze(model);
  const drawing = draw(facts);
  const reading = { name: 'net.onnx', model, readable: true, diagnostics: [], bytesRead: 0 };
  return { reading, facts, drawing, scene: buildScene(drawing, 'net.onnx') };
}

/** A model whose analysis a test holds back as long as it likes. */
function modelAt(place: string, first: Promise<Analysis>) {
  const listeners = new Set<() => void>();
  const state = { now: first, disposed: false };
  const model = {
    uri: uri(place),
    name: place.split('/').at(-1)!,
    folder: uri('file:///models'),
    analysis: () => state.now,
    onDidChange: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    onDidLose: () => ({ dispose: () => undefined }),
    dispose: () => (state.disposed = true),
  } as unknown as OpenModel;
  const change = (to: Promise<Analysis>): void => {
    state.now = to;
    listeners.forEach((listener) => listener());
  };
  return { model, state, change, heard: () => listeners.size };
}

const services = {
  log: { info: () => undefined, error: () => undefined },
  extensionUri: uri('file:///extension'),
} as unknown as Services;

const pause = (ms = 10): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

interface Told {
  readonly scene: { readonly nodes: readonly unknown[] };
  readonly places: readonly string[];
}

function comparing(open: (place: vscode.Uri) => Promise<OpenModel> = () => Promise.reject(new Error('not asked'))) {
  const before = modelAt('file:///models/before.onnx', Promise.resolve(analysisOf(1)));
  const after = modelAt('file:///models/after.onnx', Promise.resolve(analysisOf(1)));
  const page = blindPanel();
  const panel = new ComparePanel(services, [before.model, after.model], page.panel, open);
  const told = (): Told[] =>
    page.posted.filter(({ event }) => event === 'comparedAnew').map(({ value }) => value as Told);
  return { before, after, page, panel, told };
}

describe('a page that compares two models', () => {
  it('shows what the files are now, however late what they were before comes', async () => {
    const { after, told } = comparing();
    const slow = gate<Analysis>();
    after.change(slow.promise);
    after.change(Promise.resolve(analysisOf(3)));
    await pause();
    slow.open(analysisOf(2));
    await pause();
    assert.deepEqual(
      told().map(({ scene }) => scene.nodes.length),
      [3],
    );
  });

  it('asks nothing of a page that is closed, and closes both models with it', async () => {
    const { before, after, page } = comparing();
    const slow = gate<Analysis>();
    before.change(slow.promise);
    page.close();
    slow.open(analysisOf(2));
    await pause(50);
    assert.deepEqual(page.late, []);
    assert.deepEqual([before.state.disposed, after.state.disposed], [true, true]);
    assert.equal(before.heard() + after.heard(), 0);
    after.change(Promise.resolve(analysisOf(4)));
    await pause();
  });

  it('goes on with a file under its new name, and lets go of the old one', async () => {
    const moved = modelAt('file:///models/after-2.onnx', Promise.resolve(analysisOf(5)));
    const asked: string[] = [];
    const { before, after, page, told } = comparing((place) => {
      asked.push(place.toString());
      return Promise.resolve(moved.model);
    });
    await pause();
    rename(uri('file:///models/after.onnx'), uri('file:///models/after-2.onnx'));
    await pause();
    assert.deepEqual(asked, ['file:///models/after-2.onnx']);
    assert.deepEqual([after.state.disposed, after.heard(), before.state.disposed], [true, 0, false]);
    const last = told().at(-1)!;
    assert.deepEqual(last.places, ['file:///models/before.onnx', 'file:///models/after-2.onnx']);
    assert.equal(last.scene.nodes.length, 5);
    assert.equal(page.panel.title, 'before.onnx ↔ after-2.onnx');
    page.close();
    assert.equal(moved.state.disposed, true);
  });

  it('goes on with a file that is renamed again while it is opened, whichever is opened first', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const moved = [1, 2].map((n) =>
        modelAt(`file:///models/after-${String(n)}.onnx`, Promise.resolve(analysisOf(n))),
      );
      const opening = moved.map(() => gate<OpenModel>());
      const { page, told } = comparing((place) => opening[Number(/(\d)[.]onnx/.exec(place.path)![1]) - 1]!.promise);
      await pause();
      rename(uri('file:///models/after.onnx'), uri('file:///models/after-1.onnx'));
      rename(uri('file:///models/after-1.onnx'), uri('file:///models/after-2.onnx'));
      for (const n of order) {
        opening[n - 1]!.open(moved[n - 1]!.model);
        await pause();
      }
      assert.deepEqual(told().at(-1)!.places, ['file:///models/before.onnx', 'file:///models/after-2.onnx']);
      assert.deepEqual(
        moved.map(({ state }) => state.disposed),
        [true, false],
      );
      page.close();
    }
  });

  it('closes what was opened under the new name when the page goes meanwhile', async () => {
    const moved = modelAt('file:///models/after-2.onnx', Promise.resolve(analysisOf(5)));
    const opening = gate<OpenModel>();
    const { page } = comparing(() => opening.promise);
    rename(uri('file:///models/after.onnx'), uri('file:///models/after-2.onnx'));
    page.close();
    opening.open(moved.model);
    await pause();
    assert.deepEqual([moved.state.disposed, moved.heard()], [true, 0]);
  });
});

describe('a file that is renamed', () => {
  const event = (from: string, to: string): { files: { oldUri: vscode.Uri; newUri: vscode.Uri }[] } => ({
    files: [{ oldUri: uri(from), newUri: uri(to) }],
  });
  const after = (place: string, from: string, to: string): string | undefined =>
    renamed(uri(place), event(from, to))?.toString();

  it('is found where it, or a folder around it, is now', () => {
    assert.equal(after('file:///a/b/net.onnx', 'file:///a/b/net.onnx', 'file:///c.onnx'), 'file:///c.onnx');
    assert.equal(after('file:///a/b/net.onnx', 'file:///a', 'file:///z'), 'file:///z/b/net.onnx');
  });

  it('is not taken for another one', () => {
    assert.equal(after('file:///a/net.onnx', 'file:///a/net', 'file:///z'), undefined);
    assert.equal(after('file:///ab/net.onnx', 'file:///a', 'file:///z'), undefined);
    // A version out of the past stays what it was.
    assert.equal(after('git:///a/net.onnx?ref', 'git:///a/net.onnx', 'git:///b.onnx'), undefined);
    assert.equal(after('file:///a/net.onnx', 'memfs:///a/net.onnx', 'memfs:///b.onnx'), undefined);
  });
});
