import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../../../src/core/analysis';
import { openModel } from '../../../../src/core/formats';
import { narrowed, readDefinition, type Definition } from '../../../../src/core/formats/cnn/definition';
import { writeOnnx } from '../../../../src/core/formats/onnx/write';
import { dimText } from '../../../../src/core/ir/dim';
import type { Model } from '../../../../src/core/ir/types';
import { loneFile } from '../../../support/modelFile';
import { randomDefinition } from '../../../support/randomDefinitions';

const hasErrors = ({ diagnostics }: Definition): boolean => diagnostics.some(({ severity }) => severity === 'error');

/** What analysis says of every operator and tensor. */
function summary(model: Model): unknown {
  const facts = analyze(model);
  return {
    totals: facts.totals,
    nodes: facts.graph.nodes.map((node) => {
      const { parameterCount, macs, synapses } = facts.nodes[node.id]!;
      const values = node.outputs.map((id) => {
        const value = facts.graph.values[id!]!;
        return [value.name, facts.types[id!]?.shape?.map(dimText), facts.fields[id!] ?? null];
      });
      return [node.op, node.name, values, parameterCount, macs, synapses];
    }),
  };
}

async function run(bytes: Uint8Array, model: Model): Promise<ReadonlyMap<string, readonly number[]>> {
  // Optimised, a border is merged into the pooling behind it even where the pooling then refuses it (microsoft/onnxruntime).
  const options = { intraOpNumThreads: 1, logSeverityLevel: 4, graphOptimizationLevel: 'disabled' } as const;
  const session = await InferenceSession.create(bytes, options);
  const shape = model.graph.values[model.graph.inputs[0]!]!.declared!.shape as readonly number[];
  const count = shape.reduce((product, extent) => product * extent, 1);
  const data = Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 256) / 255);
  const results = await session.run({ input: new Tensor('float32', data, [...shape]) });
  await session.release();
  return new Map(Object.entries(results).map(([name, tensor]) => [name, tensor.dims]));
}

describe('a definition, its analysis and its ONNX file agree', function () {
  this.timeout(120_000);
  const seeded = { numRuns: Number(process.env.RUNS ?? 150), seed: Number(process.env.SEED ?? 20_261_123) };

  it('sizes: what the layers say is what analysis finds', () => {
    fc.assert(
      fc.property(randomDefinition, (source) => {
        const definition = readDefinition(source);
        const facts = analyze(definition.model);
        // Behind an error each goes on with what seems likeliest.
        const errors = definition.diagnostics.filter(({ severity }) => severity === 'error');
        const first = Math.min(...errors.map(({ node }) => node ?? -1));
        for (const { result, path, nodes } of definition.runs) {
          if (nodes.some((node) => node >= first)) break;
          const id = result && facts.graph.valueByName.get(result.tensor);
          if (!result?.shape || id === undefined || id === null) continue;
          const found = facts.types[id]?.shape?.slice(1);
          const { channels, spatial } = result.shape;
          const said = [channels, ...(spatial ?? [])];
          // Each may know what the other does not; they never contradict each other.
          said.forEach((extent, axis) => {
            const other = found?.[axis];
            if (extent !== null && typeof other === 'number') assert.equal(extent, other, `${path} in\n${source}`);
          });
          if (found && said.every((extent) => extent !== null)) assert.equal(found.length, said.length, source);
        }
      }),
      seeded,
    );
  });

  it('a narrow twin has the operators and tensors of the full size, by name', () => {
    const names = ({ model: { graph } }: Definition) => [
      graph.nodes.map(({ op, name }) => [op, name]),
      graph.values.map(({ name }) => name),
    ];
    fc.assert(
      fc.property(randomDefinition, (source) => {
        const definition = readDefinition(source);
        assert.deepEqual(names(narrowed(definition)), names(definition), source);
      }),
      seeded,
    );
  });

  it('without an error it runs, and with one it says so', () =>
    fc.assert(
      fc.asyncProperty(randomDefinition, async (source) => {
        const definition = narrowed(readDefinition(source));
        const { bytes, diagnostics } = await writeOnnx(definition.model, null);
        if (hasErrors(definition)) return;
        const facts = analyze(definition.model);
        assert.deepEqual(
          facts.diagnostics.filter(({ severity }) => severity === 'error'),
          [],
          source,
        );
        assert.deepEqual(diagnostics, []);
        if (!definition.model.graph.outputs.length) return;
        let ran: ReadonlyMap<string, readonly number[]>;
        try {
          ran = await run(bytes!, definition.model);
        } catch (error) {
          throw new Error(`${String(error)}\n${source}`, { cause: error });
        }
        for (const id of facts.graph.outputs) {
          const { name } = facts.graph.values[id]!;
          assert.deepEqual(facts.types[id]?.shape, ran.get(name), `${name} in\n${source}`);
        }
      }),
      seeded,
    ));

  it('the exported file has the analysis of the text', () =>
    fc.assert(
      fc.asyncProperty(randomDefinition, async (source) => {
        const definition = readDefinition(source);
        if (hasErrors(definition)) return;
        const { bytes } = await writeOnnx(definition.model, null);
        const again = await openModel(loneFile(bytes!));
        assert.deepEqual(summary(again.model!), summary(definition.model));
      }),
      seeded,
    ));
});
