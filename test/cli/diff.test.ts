import { strict as assert } from 'node:assert';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import schema from '../../schemas/diff.schema.json';
import { cli } from '../support/cli';
import { violations, type Schema } from '../support/jsonSchema';
import { encodeOnnx, type ModelSpec, type NodeSpec } from '../support/onnxModel';

const folder = mkdtempSync(join(tmpdir(), 'convlens-diff-'));
const samples = resolve(__dirname, '../../samples');

const node = (op: string, inputs: readonly string[], output: string, attrs: NodeSpec['attrs'] = {}): NodeSpec => ({
  op,
  name: `/${output}/${op}`,
  inputs,
  outputs: [output],
  attrs,
});
function file(name: string, nodes: readonly NodeSpec[], more: Partial<ModelSpec> = {}): string {
  const path = join(folder, name);
  const spec: ModelSpec = {
    opset: 13,
    inputs: { x: [1, 4, 17, 17] },
    constants: { w: { shape: [4, 4, 3, 3] } },
    nodes,
    outputs: [nodes.at(-1)!.outputs[0]!],
    ...more,
  };
  writeFileSync(path, encodeOnnx(spec));
  return path;
}

const before = file('before.onnx', [
  node('Conv', ['x', 'w'], 'stem'),
  node('Relu', ['stem'], 'act'),
  node('Conv', ['act', 'w'], 'body'),
]);
const after = file('after.onnx', [
  node('Conv', ['x', 'w'], 'stem', { strides: [2, 2] }),
  node('Conv', ['stem', 'w'], 'body'),
  node('Softmax', ['body'], 'head', { axis: 1 }),
]);

interface Document {
  readonly equal: boolean | null;
  readonly counts: Readonly<Record<string, number>>;
  readonly totals: Readonly<Record<string, readonly number[]>>;
  readonly same: readonly (readonly number[])[];
  readonly changes: readonly {
    readonly status: string;
    readonly before: { readonly name: string; readonly macs: number } | null;
    readonly after: { readonly name: string } | null;
    readonly differences: readonly { readonly name: string; readonly own: boolean }[];
  }[];
  readonly error: string | null;
}

/** What it prints, held to the schema. */
async function diff(...args: readonly string[]): Promise<{ readonly code: number; readonly document: Document }> {
  const { code, out, err } = await cli(['diff', ...args, '--json']);
  assert.equal(err, '');
  const document: unknown = JSON.parse(out);
  assert.deepEqual(violations(schema as Schema, document), []);
  return { code, document: document as Document };
}

describe('convlens diff', () => {
  it('ends with 0 for the same net, whatever the files are called', async () => {
    const { code, document } = await diff(before, before);
    assert.equal(code, 0);
    assert.equal(document.equal, true);
    assert.deepEqual(document.same, [
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    const { out } = await cli(['diff', before, before]);
    assert.match(out, /The same net: 3 operators correspond\./);
  });

  it('ends with 1 where they differ, and tells what', async () => {
    const { code, document } = await diff(before, after);
    assert.equal(code, 1);
    assert.deepEqual(document.counts, { same: 0, follows: 1, changed: 1, added: 1, removed: 1 });
    assert.deepEqual(
      document.changes.map((change) => [change.status, (change.after ?? change.before)?.name]),
      [
        ['changed', '/stem/Conv'],
        ['removed', '/act/Relu'],
        ['follows', '/body/Conv'],
        ['added', '/head/Softmax'],
      ],
    );
    // 4·4·3·3 at 15×15 places, then at 8×8.
    assert.equal(document.changes[0]?.before?.macs, 144 * 225);
    assert.deepEqual(document.totals.macs, [144 * (225 + 169), 144 * (64 + 36)]);
  });

  it('prints a table, signs and words beside each other', async () => {
    const { code, out } = await cli(['diff', before, after]);
    assert.equal(code, 1);
    assert.match(out, /^--- before\.onnx {2}ONNX · opset 13.*\n\+\+\+ after\.onnx {2}ONNX/);
    assert.match(out, /^~ stem +Conv.* +strides +1, 1 +2, 2$/m);
    assert.match(out, /^- act +ReLU$/m);
    assert.match(out, /^\+ head +Softmax/m);
    assert.match(out, /^MACs +56,736 +14,400 +-42,336$/m);
    assert.match(out, /^1 changed \(~\), 1 added \(\+\), 1 removed \(-\); 1 follow/m);
    assert.doesNotMatch(out, /^> body/m);
    assert.match((await cli(['diff', before, after, '--all'])).out, /^> body/m);
  });

  it('writes Markdown that a name cannot break out of', async () => {
    const hostile = file('hostile.onnx', [{ op: 'Softmax', name: '|<b>`x`\u001b[2J', inputs: ['x'], outputs: ['y'] }]);
    const { code, out } = await cli(['diff', before, hostile, '--markdown']);
    assert.equal(code, 1);
    assert.match(out, /^# before\.onnx → hostile\.onnx\n/);
    assert.match(out, /\\\|\\<b\\>\\`x\\`/);
    assert.ok(!out.includes('\u001b'));
  });

  it('gives a size to the model that has such an input', async () => {
    const named = file('named.onnx', [node('Conv', ['image', 'w'], 'stem')], { inputs: { image: [1, 4, 'H', 'W'] } });
    const { document } = await diff(before, named, '--input', 'image=1x4x17x17');
    assert.equal(document.counts.same, 1);
    assert.equal((await diff(before, named, '--input', 'nobody=1')).code, 2);
  });

  it('ends with 2 for trouble: no file, no model, damage, wrong usage', async () => {
    const none = join(folder, 'none.onnx');
    writeFileSync(join(folder, 'text.onnx'), 'no model at all');
    for (const args of [[before, none], [before], [before, after, before], [before, join(folder, 'text.onnx')]]) {
      const { code, document } = await diff(...args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(document.equal, null);
    }
    assert.equal((await cli(['diff', before, after, '--json', '--markdown'])).code, 2);
    assert.match((await cli(['diff', before, none])).err, /none\.onnx: there is no such file/);
  });

  it('compares definitions with models, and holds every sample to the schema', async () => {
    const zoo = (name: string): string => join(samples, 'zoo', `${name}.cnn.yaml`);
    const { code, document } = await diff(join(samples, 'architectures', 'vgg16.onnx'), zoo('vgg16'));
    assert.ok(code < 2);
    assert.deepEqual(document.totals.parameters, [138_357_544, 138_357_544]);
    assert.equal((await diff(zoo('resnet50'), zoo('googlenet'))).code, 1);
  });
});
