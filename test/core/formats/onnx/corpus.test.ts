import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openModel } from '../../../../src/core/formats';
import type { Attr, Graph } from '../../../../src/core/ir/types';
import { describeCorpus } from '../../../support/corpus';
import { modelFile } from '../../../support/modelFile';
import { readReferenceOnnx } from '../../../support/referenceOnnx';

interface Truth {
  readonly ir_version: number;
  readonly opset: Readonly<Record<string, number>>;
  readonly producer: string;
  readonly graph_inputs: readonly string[];
  readonly graph_outputs: readonly string[];
  readonly totals: { readonly initializers: number };
  readonly nodes: readonly {
    readonly path: string;
    readonly name: string;
    readonly op: string;
    readonly domain: string;
    readonly inputs: readonly string[];
    readonly outputs: readonly string[];
  }[];
}

const names = (graph: Graph, ids: readonly (number | null)[]): readonly string[] =>
  ids.map((id) => (id === null ? '' : graph.values[id]!.name));

/** An attribute without what the reference reader does not keep. */
function comparable(attr: Attr): unknown {
  switch (attr.kind) {
    case 'graph':
      return ['graph', attr.value.nodes.map((node) => node.op)];
    case 'graphs':
      return ['graphs', attr.value.length];
    case 'tensor':
      return ['tensor', attr.value.dtype, attr.value.shape];
    case 'other':
      return 'other';
    default:
      return [attr.kind, attr.value];
  }
}

describeCorpus('reading the models of the corpus', (corpus) => {
  const folder = join(corpus, 'models');
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.onnx'))) {
    it(`reads ${name} without an error`, async () => {
      const { model, diagnostics } = await openModel(modelFile(join(folder, name)));
      assert.ok(model);
      const unexpected = diagnostics.filter(({ code }) => code !== 'onnx/external-missing');
      assert.deepEqual(unexpected, []);
      assert.deepEqual(model.graph.order.length, model.graph.nodes.length);
    });

    const truthFile = join(corpus, 'truth', `${basename(name, '.onnx')}.json`);
    if (existsSync(truthFile)) {
      it(`reads from ${name} what its truth says`, async () => {
        const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as Truth;
        const { model } = await openModel(modelFile(join(folder, name)));
        assert.ok(model);
        const { graph } = model;
        const main = truth.nodes.filter(({ path }) => path === '');
        // The truth takes Constant nodes for constants.
        const operators = graph.nodes.filter(({ op }) => op !== 'Constant');
        const read = operators.map((node) => ({
          name: node.name,
          op: node.op,
          domain: node.domain,
          inputs: names(graph, node.inputs),
          outputs: names(graph, node.outputs),
        }));
        const wanted = main.map(({ name: own, op, domain, inputs, outputs }) => {
          return { name: own, op, domain: domain === 'ai.onnx' ? '' : domain, inputs, outputs };
        });
        assert.deepEqual(read, wanted);
        assert.deepEqual(names(graph, graph.outputs), truth.graph_outputs);
        assert.deepEqual(names(graph, graph.inputs), truth.graph_inputs);
        assert.equal(model.irVersion, truth.ir_version);
        assert.equal(model.producer, truth.producer);
        if (Object.keys(truth.opset).length) assert.deepEqual(Object.fromEntries(model.opsets), truth.opset);
        assert.equal(graph.values.filter(({ constant }) => constant).length, truth.totals.initializers);
      });
    }

    it(`agrees on ${name} with the reference reader`, async () => {
      const path = join(folder, name);
      const { model } = await openModel(modelFile(path));
      const reference = readReferenceOnnx(readFileSync(path));
      assert.ok(model && reference);
      const shapes = (graph: Graph) => graph.values.map(({ name: value, declared }) => [value, declared] as const);
      const declared = new Map(shapes(reference.graph).filter(([, type]) => type));
      for (const [value, type] of shapes(model.graph)) {
        // The reference declares constants by their own shape; there the two readers may differ.
        if (model.graph.values[model.graph.valueByName.get(value)!]!.constant) continue;
        assert.deepEqual(type ?? undefined, declared.get(value), value);
      }
      model.graph.nodes.forEach((node, i) => {
        const other = reference.graph.nodes[i]!;
        const attrs = (list: ReadonlyMap<string, Attr>) => [...list].map(([key, attr]) => [key, comparable(attr)]);
        assert.deepEqual(attrs(node.attrs), attrs(other.attrs), `attributes of node ${i}`);
      });
    });
  }

  it('reads the node tests of ONNX without an error', async function () {
    this.timeout(60_000);
    const tests = join(corpus, 'nodetests');
    for (const name of readdirSync(tests)) {
      const path = join(tests, name, 'model.onnx');
      if (!existsSync(path)) continue;
      const { model, diagnostics } = await openModel(modelFile(path));
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, [], name);
      assert.ok(model?.graph.nodes.length, name);
    }
  });
});
