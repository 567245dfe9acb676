import type { Expr, Formula, Index, TensorTerm } from '../../src/core/ops/formula';

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** What a formula means where an index leaves its tensor. */
export type Outside = 'zero' | 'skip';

type Letters = ReadonlyMap<string, number>;

/** Works a formula out, letter by letter: the plainest reading of index notation there is. */
export class FormulaValue {
  private readonly counts = new Map<string, number>();
  private readonly summed = new Set<string>();
  /** ConvTranspose: a division with a rest names no element. */
  private readonly exactDivision: boolean;

  constructor(
    private readonly formula: Formula,
    private readonly tensors: Readonly<Record<string, Numbers>>,
    private readonly outside: Outside,
  ) {
    for (const range of formula.ranges) {
      for (const letter of range.letters) {
        if (typeof range.count !== 'number') throw new Error(`${letter} has no number`);
        this.counts.set(letter, range.count);
        if (range.summed) this.summed.add(letter);
      }
    }
    this.exactDivision = formula.notes.some((n) => n.includes('no rest'));
  }

  /** All elements of the left-hand side, in row-major order of `shape`. */
  elements(shape: readonly number[]): readonly number[] {
    const out = Array<number>(shape.reduce((p, d) => p * d, 1)).fill(NaN);
    const letters = [...new Set(this.formula.left.indices.flatMap((i) => i.terms.map((t) => t.letter)))];
    this.each(letters, new Map(), (env) => {
      const place = this.formula.left.indices.map((i) => this.position(i, env) ?? NaN);
      out[flat(place, shape)] = this.total(this.formula.right, env) ?? NaN;
    });
    return out;
  }

  private each(letters: readonly string[], env: Letters, visit: (env: Letters) => void): void {
    const [letter, ...rest] = letters;
    if (letter === undefined) {
      visit(env);
      return;
    }
    const count = this.counts.get(letter);
    if (count === undefined) throw new Error(`no range for ${letter}`);
    for (let i = 0; i < count; i++) this.each(rest, new Map([...env, [letter, i]]), visit);
  }

  /** A term is summed over the summed letters that occur in it. */
  private total(expr: Expr, env: Letters): number | null {
    if (expr.kind === 'sum') return expr.terms.reduce((s, t) => s + (this.total(t, env) ?? 0), 0);
    const letters = [...lettersOf(expr)].filter((l) => this.summed.has(l) && !env.has(l));
    let sum = 0;
    this.each(letters, env, (inner) => {
      sum += this.value(expr, inner) ?? 0;
    });
    return letters.length ? sum : this.value(expr, env);
  }

  private value(expr: Expr, env: Letters): number | null {
    switch (expr.kind) {
      case 'tensor':
        return this.element(expr, env);
      case 'number':
        return expr.value;
      case 'product':
        return expr.factors.reduce((p, f) => p * (this.value(f, env) ?? 0), 1);
      case 'power':
        return (this.value(expr.base, env) ?? 0) ** (this.value(expr.exponent, env) ?? 0);
      case 'root':
        return Math.sqrt(this.value(expr.of, env) ?? 0);
      case 'fraction':
        return (this.value(expr.above, env) ?? 0) / (this.value(expr.below, env) ?? 1);
      case 'call':
        if (expr.fn === '|·|') return Math.abs(this.value(expr.args[0]!, env) ?? 0);
        throw new Error(`${expr.fn} is not worked out here`);
      case 'over':
        return this.over(expr.fn, expr.letters, expr.of, env);
      default:
        throw new Error(`${expr.kind} is not worked out here`);
    }
  }

  private over(fn: string, letters: readonly string[], of: Expr, env: Letters): number {
    const found: number[] = [];
    this.each(letters, env, (inner) => {
      const value = this.value(of, inner);
      if (value !== null) found.push(value);
    });
    const sum = found.reduce((a, b) => a + b, 0);
    return fn === 'max' ? Math.max(...found) : fn === 'mean' ? sum / found.length : sum;
  }

  private element(term: TensorTerm, env: Letters): number | null {
    const stored = this.tensors[term.name];
    if (!stored) throw new Error(`no tensor ${term.name}`);
    // An axis of extent 1 has no letter: `W[k, c]` for a kernel of one pixel.
    const written = stored.shape.length === term.indices.length;
    const numbers = written ? stored : { ...stored, shape: stored.shape.filter((d) => d !== 1) };
    if (numbers.shape.length !== term.indices.length) throw new Error(`${term.name} has another number of axes`);
    const place = term.indices.map((i) => this.position(i, env));
    const inside = place.every((p, axis) => p !== null && p >= 0 && p < numbers.shape[axis]!);
    if (!inside) return this.outside === 'zero' ? 0 : null;
    return numbers.data[flat(place as number[], numbers.shape)]!;
  }

  private position(index: Index, env: Letters): number | null {
    const sum = index.terms.reduce((s, t) => s + t.factor * env.get(t.letter)!, index.constant);
    if (this.exactDivision && sum % index.divisor !== 0) return null;
    return Math.floor(sum / index.divisor);
  }
}

const flat = (place: readonly number[], shape: readonly number[]): number =>
  place.reduce((at, p, axis) => at * shape[axis]! + p, 0);

function lettersOf(expr: Expr): ReadonlySet<string> {
  switch (expr.kind) {
    case 'tensor':
      return new Set(expr.indices.flatMap((i) => i.terms.map((t) => t.letter)));
    case 'product':
      return new Set(expr.factors.flatMap((f) => [...lettersOf(f)]));
    case 'over':
      return new Set([...lettersOf(expr.of)].filter((l) => !expr.letters.includes(l)));
    case 'root':
      return lettersOf(expr.of);
    case 'power':
      return lettersOf(expr.base);
    case 'fraction':
      return lettersOf(expr.above);
    default:
      return new Set();
  }
}
