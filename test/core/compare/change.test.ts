import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { compareModels } from '../../../src/core/compare';
import { unionScene } from '../../../src/core/compare/union';
import type { Model } from '../../../src/core/ir/types';
import { buildScene, draw } from '../../../src/core/view/scene';
import type { Scene, SceneNode } from '../../../src/core/view/types';
import { comparedTable } from '../../../src/host/compare/table';
import { comparedColumns, grownText } from '../../../webview/panels/comparedColumns';
import type { Column, Room } from '../../../webview/panels/layersColumns';
import { listing } from '../../../webview/panels/layersRows';
import { editedNets, specOf } from '../../support/editedNets';
import { modelOf, type NodeSpec } from '../../support/onnxModel';

const union = (before: Model, after: Model): Scene =>
  unionScene(compareModels(draw(analyze(before)), draw(analyze(after))), { before: 'a.onnx', after: 'b.onnx' }).scene;

const conv = (input: string, weight: string, name: string, attrs: NonNullable<NodeSpec['attrs']>): NodeSpec => ({
  op: 'Conv',
  name,
  inputs: [input, weight],
  outputs: [name],
  attrs,
});
const net = (nodes: readonly NodeSpec[]): Model =>
  modelOf({
    opset: 13,
    inputs: { x: [1, 4, 17, 17] },
    constants: { w: { shape: [4, 4, 3, 3] }, wide: { shape: [8, 4, 3, 3] }, back: { shape: [4, 8, 1, 1] } },
    nodes,
    outputs: [nodes.at(-1)!.outputs[0]!],
  });
const pads = [1, 1, 1, 1];
/** One layer at twice the stride, one gone, one new. */
const BEFORE = net([
  conv('x', 'w', 'first', { pads }),
  { op: 'Sigmoid', name: 'gone', inputs: ['first'], outputs: ['gone'] },
  conv('gone', 'w', 'last', { pads }),
]);
const AFTER = net([
  conv('x', 'w', 'first', { pads, strides: [2, 2] }),
  conv('first', 'wide', 'new', { pads }),
  conv('new', 'back', 'last', {}),
]);

const named = (scene: Scene, name: string): SceneNode => scene.nodes.find((node) => node.name === name)!;
const column = (id: Column['id'], room: Room = 'wide'): Column => comparedColumns(room).find((one) => one.id === id)!;
const cell = (scene: Scene, id: Column['id'], name: string): string => column(id).text(named(scene, name));

describe('By how much layers grew from one model to the other', () => {
  const scene = union(BEFORE, AFTER);

  it('is told of what is in both, new, or gone', () => {
    const { was, ...first } = named(scene, 'first').change!;
    // 17 rows at stride 2 come to 9; a kernel of 4·4·3·3 weights at each of their places.
    assert.deepEqual(first, {
      place: 0,
      parameters: 0,
      macs: 144 * (81 - 289),
      sees: 0,
      elements: 4 * (81 - 289),
    });
    assert.equal(was?.sizeOut, '4×17×17');
    assert.equal(named(scene, 'new').change?.parameters, 288);
    assert.equal(named(scene, 'new').change?.was, null);
    assert.equal(named(scene, 'gone').mark, 'removed');
    assert.equal(named(scene, 'gone').change?.was?.place, 1);
    assert.equal(named(scene, 'gone').change?.macs, 0);
    assert.deepEqual(
      scene.order!.map((id) => scene.nodes[id]!.name),
      ['first', 'gone', 'new', 'last'],
    );
  });

  it('stands in columns with a sign, and says what was before', () => {
    assert.equal(cell(scene, 'difference', 'gone'), 'removed');
    assert.equal(cell(scene, 'outChange', 'first'), '−832');
    assert.equal(column('outChange').exact?.(named(scene, 'first')), '4×17×17 → 4×9×9');
    // Of a layer that is new there is nothing to compare its size with.
    assert.equal(cell(scene, 'outChange', 'new'), '');
    assert.equal(cell(scene, 'parametersChange', 'new'), '+288');
    assert.equal(cell(scene, 'parametersChange', 'first'), '');
    assert.equal(cell(scene, 'parametersChange', 'last'), '−112');
    assert.equal(cell(scene, 'macsChange', 'first'), '−30.0\u00a0k');
    // From 1 + 2 + 2 to 1 + 2 + 2·2.
    assert.equal(cell(scene, 'seesChange', 'last'), '+2');
    // 288·81 new, 32·81 instead of 144·289 in the last, and 144·208 fewer in the first: −45 648.
    assert.equal(grownText(scene, scene.order!, []), 'Δ +176 parameters · −45.6\u00a0k MACs');
    for (const room of ['narrow', 'tiny'] as const) {
      const ids = comparedColumns(room).map(({ id }) => id);
      assert.ok(ids.includes('difference') && ids.includes('parametersChange'), room);
      assert.ok(ids.length < comparedColumns('wide').length, room);
    }
  });

  it('can be sorted and filtered by', () => {
    const view = { query: '', sort: null, folded: new Set<string>(), plumbing: false };
    const names = (over: Partial<Parameters<typeof listing>[1]>): string[] =>
      listing(scene, { ...view, ...over }).nodes.map((id) => scene.nodes[id]!.name);
    assert.deepEqual(names({}), ['first', 'gone', 'new', 'last']);
    const sort = { column: column('parametersChange'), descending: true };
    assert.deepEqual(names({ sort }), ['new', 'first', 'gone', 'last']);
    assert.deepEqual(names({ query: 'diff:added' }), ['new']);
    assert.deepEqual(names({ query: '-diff:added -diff:removed' }), ['first', 'last']);
  });

  it('goes into every format, each layer of both models once', () => {
    const json = JSON.parse(comparedTable(scene, { format: 'json', nodes: null })) as Record<string, unknown>[];
    assert.deepEqual(
      json.map((row) => [row.difference, row.name, row.index_before, row.index, row.parameters_change]),
      [
        ['changed', 'first', 0, 0, 0],
        ['removed', 'gone', 1, null, 0],
        ['added', 'new', null, 1, 288],
        ['changed', 'last', 2, 2, -112],
      ],
    );
    assert.deepEqual([json[0]!.output_before, json[0]!.output, json[1]!.output], ['4x17x17', '4x9x9', '']);
    assert.deepEqual([json[2]!.macs_before, json[1]!.sees], [null, null]);
    const csv = comparedTable(scene, { format: 'csv', nodes: [named(scene, 'new').id] })
      .trimEnd()
      .split('\r\n');
    assert.equal(csv.length, 2);
    assert.match(csv[1]!, /^added,new,/);
    const markdown = comparedTable(scene, { format: 'markdown', nodes: null });
    assert.match(markdown, /4×17×17 → 4×9×9/);
    assert.match(markdown, /\+288/);
    const latex = comparedTable(scene, { format: 'latex', nodes: null });
    assert.match(latex, /17 \$\\rightarrow\$ 4.*& \$-\$29,952 \\\\/);
  });

  it('takes nothing for granted that a page asks', () => {
    for (const request of [
      null,
      {},
      { format: 'html', nodes: null },
      { format: 'csv', nodes: [scene.nodes.length] },
      { format: 'csv', nodes: 'all' },
      { format: 'csv', nodes: [0.5] },
    ])
      assert.throws(() => comparedTable(scene, request), /./, JSON.stringify(request));
  });

  it('comes, in sum, to what the whole nets differ by', () => {
    fc.assert(
      fc.property(editedNets, ({ before, after }) => {
        const [one, other] = [modelOf(specOf(before)), modelOf(specOf(after))];
        const compared = union(one, other);
        const total = (model: Model, of: (node: SceneNode) => number | null): number =>
          buildScene(draw(analyze(model)), '').nodes.reduce((sum, node) => sum + (of(node) ?? 0), 0);
        for (const of of ['parameters', 'macs'] as const)
          assert.equal(
            compared.nodes.reduce((sum, { change }) => sum + (change?.[of] ?? 0), 0),
            total(other, (node) => node[of]) - total(one, (node) => node[of]),
          );
        assert.deepEqual(
          [...compared.order!].sort((a, b) => a - b),
          compared.nodes.map(({ id }) => id),
        );
      }),
      { numRuns: 50 },
    );
  });
});
