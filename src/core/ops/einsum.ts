import { dimProduct, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along } from './dependence';
import { everywhere } from './firstOnly';
import { tensor, type Formula } from './formula';
import { rangesOf } from './letters';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badAttribute, refuse } from './problems';

interface Equation {
  /** A letter, or `…0`, `…1` for the axes that an ellipsis stands for, per operand. */
  readonly operands: readonly (readonly string[])[];
  readonly result: readonly string[];
}

/** Letters of one term; `...` becomes as many axes as are left. */
function termLetters(term: string, rank: number): readonly string[] | null {
  const [before = '', after] = term.split('...');
  if (after === undefined) return Array.from(before);
  const count = rank - before.length - after.length;
  if (count < 0) return null;
  // Aligned at the end, as broadcasting is.
  const between = Array.from({ length: count }, (_, i) => `…${count - 1 - i}`);
  return [...Array.from(before), ...between, ...Array.from(after)];
}

function equationOf(ctx: OpContext): Equation | null {
  const [left = '', right] = ctx.attrs.string('equation', '').replaceAll(' ', '').split('->');
  const ranks = ctx.inputs.map((_, input) => shapeOf(ctx, input)?.length ?? null);
  if (ranks.includes(null)) return null;
  const terms = left.split(',');
  const operands = terms.map((term, i) => termLetters(term, ranks[i] ?? 0));
  const fit = terms.length === ranks.length && operands.every((names, i) => names?.length === ranks[i]);
  if (!fit)
    return refuse(ctx, badAttribute, t('equation “{0}” does not fit its inputs', ctx.attrs.string('equation', '')));
  const known = operands.map((names) => names ?? []);
  return { operands: known, result: resultLetters(known, right) };
}

/** Without an arrow: the ellipsis, then every letter that comes once, in alphabetical order. */
function resultLetters(operands: readonly (readonly string[])[], right: string | undefined): readonly string[] {
  const all = operands.flat();
  const dotted = [...new Set(all.filter((name) => name.startsWith('…')))].sort().reverse();
  if (right === undefined) {
    const single = all.filter((name) => !name.startsWith('…') && all.indexOf(name) === all.lastIndexOf(name));
    return [...dotted, ...single.sort()];
  }
  return right.split('...').flatMap((part, i) => (i ? [...dotted, ...Array.from(part)] : Array.from(part)));
}

/** What each letter stands for; an extent of 1 gives way to a larger one. */
function extents(ctx: OpContext, { operands }: Equation): ReadonlyMap<string, Dim> {
  const found = new Map<string, Dim>();
  operands.forEach((names, input) =>
    names.forEach((name, axis) => {
      const extent = shapeOf(ctx, input)?.[axis] ?? null;
      const before = found.get(name);
      if (before === undefined || before === null || before === 1) found.set(name, extent);
    }),
  );
  return found;
}

export const einsum: OpDef = {
  name: 'Einsum',
  family: 'dense',
  title: 'Einsum',
  summary: t(
    'Products of several tensors, summed over the indices that the result lacks: the notation itself as an operator.',
  ),
  inputs: [{ name: 'inputs' }],
  variadic: true,
  types(ctx) {
    const equation = equationOf(ctx);
    const sizes = equation && extents(ctx, equation);
    const shape = equation?.result.map((name) => sizes?.get(name) ?? null) ?? null;
    return [tensorType(dtypeOf(ctx, 0), shape)];
  },
  dependence(ctx) {
    const equation = equationOf(ctx);
    return [
      ctx.inputs.map((input, i) => {
        if (!input || input.constant) return null;
        if (!equation) return everywhere(ctx.outputs[0]?.shape?.length);
        const names = equation.operands[i] ?? [];
        return { axes: equation.result.map((name) => (names.includes(name) ? along(names.indexOf(name)) : [])) };
      }),
    ];
  },
  // A product of two operands is one multiplication for every combination of all indices.
  macs(ctx) {
    const equation = equationOf(ctx);
    if (!equation) return null;
    if (equation.operands.length !== 2) return 0;
    const summed = equation.operands.flat().some((name) => !equation.result.includes(name));
    return summed ? dimProduct([...extents(ctx, equation).values()]) : 0;
  },
  label: (ctx) => [ctx.attrs.string('equation', '').replaceAll('->', ' → ')],
  formula,
};

function formula(ctx: TypedContext): Formula | null {
  const equation = equationOf(ctx);
  const shape = ctx.outputs[0]?.shape;
  if (!equation || !shape) return null;
  const sizes = extents(ctx, equation);
  const summed = [...sizes.keys()].filter((name) => !equation.result.includes(name));
  const factors = equation.operands.map((names, i) => tensor(String.fromCodePoint(65 + (i % 26)), ...names));
  return {
    left: tensor('Y', ...equation.result),
    right: factors.length === 1 && factors[0] ? factors[0] : { kind: 'product', factors },
    ranges: [
      ...rangesOf(equation.result, shape),
      ...summed.map((name) => ({ letters: [name], count: sizes.get(name) ?? null, summed: true })),
    ],
    notes: [],
  };
}
