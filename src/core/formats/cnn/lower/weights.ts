import type { Elements, Recipe } from '../../../ir/types';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import type { ListTree, Tree } from '../syntax/tree';
import { weightWordNamed, type WeightWord } from '../vocabulary/weights';
import { evaluate } from './expression';
import { classicKernel, kernelText, type Kernel } from './kernels';
import type { LayerBuilder } from './layerBuilder';
import type { Pair } from './values';

/** What a layer's weights begin with, before their extents are known. */
export type WeightPlan =
  | { readonly kind: 'random'; readonly spread: 'he' | 'xavier' }
  | { readonly kind: 'constant'; readonly value: number }
  /** One kernel for each pair of channels, or one for each output channel, or for each pair: as many as were written. */
  | { readonly kind: 'kernels'; readonly kernels: readonly Kernel[]; readonly depth: 2 | 3 | 4 };

const HE: WeightPlan = { kind: 'random', spread: 'he' };

/** Reads `weights`; a kernel's own size takes the place of one that is not said. */
export function weightPlan(builder: LayerBuilder, said: Pair | null): WeightPlan {
  const given = builder.values.said('weights');
  if (!given) return HE;
  if (given.tree?.kind === 'list') return literal(builder, given.tree) ?? HE;
  const [word, argument] = builder.values.words('weights');
  if (!word || given.tree) {
    builder.report(
      problems.badValue(
        builder.at(given.span),
        given.tree ? t('a map') : '',
        t('a start such as he, or rows of numbers'),
      ),
    );
    return HE;
  }
  const known = weightWordNamed(word.text);
  if (!known) {
    builder.report(problems.badValue(builder.at(word.span), word.text, t('a start such as he, zeros or sobel x')));
    return HE;
  }
  return named(builder, known, argument?.text ?? null, said);
}

function named(builder: LayerBuilder, word: WeightWord, argument: string | null, said: Pair | null): WeightPlan {
  switch (word.name) {
    case 'he':
    case 'xavier':
      return { kind: 'random', spread: word.name };
    case 'zeros':
      return { kind: 'constant', value: 0 };
    case 'ones':
      return { kind: 'constant', value: 1 };
    case 'constant': {
      const value = argument === null ? null : evaluate(argument);
      if (value !== null) return { kind: 'constant', value };
      builder.report(
        problems.noValue(
          builder.at(builder.values.place('weights', builder.run.layer.span)),
          t('The number'),
          'constant 0.1',
        ),
      );
      return { kind: 'constant', value: 0 };
    }
    default: {
      const kernel = classicKernel(word.name, argument === 'y' ? 'y' : 'x', said, builder.values.number('sigma'));
      return { kind: 'kernels', kernels: [kernel], depth: 2 };
    }
  }
}

/** Rows of numbers; rows of rows for one kernel per output channel; and once more for one per input channel too. */
function literal(builder: LayerBuilder, tree: ListTree): WeightPlan | null {
  const depth = depthOf(tree);
  const found: Kernel[] = [];
  const collect = (list: Tree, level: number): boolean => {
    if (list.kind !== 'list') return false;
    if (level > 2) return list.items.every((item) => collect(item, level - 1));
    const rows = list.items.map((row) => numbersOf(builder, row));
    const columns = rows[0]?.length ?? 0;
    if (!columns || rows.some((row) => row?.length !== columns)) return false;
    found.push({ size: [rows.length, columns], values: rows.flatMap((row) => row ?? []) });
    return true;
  };
  // A single row is a kernel of one row.
  if (depth === 1) {
    const row = numbersOf(builder, tree);
    if (row?.length) found.push({ size: [1, row.length], values: row });
  }
  const whole = depth === 1 ? found.length === 1 : depth >= 2 && depth <= 4 && collect(tree, depth);
  const same = found.every(({ size }) => size[0] === found[0]?.size[0] && size[1] === found[0].size[1]);
  if (!whole || !same || found.length === 0) {
    builder.report(problems.kernelRagged(builder.at(tree.span)));
    return null;
  }
  const divide = builder.values.number('divide') ?? 1;
  const kernels = found.map(({ size, values }) => ({ size, values: values.map((value) => value / (divide || 1)) }));
  return { kind: 'kernels', kernels, depth: depth <= 2 ? 2 : depth === 3 ? 3 : 4 };
}

function depthOf(tree: Tree): number {
  let depth = 0;
  for (let at: Tree | undefined = tree; at?.kind === 'list'; at = at.items[0]) depth++;
  return depth;
}

function numbersOf(builder: LayerBuilder, tree: Tree): readonly number[] | null {
  if (tree.kind !== 'list') return null;
  const numbers = tree.items.map((item) => {
    if (item.kind !== 'text') return null;
    const { text } = builder.values.resolved(item);
    return evaluate(text) ?? (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null);
  });
  return numbers.every((value): value is number => value !== null && Number.isFinite(value)) ? numbers : null;
}

/** The size a plan's kernels have of their own. */
export const planSize = (plan: WeightPlan): Pair | null =>
  plan.kind === 'kernels' ? (plan.kernels[0]?.size ?? null) : null;

export interface Fan {
  /** Values a neuron adds up, and neurons a value goes to. */
  readonly into: number;
  readonly out: number;
}

/** Elements of weights [made, perGroup, rows, columns]; `null` after saying why there are none. */
export function weightElements(
  builder: LayerBuilder,
  plan: WeightPlan,
  shape: readonly [number, number, number, number],
  fan: Fan,
  name: string,
): Elements | null {
  const [made, perGroup, rows, columns] = shape;
  if (plan.kind !== 'kernels') return { kind: 'made', recipe: startRecipe(builder, plan, fan, name) };
  const place = builder.at(builder.values.place('weights', builder.run.layer.span));
  const size = planSize(plan);
  if (size && (size[0] !== rows || size[1] !== columns)) {
    builder.report(problems.kernelDiffers(place, kernelText(size), kernelText([rows, columns])));
    return null;
  }
  const needed = plan.depth === 2 ? 1 : plan.depth === 3 ? made : made * perGroup;
  if (plan.kernels.length !== needed) {
    const wanted =
      plan.depth === 3
        ? t('{0}: one for each output channel', needed)
        : t('{0}: one for each pair of channels', needed);
    builder.report(problems.kernelCount(place, t('{0} kernels', plan.kernels.length), wanted));
    return null;
  }
  // One kernel for each output channel looks at every input channel alike.
  const spread =
    plan.depth === 3 ? plan.kernels.flatMap((kernel) => Array<Kernel>(perGroup).fill(kernel)) : plan.kernels;
  return { kind: 'made', recipe: { kind: 'cycle', values: spread.flatMap(({ values }) => values) } };
}

/** Random or equal weights. He: ±√(6 / in), which keeps the variance through ReLU; Glorot (Xavier): ±√(6 / (in + out)). */
function startRecipe(
  builder: LayerBuilder,
  plan: Exclude<WeightPlan, { readonly kind: 'kernels' }>,
  fan: Fan,
  name: string,
): Recipe {
  if (plan.kind === 'constant') return { kind: 'cycle', values: [plan.value] };
  const over = plan.spread === 'he' ? fan.into : fan.into + fan.out;
  return { kind: 'uniform', seed: builder.seedFor(name), limit: Math.sqrt(6 / Math.max(1, over)) };
}
