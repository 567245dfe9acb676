/** What a run needs to know of a model: its inputs, how a picture becomes one of them, what may be asked for, what is in the way. */
import type { Facts } from './analysis';
import { tappable } from './formats/onnx/taps';
import { guessPreparation, type FirstLayer, type Preparation } from './image';
import { dimText } from './ir/dim';
import type { Constant, Graph, Node, ValueId } from './ir/types';
import { t } from './l10n/l10n';

interface RunInputFacts {
  readonly value: ValueId;
  readonly name: string;
  readonly dtype: string;
  /** Symbolic and unknown extents as text. */
  readonly shape: readonly (number | string)[];
  readonly image: boolean;
}

export interface RunFacts {
  readonly inputs: readonly RunInputFacts[];
  /** For the image input; null when no input can hold a picture. */
  readonly preparation: Preparation | null;
  readonly outputs: readonly string[];
  /** Tensors between input and outputs, which have to be made outputs first. */
  readonly taps: readonly ValueId[];
  /** Entries of the first output beside the batch, where it is a vector of scores; else null. */
  readonly classes: number | null;
  readonly obstacle: { readonly what: string; readonly hint: string } | null;
}

export function runFacts(facts: Facts): RunFacts {
  const { graph } = facts;
  const preparation = facts.imageInput === null ? null : preparationOf(facts, facts.imageInput);
  return {
    inputs: graph.inputs.map((id) => ({
      value: id,
      name: graph.values[id]!.name,
      dtype: facts.types[id]?.dtype ?? 'unknown',
      shape: (facts.types[id]?.shape ?? []).map((dim) => (typeof dim === 'number' ? dim : dimText(dim))),
      image: id === facts.imageInput && preparation !== null,
    })),
    preparation,
    outputs: graph.outputs.map((id) => graph.values[id]!.name),
    taps: tappable(graph),
    classes: classesOf(facts),
    obstacle: obstacleOf(facts),
  };
}

function preparationOf(facts: Facts, image: ValueId): Preparation | null {
  const { graph, model } = facts;
  return guessPreparation({
    name: graph.values[image]!.name,
    dtype: facts.types[image]?.dtype ?? 'unknown',
    shape: (facts.types[image]?.shape ?? []).map((dim) =>
      typeof dim === 'number' || dim === null ? dim : dimText(dim),
    ),
    producer: model.producer,
    metadata: Object.fromEntries(model.metadata),
    outputs: graph.outputs.map((id) => graph.values[id]!.name),
    firstLayers: firstLayers(graph, image),
  });
}

/** Operators that only shift and scale, or do nothing to numbers: nets that normalise their input begin with some. */
const BEFORE_THE_NET = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'BatchNormalization',
  'Cast',
  'Identity',
  'Transpose',
  'Reshape',
]);
const MOST_FIRST_LAYERS = 8;

/** The chain of operators the input runs through before the first one with a window or weights. */
function firstLayers(graph: Graph, image: ValueId): readonly FirstLayer[] {
  const layers: FirstLayer[] = [];
  let at: ValueId = image;
  while (layers.length < MOST_FIRST_LAYERS) {
    const consumers = graph.consumers[at] ?? [];
    const node = consumers.length === 1 ? graph.nodes[consumers[0]!] : undefined;
    if (!node || !BEFORE_THE_NET.has(node.op)) break;
    layers.push({ op: node.op, constant: operand(graph, node, at) });
    const next = node.outputs[0];
    if (next === null || next === undefined) break;
    at = next;
  }
  return layers;
}

/** The other operand of an arithmetic operator; of a batch normalisation the mean. */
function operand(graph: Graph, node: Node, data: ValueId): readonly number[] | null {
  const id = node.op === 'BatchNormalization' ? node.inputs[3] : node.inputs.find((input) => input !== data);
  if (node.op === 'Reshape' || id === null || id === undefined) return null;
  const elements = storedConstant(graph, id)?.elements;
  if (elements?.kind !== 'inline') return null;
  const numbers = elements.values.filter((value) => typeof value === 'number');
  return numbers.length === elements.values.length ? numbers : null;
}

/** The constant a value holds: an initialiser, or what a Constant node was given. */
export function storedConstant(graph: Graph, id: ValueId): Constant | null {
  const value = graph.values[id];
  if (!value) return null;
  if (value.constant) return value.constant;
  const node = value.producer === null ? null : graph.nodes[value.producer];
  const attr = node?.op === 'Constant' ? node.attrs.get('value') : undefined;
  return attr?.kind === 'tensor' ? attr.value : null;
}

function classesOf({ graph, types }: Facts): number | null {
  const [first] = graph.outputs;
  const shape = first === undefined ? null : (types[first]?.shape ?? null);
  if (!shape || shape.length < 2) return null;
  const numbers = shape.slice(1);
  // [1, 1000], and [1, 1000, 1, 1] of nets that end in a global pooling.
  const [count, ...rest] = numbers;
  return typeof count === 'number' && count > 1 && rest.every((dim) => dim === 1) ? count : null;
}

function obstacleOf({ graph }: Facts): RunFacts['obstacle'] {
  const reasons = missingWeights(graph);
  if (reasons.length) {
    const [first = ''] = reasons;
    const what = reasons.length > 1 ? t('{0} (and {1} more)', first, reasons.length - 1) : first;
    return {
      what: t('The model’s weights are missing.'),
      hint: t('Not all constants can be read: {0}. Put what is missing beside the model.', what),
    };
  }
  const container = graph.inputs.map((id) => graph.values[id]!).find((value) => value.declared?.container);
  if (!container) return null;
  return {
    what: t('The input “{0}” takes no tensor.', container.name),
    hint: t('It is a {0}, and what runs models in a page only takes tensors.', container.declared?.container ?? ''),
  };
}

/** Why constants that a run needs cannot be read, each reason once. */
function missingWeights(graph: Graph): readonly string[] {
  const reasons = new Set<string>();
  for (const { constant } of graph.values) {
    if (constant?.elements.kind === 'missing') reasons.add(constant.elements.reason);
  }
  return [...reasons];
}
