import assert from 'node:assert/strict';
import { disk, typedText } from '../support/vscodeStub';
import type { Services } from '../../src/host/editor/services';
import { OtherModel } from '../../src/host/run/other';
import { DefinitionModel } from '../../src/host/text/definitionModel';
import { Texts } from '../../src/host/text/texts';
import { openModel } from '../../src/core/formats';
import { memorySource } from '../../src/core/bytes/source';

const net = (layers: string): string => `input: 8x8x3\nlayers:\n${layers}`;
const services = { memory: { get: () => undefined } } as unknown as Services;

/** Operators of a model file, by name. */
async function names(bytes: Uint8Array): Promise<readonly string[]> {
  const missing = { kind: 'missing' } as const;
  const file = { name: 'run.onnx', bytes: memorySource(bytes), sibling: () => Promise.resolve(missing) };
  const { model } = await openModel(file);
  return model?.graph.nodes.map(({ name }) => name) ?? [];
}

describe('the model that is run beside the own one', () => {
  const texts = new Texts();
  before(() => (disk.stat = () => Promise.reject(new Error('no such file'))));
  after(() => {
    disk.stat = () => Promise.resolve({});
    texts.dispose();
  });

  it('runs as it was when its layers were paired, whatever is typed since', async () => {
    const [one, two] = ['one', 'two'].map((name) =>
      typedText(`file:///nets/${name}.cnn.yaml`, net('  - relu\n  - maxpool: 2x2\n')),
    ) as [ReturnType<typeof typedText>, ReturnType<typeof typedText>];
    const own = await DefinitionModel.open(one.document, texts, services);
    const theirs = await DefinitionModel.open(two.document, texts, services);
    const other = new OtherModel(own, () => [own, theirs]);
    const asked = await other.ask();
    assert.equal(asked?.pairs.length, 2);
    const before = await names(await other.bytes(null));

    const read = new Promise((resolve) => theirs.onDidRead(() => resolve(null)));
    two.settle(net('  - conv: 4 3x3\n  - relu\n  - maxpool: 2x2\n'));
    await read;
    assert.equal((await theirs.analysis()).facts.graph.nodes.length, 3);
    assert.equal(before.length, 2);
    assert.deepEqual(await names(await other.bytes(null)), before);
    for (const model of [own, theirs]) model.dispose();
  });
});
