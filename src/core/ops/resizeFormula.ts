import { t } from '../l10n/l10n';
import { call, product } from './activation';
import { greatestDivisor } from './exact';
import { tensor, type Expr, type Formula, type Index, type IndexRange } from './formula';
import { letters, rangesOf } from './letters';
import type { TypedContext } from './operator';
import type { ResizedAxis } from './resizeScales';
import { coordinateOf, type Coordinate, type Interpolation } from './resizeTaps';

/** ⌊(factor·letter + constant) / divisor⌋ with common factors taken out, so that ×2 reads `⌊y/2⌋`. */
function floorIndex(letter: string, factor: number, constant: number, divisor: number): Index {
  const common = greatestDivisor(factor, divisor) || 1;
  const rest = { terms: [{ letter, factor: factor / common }], constant: Math.floor(constant / common) + 0 };
  return { ...rest, divisor: divisor / common };
}

/** The position that nearest neighbour reads, as one floor. */
function nearestIndex(letter: string, { a, b, c }: Coordinate, how: Interpolation): Index {
  switch (how.rounding) {
    case 'floor':
      return floorIndex(letter, a, b, c);
    case 'ceil':
      return floorIndex(letter, a, b + c - 1, c);
    case 'round_prefer_floor':
      return floorIndex(letter, 2 * a, 2 * b + c - 1, 2 * c);
    case 'round_prefer_ceil':
      return floorIndex(letter, 2 * a, 2 * b + c, 2 * c);
  }
}

/** `(y + ½)/2 − ½` in the form `(2y − 1)/4`; a number alone where all places read the same. */
function coordinateText(letter: string, { a, b, c }: Coordinate): string {
  const common = greatestDivisor(greatestDivisor(a, b), c) || 1;
  const [factor, constant, divisor] = [a / common, b / common, c / common];
  if (factor === 0) return divisor === 1 ? String(constant) : `${constant}/${divisor}`;
  const moved = constant === 0 ? '' : constant < 0 ? ` − ${-constant}` : ` + ${constant}`;
  const above = `${factor === 1 ? '' : factor}${letter}${moved}`;
  if (divisor === 1) return above;
  return `${moved ? `(${above})` : above}/${divisor}`;
}

const kernelNote: Readonly<Record<Interpolation['mode'], string>> = {
  nearest: '',
  linear: 'λ(t) = max(0, 1 − |t|)',
  cubic: t('λ is the cubic kernel: 1 at 0, 0 at ±1 and beyond ±2'),
};

/** Where each axis reads, or null where it reads at its own position. */
function placesOf(axes: readonly ResizedAxis[], how: readonly Interpolation[]): readonly (Coordinate | null)[] | null {
  const places = axes.map((axis, i) => {
    const at = how[i] && coordinateOf(axis, how[i].coordinates);
    const only = axis.input === 1 && axis.output === 1;
    return at && !only && (at.a !== at.c || at.b !== 0) ? at : null;
  });
  return axes.some((axis, i) => axis.input !== axis.output && !places[i]) ? null : places;
}

const tapLetters = ['t', 'u', 'v'];

/** A sum over the neighbours, weighed by their distance along each axis. */
function weighed(
  axes: readonly ResizedAxis[],
  places: readonly (Coordinate | null)[],
  names: readonly string[],
): Pick<Formula, 'right' | 'ranges' | 'notes'> {
  const ranges: IndexRange[] = [];
  const weights: Expr[] = [];
  const notes: string[] = [];
  const source = names.map((name, i) => {
    const at = places[i];
    if (!at) return name;
    const tap = tapLetters[i - names.length + tapLetters.length] ?? `t${i}`;
    ranges.push({ letters: [tap], count: axes[i]?.input ?? null, summed: true });
    const [place, neighbour] = [`${name}′`, tap].map((text): Expr => ({ kind: 'symbol', text }));
    if (place && neighbour) weights.push(call('λ', { kind: 'difference', left: place, right: neighbour }));
    notes.push(`${name}′ = ${coordinateText(name, at)}`);
    return tap;
  });
  return { right: product(tensor('X', ...source), ...weights), ranges, notes };
}

/** Nearest: one element by its floored position. Linear and cubic: a weighed sum. */
export function resizeFormula(
  ctx: TypedContext,
  axes: readonly ResizedAxis[],
  how: readonly Interpolation[],
): Formula | null {
  const shape = ctx.outputs[0]?.shape;
  const [first] = how;
  const places = placesOf(axes, how);
  if (shape?.length !== axes.length || !first || !places) return null;
  const names = letters(shape.length);
  const left = tensor('Y', ...names);
  const ranges = rangesOf(names, shape);
  if (first.mode === 'nearest') {
    const source = names.map((name, i) => {
      const [at, rule] = [places[i], how[i]];
      return at && rule ? nearestIndex(name, at, rule) : name;
    });
    return { left, right: tensor('X', ...source), ranges, notes: [] };
  }
  const sum = weighed(axes, places, names);
  const softened = first.antialias ? [t('shrinking axes: λ is widened by the scale (antialias)')] : [];
  const border = t('beyond the border X continues with its border value');
  const notes = [...sum.notes, kernelNote[first.mode], ...softened, border];
  return { left, right: sum.right, ranges: [...ranges, ...sum.ranges], notes };
}
