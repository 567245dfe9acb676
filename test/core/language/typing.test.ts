import { strict as assert } from 'node:assert';
import { readDefinition } from '../../../src/core/formats/cnn/definition';
import { completions } from '../../../src/core/language/completion';
import { nameAt, rename } from '../../../src/core/language/names';
import { edited, marked, net, snapshotOf } from './marked';

const labels = (text: string): readonly string[] => {
  const { source, start } = marked(text);
  return completions(snapshotOf(source), start).map(({ label }) => label);
};

/** The text after the first completion of that name. */
function completed(text: string, label: string): string {
  const { source, start } = marked(text);
  const found = completions(snapshotOf(source), start).find((item) => item.label === label);
  assert.ok(found, label);
  return edited(source, [{ span: found.span, text: found.insert }]);
}

describe('completion', () => {
  it('offers settings at the left edge, without those that are there', () => {
    assert.deepEqual(labels('input: 8x8x1\n|'), ['name', 'width', 'seed', 'labels', 'blocks', 'layers']);
    assert.equal(completed('inp|', 'input'), 'input: ${1:224x224x3}');
    assert.ok(labels('input: |').includes('224x224x3'));
    assert.ok(labels('width: |').includes('1/8'));
    assert.deepEqual(labels('input:\n  size: 8x8x3\n  values: |\n'), ['0..1', '0..255', '-1..1', 'imagenet']);
  });

  it('offers layers and blocks behind a dash, with their numbers to fill in', () => {
    const found = labels(net('- co|'));
    assert.ok(['conv', 'maxpool', 'add', 'relu', 'softmax'].every((name) => found.includes(name)));
    assert.equal(completed(net('- co|'), 'conv'), net('- conv: ${1:64} ${2:3x3} pad same relu'));
    assert.equal(completed(net('- |'), 'globalavgpool'), net('- globalavgpool'));
    const block = 'input: 8x8x1\nblocks:\n  stage(c, n=2):\n    - relu\nlayers:\n  - |\n';
    assert.ok(labels(block).includes('stage'));
    assert.ok(completed(block, 'stage').includes('- stage: ${1:c}'));
    assert.ok(labels('input: 8x8x1\nblocks:\n  b:\n    - |').includes('conv'));
    assert.ok(labels(net('- concat:', '    - - |')).includes('conv'));
    // Another kind in place of one that has its values already.
    assert.equal(completed(net('- con|v: 8 3x3'), 'deconv'), net('- deconv: 8 3x3'));
  });

  it('offers the words of a layer that it has not said, slots first', () => {
    assert.deepEqual(labels(net('- conv: |')).slice(0, 1), ['64']);
    const found = labels(net('- conv: 64 3x3 |'));
    assert.ok(['stride', 'pad', 'dilation', 'groups', 'no bias', 'bn', 'relu'].every((word) => found.includes(word)));
    assert.ok(!labels(net('- conv: 64 3x3 stride 2 relu |')).some((word) => word === 'stride' || word === 'sigmoid'));
    assert.deepEqual(labels(net('- conv: 64 3x3 pad |')).slice(0, 2), ['same', '1']);
    assert.ok(labels(net('- filter: |')).includes('sobel'));
    assert.ok(labels('input: 8x8x1\nblocks:\n  b(c, n=2):\n    - relu\nlayers:\n  - b: |').includes('n='));
  });

  it('offers keys under a layer, and their values', () => {
    const keys = labels(net('- conv: 64 3x3', '  name: a', '  |'));
    assert.ok(keys.includes('stride') && keys.includes('from') && keys.includes('repeat') && !keys.includes('name'));
    assert.deepEqual(labels(net('- conv: 64 3x3', '  border: |')).slice(0, 2), ['0', '0.5']);
    assert.ok(labels(net('- conv: 64 3x3', '  activation: |')).includes('tanh'));
  });

  it('offers the names of layers before, nearest first', () => {
    const text = net(
      '- conv: 8 3x3 pad 1',
      '  name: a',
      '- conv: 8 3x3 pad 1',
      '  name: b',
      '- add: [|]',
      '- relu:',
      '  name: late',
    );
    assert.deepEqual(labels(text), ['b', 'a', 'previous', 'input']);
    assert.deepEqual(labels(net('- conv: 8 3x3', '  name: a', '- relu:', '  from: |')), ['a', 'previous', 'input']);
    assert.deepEqual(labels(net('- maxpool: 2x2', '  name: p', '- maxunpool: |')).slice(0, 1), ['p']);
    assert.deepEqual(labels('input: 8x8x1\nblocks:\n  up(c, skip):\n    - concat: [$s|]\n'), ['$c', '$skip']);
  });

  it('offers layers where the dash is missing, and writes it', () => {
    for (const text of ['layers:\n  |', 'layers:\n  co|', net('- relu', 'co|'), 'blocks:\n  b(c):\n    co|'])
      assert.ok(labels(text).includes('conv'), text);
    assert.equal(completed(net('- relu', 'co|'), 'globalavgpool'), net('- relu', '- globalavgpool'));
    assert.deepEqual(labels(net('- add:', '      co|')), []);
  });

  it('offers layers within a head, parameters within a block, and the keys of the input', () => {
    assert.equal(completed(net('- head: |'), '[dense: 10]'), net('- head: [dense: ${1:10}]'));
    assert.ok(labels(net('- head: [globalavgpool, |')).includes('dense'));
    const block = 'input: 8x8x1\nblocks:\n  b(c, n):\n    - conv: |\n';
    assert.deepEqual(labels(block).slice(0, 3), ['$c', '$n', '64']);
    assert.ok(!labels(net('- conv: |')).some((label) => label.startsWith('$')));
    assert.deepEqual(labels('input:\n  size: 8x8x3\n  |'), ['values']);
    assert.deepEqual(labels('input:\n  |'), ['size', 'values']);
  });

  it('says nothing in comments', () => {
    assert.deepEqual(labels('# inp|'), []);
    assert.deepEqual(labels(net('- conv: 8 3x3 # s|')), []);
  });

  it('everything offered can be explained', () => {
    const block = 'input: 8x8x1\nblocks:\n  b(c, n):\n    - conv: |\n';
    const places = ['|', 'input:\n  |', net('- |'), net('|'), net('- conv: 64 3x3 |'), net('- conv: 64 3x3', '  |')];
    for (const text of [...places, net('- head: |'), block]) {
      const { source, start } = marked(text);
      for (const item of completions(snapshotOf(source), start)) assert.ok(item.doc.length > 5, item.label);
    }
  });
});

describe('names', () => {
  const text = `input: 32x32x1
blocks:
  up(c, skip):
    - deconv: $c 2x2 stride 2
    - concat: [$skip, previous]
layers:
  - conv: 4 3x3 pad same
    name: left
  - maxpool: 2x2
    name: pool
  - up: 4 left
  - maxpool: 2x2
  - maxunpool: pool
    from: pool
  - add: [left, left]
`;

  it('are found wherever they stand', () => {
    const found = nameAt(snapshotOf(text), text.indexOf('left') + 1);
    assert.equal(found?.name, 'left');
    assert.equal(found.places.length, 4);
    const used = nameAt(snapshotOf(text), text.lastIndexOf('left') + 1);
    assert.deepEqual(used?.given, found.given);
    const block = nameAt(snapshotOf(text), text.indexOf('- up') + 3);
    assert.deepEqual([block?.name, block?.places.length], ['up', 2]);
    const parameter = nameAt(snapshotOf(text), text.indexOf('$skip') + 2);
    assert.deepEqual([parameter?.name, parameter?.places.length], ['skip', 2]);
    assert.equal(nameAt(snapshotOf(text), text.indexOf('previous') + 1), null);
  });

  it('change everywhere at once, and the net stays the same', () => {
    for (const [old, offset] of [
      ['left', text.indexOf('left')],
      ['pool', text.lastIndexOf('pool')],
      ['up', text.indexOf('up(')],
      ['skip', text.indexOf('skip')],
    ] as const) {
      const edits = rename(snapshotOf(text), offset + 1, 'fresh');
      assert.ok(typeof edits !== 'string', old);
      const after = edited(text, edits);
      assert.ok(
        !new RegExp(`(^|[\\s[$(,])${old}([\\s\\](,:]|$)`, 'm').test(after.replace(/maxpool|unpool/g, '')),
        after,
      );
      const [a, b] = [readDefinition(text), readDefinition(after)];
      assert.deepEqual(
        b.diagnostics.map(({ code }) => code),
        a.diagnostics.map(({ code }) => code),
      );
      assert.deepEqual(
        b.model.graph.nodes.map(({ op, inputs }) => [op, inputs]),
        a.model.graph.nodes.map(({ op, inputs }) => [op, inputs]),
      );
    }
  });

  it('refuse what cannot be a name', () => {
    const at = text.indexOf('left') + 1;
    assert.match(rename(snapshotOf(text), at, '3x') as string, /letters, digits/);
    assert.match(rename(snapshotOf(text), at, 'pool') as string, /already the name/);
    assert.match(rename(snapshotOf(text), at, 'input') as string, /already means/);
    assert.match(rename(snapshotOf(text), 0, 'x') as string, /no name here/);
  });
});
