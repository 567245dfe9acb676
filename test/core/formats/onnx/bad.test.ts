import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openModel } from '../../../../src/core/formats';
import { describeCorpus } from '../../../support/corpus';
import { modelFile } from '../../../support/modelFile';

/** What reading alone must say about each file: its problems, and how many nodes are left (`null`: no model at all). */
const EXPECTED: Readonly<Record<string, readonly [nodes: number | null, ...codes: string[]]>> = {
  // Attributes that make no sense for their operator are the operator's to notice, not the reader's.
  'attr_type_mismatch.onnx': [1],
  'bitflips40.onnx': [14, 'onnx/bad-text', 'graph/undefined-input'],
  'chain_100k.onnx': [100_000],
  'channel_mismatch.onnx': [1],
  'cycle.onnx': [3, 'graph/cycle'],
  'dilation_negative.onnx': [1],
  'dims_2p62.onnx': [1, 'onnx/unknown-extent'],
  'duplicate_output_names.onnx': [3, 'graph/duplicate-output'],
  'empty.onnx': [null, 'file/empty'],
  'ext_dotdot_passwd.onnx': [1, 'onnx/external-refused'],
  'group_not_dividing.onnx': [1],
  'html.onnx': [null, 'file/html'],
  'init_data_short.onnx': [1, 'onnx/short-data'],
  'init_dims_2p40.onnx': [1, 'onnx/short-data'],
  'init_dims_negative.onnx': [1, 'onnx/bad-extent'],
  'init_dtype_99.onnx': [1, 'onnx/unknown-dtype'],
  'kernel_bigger_than_input.onnx': [1],
  'kernel_zero.onnx': [1],
  'len_2g.onnx': [0, 'onnx/truncated'],
  'lfs_pointer.onnx': [null, 'file/lfs-pointer'],
  'names_html.onnx': [2],
  'names_invalid_utf8.onnx': [1, 'onnx/bad-text'],
  'names_proto_pollution.onnx': [3],
  'nested_if_2000.onnx': [1, 'onnx/too-deep', 'graph/undefined-input'],
  'nested_if_90.onnx': [1, 'onnx/too-deep', 'graph/undefined-input'],
  'pads_negative_huge.onnx': [1],
  'png.onnx': [null, 'file/png'],
  'random4k.onnx': [null, 'onnx/not-onnx'],
  'stride_zero.onnx': [1],
  'text.onnx': [null, 'file/text'],
  'trunc_0p1.onnx': [14, 'onnx/truncated'],
  'trunc_0p5.onnx': [14, 'onnx/truncated'],
  'trunc_0p9.onnx': [14, 'onnx/truncated'],
  'trunc_1.onnx': [null, 'onnx/truncated'],
  'trunc_in_varint.onnx': [null, 'onnx/truncated'],
  'trunc_last.onnx': [14, 'onnx/truncated'],
  'undefined_input.onnx': [1, 'graph/undefined-input'],
  'unterminated_groups.onnx': [null, 'onnx/not-onnx'],
  'varint_overflow.onnx': [null, 'onnx/not-onnx'],
  'zeros1k.onnx': [null, 'file/zeros'],
  'zip.onnx': [null, 'file/zip'],
};

describeCorpus('reading bad files', (corpus) => {
  const folder = join(corpus, 'bad');
  const open = (name: string) => openModel(modelFile(join(folder, name)));

  it('expects something of every file', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.onnx'));
    assert.deepEqual(files.sort(), Object.keys(EXPECTED).sort());
  });

  for (const [name, [nodes, ...codes]] of Object.entries(EXPECTED)) {
    it(`${name}: ${codes.length ? codes.join(', ') : 'opens'}`, async () => {
      const { model, diagnostics } = await open(name);
      assert.equal(model?.graph.nodes.length ?? null, nodes);
      assert.deepEqual([...new Set(diagnostics.map(({ code }) => code))], codes);
      for (const { message } of diagnostics) assert.match(message, /^[A-Z“].{10,}[.…]$/su);
    });
  }

  it('keeps names that are no UTF-8, HTML or keys of objects as plain text', async () => {
    const html = await open('names_html.onnx');
    assert.ok(html.model?.graph.nodes.some((node) => node.name.includes('<')));
    const pollution = await open('names_proto_pollution.onnx');
    assert.ok(pollution.model?.graph.valueByName.has('__proto__'));
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('says where a file ends and how long it should be', async () => {
    const problem = (await open('trunc_0p5.onnx')).diagnostics[0]!;
    const size = readFileSync(join(folder, 'trunc_0p5.onnx')).length;
    assert.deepEqual(problem.location, { kind: 'bytes', span: { start: size, end: size } });
    assert.match(problem.message, /after 8\u202F269 bytes, inside graph\.initializer\[6\]/);
  });

  it('never makes a number of an impossible size', async () => {
    const { model } = await open('dims_2p62.onnx');
    assert.deepEqual(model?.graph.values.find(({ name }) => name === 'x')?.declared?.shape, [1, 3, null, null]);
    const negative = (await open('init_dims_negative.onnx')).model?.graph;
    assert.ok(negative);
    const weight = negative.values.find(({ name }) => name === 'w');
    assert.ok(weight);
    assert.equal(weight.constant, null);
    assert.deepEqual(weight.declared?.shape, [null, 3, 3, 3]);
    assert.deepEqual(negative.inputs.length, 1);
  });

  it('keeps the shape of a constant whose data are missing', async () => {
    const { model } = await open('init_data_short.onnx');
    const weight = model?.graph.values.find(({ name }) => name === 'w');
    assert.equal(weight?.constant?.elements.kind, 'missing');
  });
});
