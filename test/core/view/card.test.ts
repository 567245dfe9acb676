import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../../src/core/analysis';
import type { Dim } from '../../../src/core/ir/dim';
import { inspector } from '../../../src/core/view/inspector';
import { draw } from '../../../src/core/view/scene';
import type { FactRow, Inspector } from '../../../src/core/view/types';
import { describeCorpus } from '../../support/corpus';
import { openFile } from '../../support/openFile';

/** What other people's tools measured: onnxruntime the shapes, gradients the fields. */
interface Truth {
  readonly executed: { readonly inputs?: readonly { readonly name: string; readonly dims: readonly number[] }[] };
  readonly tensors: Readonly<Record<string, { readonly exec: readonly number[] | null }>>;
  readonly nodes: readonly {
    readonly i: number;
    readonly path: string;
    readonly op: string;
    readonly outputs: readonly string[];
    readonly param_count: number;
    readonly macs: number | null;
  }[];
  readonly totals: { readonly params_distinct_total: number; readonly macs: number };
  readonly receptive_field?: {
    readonly tensors: Readonly<
      Record<
        string,
        {
          readonly global_: boolean;
          readonly unclipped: { readonly rf_size: readonly number[]; readonly dense: boolean } | null;
        }
      >
    >;
  };
}

/** As a person reads it: thousands are set apart by narrow spaces. */
const plain = (text: string): string => text.replace(/\u202f/g, '').replace(/\u00a0/g, ' ');
const row = (rows: readonly FactRow[], key: string): FactRow | undefined => rows.find((r) => r.key === key);
const wholeOf = (text = ''): number => Number(/^[\d]+/.exec(plain(text))?.[0] ?? NaN);

/** Everything wrong with what is said of one operator. */
function wrongWith({ card, rows }: Inspector, node: Truth['nodes'][number], truth: Truth): readonly string[] {
  const wrong: string[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown): void => {
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      wrong.push(`${node.op} ${card.path}: ${what} ${JSON.stringify(ours)} instead of ${JSON.stringify(theirs)}`);
    }
  };
  const [output = ''] = node.outputs;
  const shape = truth.tensors[output]?.exec;
  if (shape && node.outputs.length === 1) {
    const shown = shape.length > 1 && shape[0] === 1 ? shape.slice(1) : shape;
    compare('out', row(card.rows, 'out')?.value, shown.length ? shown.join('×') : 'scalar');
  }
  if (node.param_count > 0) {
    compare('synapses', wholeOf(row(card.rows, 'synapses')?.value), node.param_count);
    const part = wholeOf(row(card.rows, 'share')?.exact);
    compare('share', part, node.param_count);
    const roles =
      plain(row(card.rows, 'roles')?.value ?? '')
        .match(/\d+/g)
        ?.map(Number) ?? [];
    compare(
      'roles',
      roles.reduce((a, b) => a + b, 0),
      node.param_count,
    );
  }
  if (node.macs !== null && node.macs > 0) {
    compare('MACs', wholeOf(row(card.rows, 'macs')?.exact), node.macs);
    compare('MACs of the inspector', row(rows, 'macs')?.value, row(card.rows, 'macs')?.value);
  }
  const field = truth.receptive_field?.tensors[output];
  const sees = row(card.rows, 'sees')?.value;
  // Where units differ the card gives a range, of which the truth measured one unit.
  if (field?.unclipped && !field.global_ && sees && !sees.includes('…')) {
    compare('sees', plain(sees).split(' ')[0], field.unclipped.rf_size.join('×'));
    compare('holes', row(card.rows, 'field')?.value.includes('with holes'), !field.unclipped.dense);
  }
  return wrong;
}

describeCorpus('cards against the truth of others', (folder) => {
  const names = readdirSync(join(folder, 'truth'))
    .filter((file) => /^[^_].*[.]json$/.test(file) && !/[.](h5|tfjs)[.]json$/.test(file))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((name) => existsSync(join(folder, 'models', `${name}.onnx`)));
  let compared = 0;

  for (const name of names) {
    it(`${name}: sizes, synapses, multiplications, fields`, async () => {
      const truth = JSON.parse(readFileSync(join(folder, 'truth', `${name}.json`), 'utf8')) as Truth;
      const { model } = await openFile(join(folder, 'models', `${name}.onnx`));
      assert.ok(model);
      const inputShapes = new Map<string, readonly Dim[]>((truth.executed.inputs ?? []).map((i) => [i.name, i.dims]));
      const drawing = draw(analyze(model, { inputShapes }));
      const wrong = truth.nodes
        .filter(({ path }) => path === '')
        .flatMap((node) => {
          const said = inspector(drawing, node.i);
          assert.ok(said, `operator ${node.i}`);
          assert.doesNotMatch(JSON.stringify(said), /NaN|Infinity|undefined/);
          compared++;
          return wrongWith(said, node, truth);
        });
      assert.deepEqual(wrong.slice(0, 10), []);
    });
  }
  it('compared thousands of operators', () => {
    assert.ok(compared > 3000, `${compared} operators`);
  });
});
