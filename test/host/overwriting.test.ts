import assert from 'node:assert/strict';
import { disk, person, uri } from '../support/vscodeStub';
import type * as vscode from 'vscode';
import { analyze } from '../../src/core/analysis';
import { memorySource, type ModelFile } from '../../src/core/bytes/source';
import { openModel } from '../../src/core/formats';
import { readElements } from '../../src/core/formats/onnx/tensor';
import { buildScene, draw } from '../../src/core/view/scene';
import { cutHere } from '../../src/host/editor/cut';
import type { LiveModel } from '../../src/host/editor/liveModel';
import type { Services } from '../../src/host/editor/services';
import { writeModel } from '../../src/host/editor/writeModel';
import { encodeOnnx, modelOf } from '../support/onnxModel';

const SOURCE = uri('file:///models/net.onnx');
const MODEL = {
  ...modelOf({
    opset: 13,
    inputs: { x: [1, 3, 8, 8] },
    nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
    outputs: ['y'],
  }),
  externalFiles: ['net.weights', 'more/net.weights'],
};

/** Files that are there, and links to others of them; null for a link that cannot be followed. */
const THERE = new Map<string, string | null>([
  ['file:///models/net.onnx', 'file:///models/net.onnx'],
  ['file:///models/net.weights', 'file:///models/net.weights'],
  ['file:///models/more/net.weights', 'file:///disk/w'],
  ['file:///disk/w', 'file:///disk/w'],
  ['file:///models/other.onnx', 'file:///models/other.onnx'],
  ['file:///models/link.onnx', 'file:///models/net.onnx'],
  ['file:///models/blind.onnx', null],
]);

const services = {
  platform: {
    resolve(place: vscode.Uri) {
      const real = THERE.get(place.toString());
      if (real === undefined) return Promise.reject(new Error('no such file'));
      return Promise.resolve(real === null ? null : uri(real));
    },
  },
} as unknown as Services;

const write = (target: string, from = SOURCE): Promise<number | null> =>
  writeModel(uri(target), MODEL, null, { uri: from, folder: uri('file:///models'), services });

/** A convolution whose weights are all the same, too many to be kept with the graph. */
function convOf(weight: number): ModelFile {
  const source = memorySource(
    encodeOnnx({
      opset: 13,
      inputs: { x: [1, 16, 8, 8] },
      constants: { w: { shape: [64, 16, 3, 3], floats: Array<number>(64 * 16 * 9).fill(weight) } },
      nodes: [
        { op: 'Conv', name: 'conv', inputs: ['x', 'w'], outputs: ['y'] },
        { op: 'Relu', name: 'relu', inputs: ['y'], outputs: ['z'] },
      ],
      outputs: ['z'],
    }),
  );
  return fileOf(source);
}

const fileOf = (bytes: ReturnType<typeof memorySource>): ModelFile => ({
  name: 'net.onnx',
  bytes,
  sibling: () => Promise.resolve({ kind: 'missing' }),
});

describe('a model that is written', () => {
  beforeEach(() => disk.written.splice(0));

  it('takes the place of no file it is made of, whatever link leads there', async () => {
    for (const name of ['net.onnx', 'link.onnx'])
      await assert.rejects(write(`file:///models/${name}`), /the model itself/);
    for (const name of ['models/net.weights', 'models/more/net.weights', 'disk/w'])
      await assert.rejects(write(`file:///${name}`), /holds the weights/);
    await assert.rejects(write('file:///models/blind.onnx', uri('file:///models/blind.onnx')), /the model itself/);
    assert.deepEqual(disk.written, []);
  });

  it('takes the place of any other file the person chose, and goes where there is none', async () => {
    const targets = ['file:///models/other.onnx', 'file:///models/new.onnx', 'file:///models/blind.onnx'];
    for (const target of targets) assert.ok((await write(target))! > 0);
    assert.deepEqual(disk.written, targets);
  });

  it('is cut with the weights it had when it was looked at', async () => {
    const files = [convOf(1), convOf(2)];
    let now = files[0]!;
    const { reading, facts, drawing, scene } = await read(now);
    const document = {
      name: 'net.onnx',
      uri: SOURCE,
      folder: uri('file:///models'),
      services,
      analysis: () => Promise.resolve({ reading, facts, drawing, scene }),
      openFile: () => Promise.resolve(now),
    } as unknown as LiveModel;
    person.input = () => '';
    person.save = () => {
      // Trained on meanwhile.
      now = files[1]!;
      return uri('file:///models/new.onnx');
    };
    assert.equal(await cutHere(document, 0), true);
    const written = fileOf(memorySource(disk.content));
    const { model } = await openModel(written);
    const weights = model?.graph.values.find(({ name }) => name === 'w')?.constant;
    assert.ok(weights);
    const elements = await readElements(weights, written, 0, 4);
    assert.ok(elements.kind !== 'missing');
    assert.deepEqual([...elements.numbers].map(Number), [1, 1, 1, 1]);
  });
});

async function read(file: ModelFile) {
  const { model } = await openModel(file);
  assert.ok(model);
  const facts = analyze(model);
  const drawing = draw(facts);
  const reading = { name: 'net.onnx', model, readable: true, diagnostics: [], bytesRead: 0 };
  return { reading, facts, drawing, scene: buildScene(drawing, 'net.onnx') };
}
