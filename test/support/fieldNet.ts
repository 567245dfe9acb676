import type { BodyFacts, Facts, NodeFacts } from '../../src/core/analysis/facts';
import { receptiveFields } from '../../src/core/analysis/receptiveField';
import { atOnce } from '../../src/core/steps';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic';
import { GraphBuilder } from '../../src/core/ir/builder';
import type { Model, NodeId, TensorType, ValueId } from '../../src/core/ir/types';
import type { Dependence } from '../../src/core/ops/dependence';
import type { OpDef, TypedContext } from '../../src/core/ops/operator';

/** A net of bare dependences, without operators: what receptive fields are folds over, and nothing else. Value 0 is the image. */
export interface FieldNet {
  readonly image: readonly number[];
  readonly layers: readonly FieldLayer[];
}

/** One output, made from earlier values. */
export interface FieldLayer {
  readonly shape: readonly number[];
  readonly inputs: readonly { readonly value: number; readonly dependence: Dependence }[];
}

const typeOf = (shape: readonly number[]): TensorType => ({ dtype: 'float32', shape });

function opOf(layer: FieldLayer): OpDef {
  return {
    name: 'Layer',
    family: 'convolution',
    title: '',
    summary: '',
    inputs: [],
    types: () => [typeOf(layer.shape)],
    dependence: () => [layer.inputs.map((i) => i.dependence)],
  };
}

/** Facts as far as receptive fields go. */
export function factsOfNet(net: FieldNet): Facts {
  const builder = new GraphBuilder();
  const name = (value: number): string => `v${value}`;
  builder.input(name(0), typeOf(net.image));
  net.layers.forEach((layer, i) =>
    builder.node({
      name: `layer ${i}`,
      op: 'Layer',
      inputs: layer.inputs.map((x) => name(x.value)),
      outputs: [name(i + 1)],
    }),
  );
  builder.output(name(net.layers.length), null);
  const { graph } = builder.build();
  const types: TensorType[] = graph.values.map(() => typeOf(net.image));
  const idOf = (value: number): ValueId => graph.valueByName.get(name(value))!;
  net.layers.forEach((layer, i) => (types[idOf(i + 1)] = typeOf(layer.shape)));
  const context = {} as TypedContext; // rules of these layers look at nothing
  const nodes = net.layers.map((layer) => ({ def: opOf(layer), context }) as NodeFacts);
  const constant = graph.values.map(() => false);
  const diagnostics: Diagnostic[] = [];
  const imageInput = idOf(0);
  const bodies = new Map<NodeId, readonly BodyFacts[]>();
  const facts = { graph, nodes, types, constant, bodies };
  const fields = atOnce(receptiveFields(facts, imageInput, (d) => diagnostics.push(d)));
  const model = { graph } as Model;
  return { model, graph, types, constant, fields, imageInput, nodes, bodies, diagnostics } as unknown as Facts;
}
