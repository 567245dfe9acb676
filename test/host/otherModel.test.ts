import assert from 'node:assert/strict';
import { disk, editors, person, typedText, uri } from '../support/vscodeStub';
import type { Services } from '../../src/host/editor/services';
import type { QuickPickItem } from 'vscode';
import { openInBackground } from '../../src/host/compare/background';
import { OtherModel, type Models } from '../../src/host/run/other';
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

const named = (label: string) => (items: readonly QuickPickItem[]) => items.find((item) => item.label === label);
const nowhere = (): null => null;

describe('the model that is run beside the own one', () => {
  const texts = new Texts();
  const settled = { ...person };
  before(() => (disk.stat = () => Promise.reject(new Error('no such file'))));
  afterEach(() => {
    Object.assign(person, settled);
    disk.found = () => [];
    editors.length = 0;
  });
  after(() => {
    disk.stat = () => Promise.resolve({});
    texts.dispose();
  });
  const openText = async (name: string, layers: string) => {
    const text = typedText(`file:///nets/${name}.cnn.yaml`, net(layers));
    return { ...text, model: await DefinitionModel.open(text.document, texts, services) };
  };
  const among = (
    open: readonly DefinitionModel[],
    read: Models['read'] = () => Promise.reject(new Error('asked')),
  ) => ({
    read,
    open: () => open,
  });

  it('runs as it was when its layers were paired, whatever is typed since', async () => {
    const own = await openText('one', '  - relu\n  - maxpool: 2x2\n');
    const theirs = await openText('two', '  - relu\n  - maxpool: 2x2\n');
    const other = new OtherModel(own.model, among([own.model, theirs.model]), nowhere);
    person.pick = named('two.cnn.yaml');
    const asked = await other.ask();
    assert.equal(asked?.pairs.length, 2);
    const before = await names(await other.bytes(null));

    const read = new Promise((resolve) => theirs.model.onDidRead(() => resolve(null)));
    theirs.settle(net('  - conv: 4 3x3\n  - relu\n  - maxpool: 2x2\n'));
    await read;
    assert.equal((await theirs.model.analysis()).facts.graph.nodes.length, 3);
    assert.equal(before.length, 2);
    assert.deepEqual(await names(await other.bytes(null)), before);
    for (const one of [own, theirs]) one.model.dispose();
    other.dispose();
  });

  it('offers what is open, then the workspace’s files without what is open, then any other file', async () => {
    const own = await openText('one', '  - relu\n');
    const theirs = await openText('two', '  - relu\n');
    disk.found = () =>
      ['nets/two.cnn.yaml', 'b/z.onnx', 'a/y.onnx', 'nets/one.cnn.yaml'].map((at) => uri(`file:///${at}`));
    let offered: readonly string[] = [];
    person.pick = (items) => {
      offered = items.map(({ label }) => label);
      return undefined;
    };
    assert.equal(await new OtherModel(own.model, among([own.model, theirs.model]), nowhere).ask(), null);
    const rest = ['In the workspace', 'y.onnx', 'z.onnx', 'Another file…'];
    assert.deepEqual(offered, ['Open in editors', 'two.cnn.yaml', ...rest]);
    for (const one of [own, theirs]) one.model.dispose();
  });

  it('opens a file nobody has open, hands its bytes over, and closes it with the page or for the next', async () => {
    const own = await openText('one', '  - relu\n  - maxpool: 2x2\n');
    const [first, second] = ['three', 'four'].map((name) =>
      typedText(`file:///nets/${name}.cnn.yaml`, net('  - maxpool: 2x2\n')),
    ) as [ReturnType<typeof typedText>, ReturnType<typeof typedText>];
    editors.push(first, second);
    const closed: string[] = [];
    const read: Models['read'] = async (place) => {
      const model = await openInBackground(services, texts, place);
      const dispose = model.dispose.bind(model);
      return Object.assign(model, {
        dispose() {
          closed.push(model.name);
          dispose();
        },
      });
    };
    const other = new OtherModel(own.model, among([own.model], read), nowhere);
    disk.found = () => [first.document.uri];
    person.pick = named('three.cnn.yaml');
    const asked = await other.ask();
    assert.equal(asked?.name, 'three.cnn.yaml');
    assert.equal(asked.pairs.length, 1);
    assert.equal((await names(await other.bytes(null))).length, 1);

    person.pick = named('Another file…');
    person.browse = () => [second.document.uri];
    assert.equal((await other.ask())?.name, 'four.cnn.yaml');
    assert.deepEqual(closed, ['three.cnn.yaml']);
    other.dispose();
    assert.deepEqual(closed, ['three.cnn.yaml', 'four.cnn.yaml']);
    own.model.dispose();
  });

  it('says by name what cannot be read, and leaves nothing open', async () => {
    const own = await openText('one', '  - relu\n');
    let closed = 0;
    const lost = await openText('lost', '  - relu\n');
    const read: Models['read'] = () =>
      Promise.resolve(
        Object.assign(lost.model, {
          runnable: () => Promise.reject(new Error('lost.onnx is gone')),
          dispose: () => {
            closed++;
          },
        }),
      );
    const other = new OtherModel(own.model, among([own.model], read), nowhere);
    person.pick = named('Another file…');
    person.browse = () => [uri('file:///nets/lost.onnx')];
    await assert.rejects(other.ask(), /lost\.onnx is gone/);
    assert.equal(closed, 1);
    await assert.rejects(other.bytes(null), /No other model was chosen/);
    own.model.dispose();
  });
});
