import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import type { Dim } from '../../../src/core/ir/dim';
import type { ParameterRole } from '../../../src/core/ops/operator';
import { describeCorpus } from '../../support/corpus';
import { openFile } from '../../support/openFile';

/** What somebody else's tools measured: onnxruntime ran the file with every tensor as an output. */
interface Truth {
  readonly executed: { readonly inputs?: readonly { readonly name: string; readonly dims: readonly number[] }[] };
  readonly tensors: Readonly<Record<string, { readonly exec: readonly number[] | null }>>;
  readonly nodes: readonly {
    readonly i: number;
    readonly path: string;
    readonly op: string;
    readonly param_count: number;
    readonly macs: number | null;
    readonly params: Readonly<Record<string, { readonly role: string; readonly count: number }>>;
  }[];
  readonly totals: {
    readonly params_by_role_distinct: Readonly<Partial<Record<ParameterRole, number>>>;
    readonly params_distinct_total: number;
    readonly macs: number;
    readonly macs_unknown_nodes: number;
  };
}

/** Tensors whose shape analysis need not know, each with its reason. Shrink it. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {};

/** Parameters that the truth's tool does not list, with the reason. */
const unlisted: Readonly<Record<string, number>> = {
  // Eight LSTMs with weights 256×64 twice and 512 biases; it knows no recurrent layers.
  silero_vad_v4: 8 * (2 * 256 * 64 + 512),
};

const readTruth = (folder: string, name: string): Truth =>
  JSON.parse(readFileSync(join(folder, 'truth', `${name}.json`), 'utf8')) as Truth;

async function analyzed(folder: string, file: string, truth: Truth): Promise<Facts> {
  const { model } = await openFile(join(folder, 'models', file));
  assert.ok(model, `${file} is read`);
  const inputShapes = new Map<string, readonly Dim[]>((truth.executed.inputs ?? []).map((i) => [i.name, i.dims]));
  return analyze(model, { inputShapes });
}

function wrongShapes(name: string, facts: Facts, truth: Truth): readonly string[] {
  const wrong: string[] = [];
  for (const [tensor, { exec }] of Object.entries(truth.tensors)) {
    const id = facts.graph.valueByName.get(tensor);
    if (!exec || id === undefined) {
      if (exec) wrong.push(`${tensor}: no such value`);
      continue;
    }
    const shape = facts.types[id]?.shape;
    const same = JSON.stringify(shape) === JSON.stringify(exec);
    if (!same && !allowed[name]?.[tensor]) wrong.push(`${tensor}: ${JSON.stringify(shape)} ≠ ${JSON.stringify(exec)}`);
    if (same && allowed[name]?.[tensor]) wrong.push(`${tensor}: no longer needs its exception`);
  }
  return wrong;
}

const roleCounts = (parameters: readonly { readonly role: string; readonly count: number }[]): string =>
  JSON.stringify(parameters.map((p) => `${p.role} ${p.count}`).sort());

function wrongNodes(facts: Facts, truth: Truth, light: boolean): readonly string[] {
  const wrong: string[] = [];
  // Truth lists no Constant nodes, and light files have a ConstantOfShape node more per weight; the others stand in the same order.
  const compared = (op: string): boolean => op !== 'Constant' && !(light && op === 'ConstantOfShape');
  const own = facts.graph.nodes.filter((n) => compared(n.op));
  const theirs = truth.nodes.filter((n) => n.path === '' && compared(n.op));
  assert.equal(own.length, theirs.length, 'as many nodes');
  theirs.forEach((t, i) => {
    const node = own[i]!;
    const found = facts.nodes[node.id]!;
    const [got, want] = [roleCounts(found.parameters), roleCounts(Object.values(t.params))];
    if (node.op !== t.op || got !== want) wrong.push(`${i} ${t.op} ${node.name}: ${got} ≠ ${want}`);
    if (t.macs !== null && found.macs !== t.macs) wrong.push(`${i} ${t.op}: ${found.macs} MACs ≠ ${t.macs}`);
  });
  return wrong;
}

function checkTotals(name: string, facts: Facts, truth: Truth): void {
  const { totals } = facts;
  const expected = truth.totals;
  // Truth lists the nodes inside If bodies with the rest; the tool counts them apart.
  const counted = totals.parameters + totals.inSubgraphs.parameters - (unlisted[name] ?? 0);
  assert.equal(counted, expected.params_distinct_total);
  if (!totals.inSubgraphs.parameters) {
    const byRole = Object.fromEntries(Object.entries(totals.byRole).filter(([, n]) => n > 0));
    assert.deepEqual(byRole, { ...expected.params_by_role_distinct });
  }
  if (!expected.macs_unknown_nodes) assert.equal(totals.macs, expected.macs);
}

/** No number that is none, anywhere. */
function checkSanity(facts: Facts): void {
  for (const type of facts.types) {
    for (const d of type?.shape ?? []) assert.ok(typeof d !== 'number' || (Number.isSafeInteger(d) && d >= 0));
  }
  for (const c of facts.contents.values()) assert.ok(c.values.length <= 4096);
  const errors = facts.diagnostics.filter((d) => d.severity === 'error' || d.code === 'analysis/rule-failed');
  assert.deepEqual(errors, []);
}

describeCorpus('analysis against what really ran', (folder) => {
  const names = readdirSync(join(folder, 'truth'))
    .filter((f) => f.endsWith('.json') && !f.startsWith('_') && !/\.(h5|tfjs)\.json$/.test(f))
    .map((f) => f.slice(0, -'.json'.length));
  for (const name of names) {
    const files = [`${name}.onnx`, `${name}_light.onnx`].filter((f) => existsSync(join(folder, 'models', f)));
    for (const file of files) {
      it(file, async () => {
        const truth = readTruth(folder, name);
        const facts = await analyzed(folder, file, truth);
        assert.deepEqual(wrongShapes(name, facts, truth), [], 'shapes');
        assert.deepEqual(wrongNodes(facts, truth, file.endsWith('_light.onnx')), [], 'nodes');
        checkTotals(name, facts, truth);
        checkSanity(facts);
      });
    }
  }

  it('vgg16_light: 138,357,544 parameters and 15.470 GMACs, as its authors and torchvision say', async () => {
    const { model } = await openFile(join(folder, 'models', 'vgg16_light.onnx'));
    const { totals } = analyze(model!);
    assert.equal(totals.parameters, 138_357_544);
    assert.equal(((totals.macs ?? 0) / 1e9).toFixed(3), '15.470');
  });
});
