import assert from 'node:assert/strict';
import path from 'node:path';
import type { Scene, SceneNode } from '../../../src/core/view/types';
import { columnsFor, inputExtent, reaches, type Column } from '../../../webview/panels/layersColumns';
import { chaptersAround, layerName, listing, sums, type Row, type TableView } from '../../../webview/panels/layersRows';
import { bigScene } from '../../gallery/bigScene';
import { realScene } from '../../gallery/realScene';

const sample = (name: string): Promise<Scene> =>
  realScene(path.resolve(__dirname, `../../../samples/architectures/${name}.onnx`));
const COLUMNS = columnsFor('wide', null, null);
const plain: TableView = { query: '', sort: null, folded: new Set(), plumbing: false };
const column = (id: Column['id']): Column => COLUMNS.find((one) => one.id === id)!;

const words = (scene: Scene, rows: readonly Row[]): string[] =>
  rows.map((row) => {
    const indent = '  '.repeat(row.depth);
    if (row.kind === 'module') return `${indent}[${scene.groups[row.group]!.name}]`;
    return `${indent}${`${row.node.title} ${layerName(scene, row.node, row.chapter)}`.trim()}`;
  });

describe('the layer table', () => {
  it('lists inverted residuals under their modules, and no wrapper around everything', async () => {
    const scene = await sample('mobilenet-v2');
    const { rows } = listing(scene, { ...plain, query: '-op:clip' });
    assert.deepEqual(words(scene, rows).slice(0, 12), [
      'Conv features.0.0',
      '[features.1]',
      '  Conv conv.0.0',
      '  Conv conv.1',
      '[features.2]',
      '  Conv conv.0.0',
      '  Conv conv.1.0',
      '  Conv conv.2',
      '[features.3]',
      '  Conv conv.0.0',
      '  Conv conv.1.0',
      '  Conv conv.2',
    ]);
  });

  it('keeps branches of two operators in one part, told apart by their names', async () => {
    const scene = await sample('googlenet');
    const { rows } = listing(scene, { ...plain, query: '-op:relu' });
    const text = words(scene, rows);
    const at = text.indexOf('[inception3a]');
    assert.deepEqual(text.slice(at, at + 9), [
      '[inception3a]',
      '  Conv branch1 › conv',
      '  Conv branch2.0 › conv',
      '  Conv branch2.1 › conv',
      '  Conv branch3.0 › conv',
      '  Conv branch3.1 › conv',
      '  Max pool branch4.0',
      '  Conv branch4.1 › conv',
      '  Concat',
    ]);
  });

  it('shows stages of blocks two deep, each operator once and in order', async () => {
    const scene = await sample('resnet18');
    const { rows, nodes } = listing(scene, plain);
    const modules = rows.flatMap((row) => (row.kind === 'module' ? [scene.groups[row.group]!.name] : []));
    assert.deepEqual(modules.slice(0, 4), ['layer1', 'layer1.0', 'layer1.1', 'layer2']);
    const operators = scene.nodes.filter((node) => !node.plumbing).map(({ id }) => id);
    assert.deepEqual(nodes, operators);
    assert.equal(sums(scene, nodes).parameters, scene.header.parameters);
    assert.equal(sums(scene, nodes).macs, scene.header.macs);
    assert.equal(listing(scene, { ...plain, plumbing: true }).nodes.length, scene.nodes.length);
  });

  it('hides what lies in a folded module but goes on counting it', async () => {
    const scene = await sample('resnet18');
    const all = listing(scene, plain);
    const [stage, block] = chaptersAround(
      scene,
      scene.nodes.find((node) => node.name.startsWith('/layer2/layer2.1/'))!.id,
    );
    assert.deepEqual([scene.groups[stage!]!.name, scene.groups[block!]!.name], ['layer2', 'layer2.1']);
    const folded = listing(scene, { ...plain, folded: new Set([scene.groups[stage!]!.path]) });
    assert.deepEqual(folded.nodes, all.nodes);
    const inside = new Set(scene.groups[stage!]!.nodes);
    assert.ok(folded.rows.every((row) => row.kind === 'module' || !inside.has(row.node.id)));
    assert.ok(folded.rows.some((row) => row.kind === 'module' && row.group === stage && row.folded));
    // Nothing of a module matches: it has no row either.
    const pools = listing(scene, { ...plain, query: 'op:MaxPool' });
    assert.deepEqual(words(scene, pools.rows), ['Max pool maxpool']);
  });

  it('sorts flat by any column, both ways, with what is not known at the end', async () => {
    const scene = await sample('resnet18');
    for (const one of COLUMNS)
      for (const descending of [false, true]) {
        const { rows, nodes } = listing(scene, { ...plain, sort: { column: one, descending } });
        assert.ok(rows.every((row) => row.kind === 'operator' && row.depth === 0));
        const keys = nodes.map((id) => one.key(scene.nodes[id]!));
        const known = keys.filter((key) => key !== null);
        assert.deepEqual(keys.slice(known.length), new Array(keys.length - known.length).fill(null), one.id);
        for (let i = 1; i < known.length; i++) {
          const [a, b] = [known[i - 1]!, known[i]!];
          assert.ok(descending ? a >= b : a <= b, `${one.id}: ${a} before ${b}`);
        }
        assert.deepEqual(
          [...nodes].sort((a, b) => a - b),
          listing(scene, plain).nodes,
        );
      }
    const most = listing(scene, { ...plain, sort: { column: column('parameters'), descending: true } });
    // 512·512·3·3 and a bias for each channel, the first of the three alike in the file
    assert.equal(scene.nodes[most.nodes[0]!]!.parameters, 512 * 512 * 9 + 512);
  });

  it('numbers sort as numbers within names', () => {
    const scene = bigScene(40);
    const names = ['conv10', 'conv9', 'conv1'].map((name): SceneNode => ({ ...scene.nodes[0]!, name }));
    const keys = names.map((node) => String(column('layer').key(node)));
    assert.deepEqual([...keys].sort(), [keys[2], keys[1], keys[0]]);
  });

  it('says ? for what is not known and nothing for none', () => {
    const node = bigScene(4).nodes[0]!;
    const text = (facts: Partial<SceneNode>, id: Column['id']): string => column(id).text({ ...node, ...facts });
    assert.equal(text({ macs: null }, 'macs'), '?');
    assert.equal(text({ macs: 0 }, 'macs'), '');
    assert.equal(text({ sees: null }, 'sees'), '');
    assert.equal(text({ sees: 'all' }, 'sees'), 'all');
    assert.equal(text({ parameters: 2_359_808 }, 'parameters'), '2\u202f359\u202f808');
    assert.equal(column('out').key({ ...node, sizeOut: 'N×3×4' }), null);
    assert.equal(column('out').key({ ...node, sizeOut: '64×56×56' }), 64 * 56 * 56);
  });

  it('measures bars by the largest in the net, fields at least by the input', async () => {
    const scene = await sample('vgg16');
    const reach = reaches(scene, COLUMNS);
    assert.equal(inputExtent(scene), 224);
    assert.equal(reach.get('sees'), 224);
    assert.equal(reach.get('parameters'), 25088 * 4096 + 4096);
  });

  it('has a column for time once that is measured, with what took none at the end', async () => {
    const scene = await sample('resnet18');
    const ms = scene.nodes.map(({ id, op }) => (op === 'Conv' ? id / 100 : null));
    const times = { ms, other: 0, total: 20, runs: 3, how: 'Profiled.' };
    const columns = columnsFor('wide', times, 'wasm');
    const time = columns.at(-1)!;
    assert.equal(time.id, 'time');
    assert.equal(columnsFor('narrow', null, null).length, 5);
    const least = columnsFor('tiny', times, 'wasm').map(({ id }) => id);
    assert.deepEqual(least, ['layer', 'out', 'macs', 'time'], 'and in the least room too');
    const { nodes } = listing(scene, { ...plain, sort: { column: time, descending: true } });
    const convolutions = scene.nodes.filter(({ op }) => op === 'Conv').map(({ id }) => id);
    assert.deepEqual(nodes.slice(0, convolutions.length), convolutions.reverse());
    assert.equal(time.text(scene.nodes[convolutions[0]!]!), `0.${convolutions[0]!}\u00a0ms`);
    assert.equal(time.text(scene.nodes.find(({ op }) => op === 'Relu')!), '');
    assert.equal(reaches(scene, columns).get('time'), convolutions[0]! / 100);
  });

  it('lists 100 000 operators, each once', () => {
    const scene = bigScene(100_000);
    const { rows, nodes } = listing(scene, plain);
    assert.equal(new Set(nodes).size, scene.nodes.length);
    assert.equal(rows.filter(({ kind }) => kind === 'operator').length, scene.nodes.length);
    // The last stage has a single block, which is no part of its own.
    assert.equal(rows.filter(({ kind }) => kind === 'module').length, scene.groups.length - 1);
  });
});
