import assert from 'node:assert/strict';
import { disk, uri } from '../support/vscodeStub';
import type * as vscode from 'vscode';
import type { Services } from '../../src/host/editor/services';
import { writeModel } from '../../src/host/editor/writeModel';
import { modelOf } from '../support/onnxModel';

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
});
