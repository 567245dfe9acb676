import { strict as assert } from 'node:assert';
import { resolve } from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import { GraphBuilder } from '../../../src/core/ir/builder';
import { spokenNode } from '../../../src/core/spoken';
import { outlineOf, type Outline, type OutlineItem } from '../../../src/core/view/outline';
import { buildScene, draw } from '../../../src/core/view/scene';
import { pathEnds, sourceFrames } from '../../../src/core/view/sourceFrames';
import type { Scene } from '../../../src/core/view/types';
import { openFile } from '../../support/openFile';
import { modelAround, modelOf } from '../../support/onnxModel';

const shown = (facts: Facts): { readonly scene: Scene; readonly outline: Outline } => {
  const scene = buildScene(draw(facts), 'model.onnx');
  return { scene, outline: outlineOf(scene, facts.graph.order) };
};

function* walk(outline: Outline, item: OutlineItem | null = null): Iterable<OutlineItem> {
  for (const child of outline.children(item)) {
    yield child;
    yield* walk(outline, child);
  }
}

describe('The outline of a net', () => {
  const sample = resolve(__dirname, '../../../samples/architectures/resnet18.onnx');

  it('holds every module and operator once, each below its parent, in the order of the data', async () => {
    const facts = analyze((await openFile(sample)).model!);
    const { scene, outline } = shown(facts);
    const all = [...walk(outline)];
    const nodes = all.flatMap((item) => (item.kind === 'node' ? [item.node] : []));
    const drawn = scene.nodes.filter((node) => !node.plumbing).map(({ id }) => id);
    assert.deepEqual(
      [...nodes].sort((a, b) => a - b),
      drawn,
    );
    // ResNet's modules follow one another, and so do the operators in each.
    const place = new Map(facts.graph.order.map((id, i) => [id as number, i]));
    const main = nodes.filter((id) => !scene.nodes[id]!.name.includes('downsample'));
    assert.deepEqual(
      main,
      [...main].sort((a, b) => place.get(a)! - place.get(b)!),
    );
    assert.equal(all.filter(({ kind }) => kind === 'group').length, scene.groups.length);
    assert.equal(new Set(all.map((item) => outline.id(item))).size, all.length);
    for (const item of all) {
      const parent = outline.parent(item);
      assert.ok(outline.children(parent).some((child) => outline.id(child) === outline.id(item)));
    }
  });

  it('says sizes and parameters beside the names', async () => {
    const { scene, outline } = shown(analyze((await openFile(sample)).model!));
    const layer1 = scene.groups.findIndex(({ name }) => name === 'layer1');
    assert.deepEqual(outline.row({ kind: 'group', group: layer1 }).label, 'layer1');
    // Twice two convolutions of 64·64·3·3, and four times 64 biases: batch norm is folded into them.
    assert.equal(outline.row({ kind: 'group', group: layer1 }).description, '64×56×56 · 148\u00a0k');
    const conv = scene.nodes.find(({ op, parameters }) => op === 'Conv' && parameters > 0)!;
    const row = outline.row({ kind: 'node', node: conv.id });
    assert.match(row.description, /Conv · 7×7 64 \/2 · 64×112×112 · 9\.47\u00a0k|7×7.*64×112×112/);
    assert.equal(row.spoken, spokenNode(conv));
  });

  it('cuts a level of ten thousand into pieces, and finds the way back up', () => {
    const one = analyze(
      modelOf({
        opset: 13,
        inputs: { x: [1] },
        nodes: [{ op: 'Relu', inputs: ['x'], outputs: ['y'] }],
        outputs: ['y'],
      }),
    );
    const { scene } = shown(one);
    const nodes = Array.from({ length: 10_000 }, (_, id) => ({ ...scene.nodes[0]!, id }));
    const flat = outlineOf(
      { ...scene, groups: [], nodes },
      nodes.map(({ id }) => id),
    );
    const start = performance.now();
    const pieces = flat.children(null);
    assert.equal(pieces.length, 20);
    assert.equal(flat.row(pieces[1]!).label, '501…1000');
    assert.equal(flat.children(pieces[1]!).length, 500);
    const item: OutlineItem = { kind: 'node', node: 7777 };
    const parent = flat.parent(item)!;
    assert.ok(flat.children(parent).some((child) => flat.id(child) === flat.id(item)));
    assert.equal(flat.parent(parent), null);
    assert.ok(performance.now() - start < 500);
  });
});

describe('The outline of a net with branches', () => {
  it('has the module of an If where the If is', () => {
    const branch = new GraphBuilder({ enclosing: (name) => name === 'a' });
    branch.node({ name: 'inner', op: 'Exp', inputs: ['a'], outputs: ['e'] });
    branch.output('e', null);
    const value = branch.build().graph;
    const builder = new GraphBuilder();
    builder.input('x', { dtype: 'float32', shape: [1, 2] });
    builder.input('flag', { dtype: 'bool', shape: [] });
    builder.node({ name: 'before', op: 'Relu', inputs: ['x'], outputs: ['a'] });
    const attrs = new Map([
      ['then_branch', { kind: 'graph', value } as const],
      ['else_branch', { kind: 'graph', value } as const],
    ]);
    builder.node({ name: 'choice', op: 'If', inputs: ['flag'], outputs: ['b'], attrs });
    builder.node({ name: 'after', op: 'Sigmoid', inputs: ['b'], outputs: ['y'] });
    builder.output('y', null);
    const { outline } = shown(analyze(modelAround(builder.build().graph)));
    assert.deepEqual(
      outline.children(null).map((item) => outline.row(item).label),
      ['before', 'choice', 'after'],
    );
  });
});

describe('Where an operator was written', () => {
  const frames = (metadata: Readonly<Record<string, string>>, doc = '') =>
    sourceFrames({ metadata: new Map(Object.entries(metadata)), doc });

  it('is read from torch.export’s trace, innermost first', () => {
    const trace =
      'File "/home/u/train.py", line 9, in main\n    net(x)\nFile "/home/u/net/block.py", line 42, in forward\n    return self.conv(x)';
    assert.deepEqual(frames({ 'pkg.torch.onnx.stack_trace': trace }), [
      { file: '/home/u/net/block.py', line: 42 },
      { file: '/home/u/train.py', line: 9 },
    ]);
  });

  it('is read from what torch.jit leaves in the documentation', () => {
    const doc = '/usr/lib/torch/nn/modules/conv.py(443): _conv_forward\n/home/u/net.py(17): forward\n';
    assert.deepEqual(frames({}, doc).at(-1), { file: '/home/u/net.py', line: 17 });
  });

  it('is nothing where something else stands, and names nothing but Python files', () => {
    assert.deepEqual(frames({ 'pkg.torch.onnx.stack_trace': 'File "/etc/passwd", line 1' }, 'a convolution'), []);
    assert.deepEqual(frames({ stack_trace: 'File "a\u0007.py", line 1' }), []);
    assert.deepEqual(frames({ 'x.stack_trace': 'x'.repeat(1e6) }), []);
  });

  it('takes no time to look for in text that was made to take it', () => {
    const start = performance.now();
    for (const doc of ['\n'.repeat(2e5), ' '.repeat(2e5), `${' '.repeat(90)}${'.py('.repeat(120)}\n`.repeat(350)])
      assert.deepEqual(frames({}, doc), []);
    const indented = '\n\n   \t/home/u/net.py(17): forward';
    assert.deepEqual(frames({}, indented), [{ file: '/home/u/net.py', line: 17 }]);
    assert.ok(performance.now() - start < 3000);
  });

  it('is looked for by the ends of its path, which never lead up', () => {
    assert.deepEqual(pathEnds('/home/u/net/model.py'), [
      'home/u/net/model.py',
      'u/net/model.py',
      'net/model.py',
      'model.py',
    ]);
    assert.deepEqual(pathEnds('C:\\work\\net.py'), ['work/net.py', 'net.py']);
    assert.deepEqual(pathEnds('/a/../../etc/x.py'), ['etc/x.py', 'x.py']);
  });
});
