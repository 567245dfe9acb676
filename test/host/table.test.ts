import assert from 'node:assert/strict';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { analyze } from '../../src/core/analysis';
import { memorySource } from '../../src/core/bytes/source';
import { openModel } from '../../src/core/formats';
import { buildScene, draw } from '../../src/core/view/scene';
import { tableText } from '../../src/host/editor/table';
import type { TableFormat } from '../../src/protocol/host';

async function shown(file: string) {
  const bytes = memorySource(readFileSync(path.resolve(__dirname, '../../samples', file)));
  const { model, diagnostics } = await openModel({
    name: 'm.onnx',
    bytes,
    sibling: () => Promise.resolve({ kind: 'missing' }),
  });
  const facts = analyze(model!);
  return { facts, scene: buildScene(draw(facts, diagnostics), 'm.onnx') };
}

describe('the layer table outside of the page', () => {
  it('writes every format with the operators asked for, in their order', async () => {
    const model = await shown('fashion-mnist/fashion-mnist.onnx');
    const convolutions = model.scene.nodes.filter(({ op }) => op === 'Conv').map(({ id }) => id);
    const wanted = [...convolutions].reverse();
    const ask = (format: TableFormat): string => tableText(model, { format, nodes: wanted, times: null });
    const json = JSON.parse(ask('json')) as { index: number; op: string; parameters: number; output: string }[];
    assert.deepEqual(
      json.map(({ index, op }) => [index, op]),
      wanted.map((id) => [id, 'Conv']),
    );
    // 24 kernels of 12×5×5 and their biases
    assert.ok(json.some(({ parameters, output }) => parameters === 7224 && output === '24x10x10'));
    const [csv, markdown, latex] = [ask('csv'), ask('markdown'), ask('latex')];
    assert.equal(csv.trimEnd().split('\r\n').length, wanted.length + 1);
    assert.equal(markdown.trimEnd().split('\n').length, wanted.length + 2);
    for (const text of [csv, markdown, latex]) assert.match(text, /7,?224|7\{,\}224/);
    assert.match(latex, /\\begin\{longtable\}/);
  });

  it('writes all layers when none are named', async () => {
    const model = await shown('architectures/resnet18.onnx');
    const rows = JSON.parse(tableText(model, { format: 'json', nodes: null, times: null })) as { parameters: number }[];
    assert.equal(rows.length, model.scene.header.operators);
    assert.equal(
      rows.reduce((sum, { parameters }) => sum + parameters, 0),
      model.scene.header.parameters,
    );
  });

  it('has what was measured as one more column', async () => {
    const model = await shown('fashion-mnist/fashion-mnist.onnx');
    const times = model.scene.nodes.map(({ id }) => (id % 2 ? null : id / 8));
    const rows = JSON.parse(tableText(model, { format: 'json', nodes: null, times })) as {
      index: number;
      ms: unknown;
    }[];
    assert.ok(rows.length > 4);
    for (const { index, ms } of rows) assert.equal(ms, times[index]);
    const markdown = tableText(model, { format: 'markdown', nodes: [4, 2], times }).split('\n');
    assert.match(markdown[0]!, /\| ms \|$/);
    assert.match(markdown[2]!, /\| 0\.5 \|$/);
    assert.match(markdown[3]!, /\| 0\.25 \|$/);
  });

  it('takes nothing for granted that a page asks', async () => {
    const model = await shown('fashion-mnist/fashion-mnist.onnx');
    const far = model.scene.nodes.length;
    for (const request of [
      null,
      {},
      { format: 'html', nodes: null, times: null },
      { format: 'toString', nodes: null, times: null },
      { format: 'csv', nodes: 'all', times: null },
      { format: 'csv', nodes: [far], times: null },
      { format: 'csv', nodes: [-1], times: null },
      { format: 'csv', nodes: [0.5], times: null },
      { format: 'csv', nodes: null, times: [NaN] },
      { format: 'csv', nodes: null, times: ['1 ms'] },
      { format: 'csv', nodes: null, times: new Array(far + 1).fill(1) },
    ])
      assert.throws(() => tableText(model, request), /./, JSON.stringify(request));
  });
});
