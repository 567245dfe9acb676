import assert from 'node:assert/strict';
import path from 'node:path';
import type { DepthFacts } from '../../../src/core/view/depth';
import type { Scene } from '../../../src/core/view/types';
import { depthColumns, type DepthColumn } from '../../../webview/panels/depthColumns';
import { frameOf } from '../../../webview/panels/depthFrame';
import { bigScene } from '../../gallery/bigScene';
import { realScene } from '../../gallery/realScene';

const sample = (name: string): Promise<Scene> =>
  realScene(path.resolve(__dirname, `../../../samples/architectures/${name}.onnx`));
const facts: DepthFacts = {
  input: { size: '3×224×224', channels: 3, spatial: [224, 224] },
  shortest: [],
  unpooled: null,
};
const total = (columns: readonly DepthColumn[]): [number, number] => [
  columns.reduce((sum, { parameters }) => sum + parameters, 0),
  columns.reduce((sum, { macs }) => sum + (macs ?? 0), 0),
];

describe('the chart along the depth', () => {
  it('has operators where they run, which for those of a body is not where they are numbered', () => {
    const scene = bigScene(12);
    const order = [...scene.nodes.keys()].map((id) => (id + 5) % scene.nodes.length);
    const columnsOf = (of: Scene): number[] =>
      depthColumns(of, null, 100).columns.flatMap((c) => (c.family === 'convolution' ? [c.nodes[0]!] : []));
    const numbered = columnsOf(scene);
    assert.deepEqual(
      columnsOf({ ...scene, order }),
      [...numbered].sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    );
    assert.notDeepEqual(columnsOf({ ...scene, order }), numbered);
  });

  it('has a column for the image and for each layer of VGG-16, as the lecture draws it', async () => {
    const scene = await sample('vgg16');
    const { columns, merged } = depthColumns(scene, facts, 100);
    assert.equal(merged, false);
    assert.deepEqual(
      columns.map(({ lines }) => lines.join(' ').trim().replace('\u202f', '')),
      [
        ...['in', '3×3 64', '3×3 64', '2×2 /2', '3×3 128', '3×3 128', '2×2 /2'],
        ...['3×3 256', '3×3 256', '3×3 256', '2×2 /2', '3×3 512', '3×3 512', '3×3 512', '2×2 /2'],
        ...['3×3 512', '3×3 512', '3×3 512', '2×2 /2', 'fc 4096', 'fc 4096', 'fc 1000'],
      ],
    );
    assert.deepEqual(
      columns.map(({ sees }) => sees),
      [1, 3, 5, 6, 10, 14, 16, 24, 32, 40, 44, 60, 76, 92, 100, 132, 164, 196, 212, 'all', 'all', 'all'],
    );
  });

  for (const name of ['vgg16', 'resnet18', 'googlenet', 'mobilenet-v2', 'unet'])
    it(`loses no parameter and no multiplication of ${name}, however few columns there are`, async () => {
      const scene = await sample(name);
      for (const most of [1000, 30, 12, 4, 1]) {
        const { columns, columnOf } = depthColumns(scene, facts, most);
        assert.deepEqual(total(columns), [scene.header.parameters, scene.header.macs], `at most ${most}`);
        if (most < 1000) assert.ok(columns.length <= Math.max(2, most), `${columns.length} of at most ${most}`);
        // Every operator belongs to a column or follows one; those of a column belong to it.
        columns.forEach(({ nodes }, at) => nodes.forEach((id) => assert.equal(columnOf[id], at)));
        for (const { id, plumbing } of scene.nodes) if (!plumbing) assert.ok(columnOf[id]! < columns.length);
      }
    });

  it('puts an operator without a column of its own to the one before it', async () => {
    const scene = await sample('resnet18');
    const { columns, columnOf } = depthColumns(scene, facts, 100);
    for (const add of scene.nodes.filter(({ op }) => op === 'Add')) {
      const before = columns[columnOf[add.id]!]!;
      assert.equal(scene.nodes[before.nodes[0]!]!.op, 'Conv');
      assert.ok(before.nodes[0]! < add.id);
      assert.ok(!before.nodes.includes(add.id));
    }
    const relu = scene.nodes.find(({ op }) => op === 'Relu')!;
    assert.equal(columnOf[relu.id], columnOf[relu.pillOf!]);
  });

  it('takes modules for operators where there is no room, and says what is so at their ends', async () => {
    const scene = await sample('resnet18');
    const { columns, merged } = depthColumns(scene, facts, 16);
    assert.equal(merged, true);
    const block = columns.find(({ title }) => title === 'layer3.1')!;
    const group = scene.groups.findIndex(({ name }) => name === 'layer3.1');
    assert.equal(block.group, group);
    assert.equal(block.sees, scene.groups[group]!.seesAfter);
    assert.equal(block.parameters, scene.groups[group]!.parameters);
    assert.equal(block.size, '256×14×14');
  });

  it('keeps to the room there is with 10 000 operators', () => {
    const { columns } = depthColumns(bigScene(10_000, false), facts, 90);
    assert.ok(columns.length <= 90 && columns.length > 10);
  });

  it('gives its rows room without overlap, and scrolls rather than squeeze', () => {
    for (const [width, height] of [
      [1400, 790],
      [720, 900],
      [1400, 300],
      [400, 500],
    ] as const) {
      const frame = frameOf(width, height, 22);
      const { volumes, sizes, fields, parameters, macs } = frame;
      const edges = [
        volumes.top,
        volumes.top + volumes.height,
        sizes,
        fields.top,
        fields.top + fields.height,
        parameters.top,
        parameters.top + parameters.height,
        macs.top,
        macs.top + macs.height,
        frame.height,
      ];
      assert.deepEqual(
        edges,
        [...edges].sort((a, b) => a - b),
        `${width}×${height}`,
      );
      assert.ok(frame.height >= height);
      assert.ok(Math.abs(frame.x(21) + frame.columnWidth / 2 - (width - frame.right)) < 1e-6);
    }
  });
});
