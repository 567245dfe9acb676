/** Works single units out in the page: the tensors are here, and a unit takes less than a message to a worker would. */
import { explainerOf } from '../../src/core/explain';
import { agreementOf, roundingOf } from '../../src/core/explain/agreement';
import { filledWith, flatIndex, sizeOf, wholeOf, type Elements } from '../../src/core/explain/elements';
import type { Explainer } from '../../src/core/explain/explainer';
import { unexplained, type Explanation, type Unexplained } from '../../src/core/explain/explanation';
import type { NodeSource, OperandSource } from '../../src/core/explain/nodeSource';
import { unitFormula } from '../../src/core/explain/unitFormula';
import { unitContext, type UnitContext } from '../../src/core/explain/unitContext';
import { t } from '../../src/core/l10n/l10n';
import { formulaView } from '../../src/core/view/mathml';
import type { FormulaView, SceneNode } from '../../src/core/view/types';
import type { PageContext } from '../state/context';
import type { After, KeptBy, Lens, UnitAnswer, UnitPlace, UnitTensor } from '../state/lens';
import type { Runner, RunTensor } from '../state/runner';
import { placeIn } from '../state/tensorView';
import { createWeights } from './weights';

/** Weights that only exist while the model runs are fetched up to this size. */
const MOST_COMPUTED = 64e6;
/** Tensors with so few elements are known whole: scales, sizes, limits. */
const SMALL = 64;

/** One input at hand: where its elements are, and its shape in the run. */
interface Operand {
  readonly source: OperandSource;
  readonly shape: readonly number[];
  readonly tensor: RunTensor | null;
}

/** A node with everything that does not depend on the unit. */
interface Opened {
  readonly explainer: Explainer;
  readonly operands: readonly (Operand | null)[];
  readonly output: RunTensor;
  readonly context: UnitContext;
}

const known = (shape: OperandSource['shape']): readonly number[] | null =>
  shape?.every((extent): extent is number => extent !== null) ? shape : null;

const notTakenApart = (title: string): string =>
  t(
    '{0} is not taken apart into single steps. Its maps, its times and the pixels its units see are shown all the same.',
    title,
  );

export function createLens({ store, host }: PageContext, runner: Runner): Lens {
  const weights = createWeights(host);
  const sources = new Map<number, Promise<NodeSource | null>>();
  let opened = new Map<number, Promise<Opened | Unexplained>>();
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) {
      sources.clear();
      weights.clear();
    }
    if (state.scene !== previous.scene || state.run.serial !== previous.run.serial) opened = new Map();
  });

  function sourceOf(node: number): Promise<NodeSource | null> {
    const found = sources.get(node) ?? host.unitSource(node);
    sources.set(node, found);
    found.catch(() => sources.delete(node));
    return found;
  }

  async function operandOf(source: OperandSource): Promise<Operand | Unexplained> {
    const shape = known(source.shape);
    if (source.source.kind !== 'run') {
      return shape ? { source, shape, tensor: null } : unexplained(t('The size of “{0}” is not known.', source.name));
    }
    if (source.constant && shape && sizeOf(shape) * 4 > MOST_COMPUTED)
      return unexplained(
        t('“{0}” is made while the model runs and too large to be fetched: {1} numbers.', source.name, shape.join('×')),
      );
    const tensor = await runner.tensor(source.value);
    return tensor
      ? { source, shape: tensor.dims, tensor }
      : unexplained(t('The runtime does not give out “{0}”, which this unit is computed from.', source.name));
  }

  async function openNode(node: SceneNode): Promise<Opened | Unexplained> {
    const source = await sourceOf(node.id);
    const explainer = source && explainerOf(source.domain, source.op);
    if (!source || !explainer) return unexplained(notTakenApart(node.title));
    const value = source.outputs[0];
    const output = value === null || value === undefined ? null : await runner.tensor(value);
    if (!output) return unexplained(t('The runtime does not give out what this layer computes.'));
    const operands: (Operand | null)[] = [];
    for (const input of source.inputs) {
      const operand = input && (await operandOf(input));
      if (operand && 'kind' in operand) return operand;
      operands.push(operand);
    }
    const given = operands.map(
      (operand) =>
        operand && {
          shape: operand.shape,
          contents:
            operand.tensor && operand.tensor.data.length <= SMALL
              ? Array.from(operand.tensor.data)
              : operand.source.contents,
        },
    );
    const context = unitContext(explainer.def, source, given, output.dims);
    if (!context.asSpecified)
      return unexplained(t('The runtime made a tensor of another size here than ONNX’s specification says.'));
    return { explainer, operands, output, context };
  }

  function openedNode(node: SceneNode): Promise<Opened | Unexplained> {
    const found = opened.get(node.id) ?? openNode(node);
    opened.set(node.id, found);
    found.then(
      // Without an answer now there may be one later: a tensor that could not be fetched, a host that was busy.
      (answer) => 'kind' in answer && opened.delete(node.id),
      () => opened.delete(node.id),
    );
    return found;
  }

  async function elementsOf({ operands, explainer, context }: Opened, place: readonly number[]) {
    const reads = explainer.reads?.(context, place) ?? [];
    return Promise.all(
      operands.map(async (operand, input): Promise<Elements | null> => {
        if (!operand) return null;
        const { source, tensor, shape } = operand;
        if (tensor) return wholeOf(tensor.data);
        if (source.source.kind === 'filled') return filledWith(source.source.with);
        const value = source.source.kind === 'stored' ? source.source.value : source.value;
        return weights.elements(value, sizeOf(shape), reads[input] ?? null);
      }),
    );
  }

  /** One operator after the layer, on values worked out here: by value id. */
  async function explainOn(
    found: Opened,
    place: readonly number[],
    values: ReadonlyMap<number, number>,
  ): Promise<Explanation | null> {
    const inputs = await elementsOf(found, place);
    const own = found.operands.map((operand, i) => {
      const value = operand && values.get(operand.source.value);
      return value === undefined || value === null ? (inputs[i] ?? null) : filledWith(value);
    });
    const answer = found.explainer.explain(found.context, place, own);
    return answer.kind === 'explanation' ? answer : null;
  }

  /** Normalisation, shift and activation in the layer's box. How far rounding reaches is found by moving the first value by its own. */
  async function afterwards(node: SceneNode, own: Opened, first: Explanation): Promise<readonly After[]> {
    const { scene } = store.get();
    const after: After[] = [];
    const start = own.output.value;
    const bound = roundingOf(first, own.output.dtype);
    const runs = [0, bound, -bound].map((by) => new Map([[start, first.value + by]]));
    let [before, added] = [start, 0];
    for (const part of node.pill?.parts ?? [])
      for (const id of part.nodes) {
        const next = scene?.nodes[id];
        const found = next && (await openedNode(next));
        if (!next || !found || 'kind' in found) return after;
        const made = await Promise.all(runs.map((values) => explainOn(found, first.place, values)));
        const [explanation] = made;
        if (!explanation) return after;
        const { value, dtype, data, dims } = found.output;
        made.forEach((one, i) => runs[i]!.set(value, one?.value ?? explanation.value));
        added += roundingOf(explanation, dtype);
        const spread = Math.max(...made.map((one) => Math.abs((one?.value ?? explanation.value) - explanation.value)));
        const runtime = data[flatIndex(first.place, dims)] ?? null;
        after.push({
          title: next.op === 'BatchNormalization' ? 'BN' : next.title,
          activation: found.explainer.def.activation?.(found.context) ?? null,
          explanation,
          continues: found.operands[0]?.source.value === before,
          runtime,
          agreement: runtime === null ? null : agreementOf(explanation.value, spread + added, runtime, dtype),
        });
        before = value;
      }
    return after;
  }

  function formulaAt({ explainer, context }: Opened, explanation: Explanation, g: string | null): FormulaView | null {
    const formula = unitFormula(explainer.def, context, explanation);
    return formula && formulaView(formula, g === null ? null : { text: g });
  }

  /** Where a kept index was made: the window of the pooling at the same place. */
  async function keeperOf({ middle }: Explanation, operands: Opened['operands']): Promise<KeptBy | null> {
    const index = middle.kind === 'kept' ? middle.from?.index : undefined;
    const indices = operands[1]?.source.value;
    if (!index || indices === undefined) return null;
    const node = store.get().scene?.nodes.find(({ outputs }) => outputs.some(({ value }) => value === indices));
    const found = node?.op === 'MaxPool' ? await openedNode(node) : null;
    if (!node || !found || 'kind' in found) return null;
    const explanation = found.explainer.explain(found.context, index, await elementsOf(found, index));
    return explanation.kind === 'explanation' && explanation.middle.kind === 'gathered'
      ? { node, unit: index.slice(2), window: explanation.middle }
      : null;
  }

  const tensorOf = ({ source, shape, tensor }: Operand): UnitTensor => ({
    value: source.value,
    name: source.name,
    dtype: tensor?.dtype ?? source.dtype,
    shape,
    constant: source.constant,
  });

  async function explain(node: SceneNode, { channel, unit }: UnitPlace): Promise<UnitAnswer | Unexplained> {
    const found = await openedNode(node);
    if ('kind' in found) return found;
    const { explainer, context, output, operands } = found;
    const place = placeIn(output.dims, node.spatial.length, channel, unit);
    if (place.some((position, axis) => !(position < output.dims[axis]!)))
      return unexplained(t('There is no such unit in this layer.'));
    const explanation = explainer.explain(context, place, await elementsOf(found, place));
    if (explanation.kind === 'unexplained') return explanation;
    const after = await afterwards(node, found, explanation);
    const [only] = after;
    const g = after.length === 1 ? (only?.activation ?? null) : null;
    const runtime = output.data[flatIndex(place, output.dims)] ?? null;
    return {
      kind: 'answer',
      node,
      inputs: operands.map((operand) => operand && tensorOf(operand)),
      output: {
        value: output.value,
        name: output.name,
        dtype: output.dtype,
        shape: output.dims,
        constant: false,
      },
      explanation,
      runtime,
      agreement:
        runtime === null
          ? null
          : agreementOf(explanation.value, roundingOf(explanation, output.dtype), runtime, output.dtype),
      after,
      formula: formulaAt(found, explanation, g),
      strides: explainer.def.windows?.(context)?.map(({ stride }) => stride) ?? [],
      keptBy: await keeperOf(explanation, operands),
    };
  }

  return {
    explain: (node, place) =>
      explain(node, place).catch((error: unknown) =>
        unexplained(error instanceof Error ? error.message : t('The weights could not be read.')),
      ),
  };
}
