/**
 * Extents. A known extent is a number, a symbolic one an expression over the file's own names (`H`, `batch`), an unknown one `null`.
 * Arithmetic computes with numbers, carries formulas for symbols, and gives `null` as soon as a part is unknown.
 */
export type Dim = number | SymDim | null;

/** A linear combination of atoms in normal form, so that equal formulas compare equal by `text`. */
export interface SymDim {
  /** Canonical text, e.g. `⌊(H+1)/2⌋`; also the identity. */
  readonly text: string;
  readonly constant: number;
  /** Sorted by atom text; coefficients are non-zero integers. */
  readonly terms: readonly Term[];
}

export interface Term {
  readonly factor: number;
  readonly atom: Atom;
}

export type Atom =
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'call'; readonly fn: Fn; readonly args: readonly Dim[]; readonly text: string };

type Fn = 'floordiv' | 'ceildiv' | 'mul' | 'max' | 'min' | 'mod' | 'floormul';

const name = (text: string): Atom => ({ kind: 'name', text });

/** The extent called `text` in the file. */
export const symbol = (text: string): SymDim => ({ text, constant: 0, terms: [{ factor: 1, atom: name(text) }] });

const isSym = (d: Dim): d is SymDim => typeof d === 'object' && d !== null;

/** A damaged file may spell a shape in floats, not-a-number among them. */
const numberText = (n: number): string => (Number.isFinite(n) ? String(n) : '?');

export const dimText = (d: Dim): string => (d === null ? '?' : typeof d === 'number' ? numberText(d) : d.text);

export const dimEquals = (a: Dim, b: Dim): boolean =>
  a !== null && b !== null && (typeof a === 'number' ? a === b : isSym(b) && a.text === b.text);

function build(constant: number, terms: readonly Term[]): Dim {
  const merged = new Map<string, Term>();
  for (const t of terms) {
    const seen = merged.get(t.atom.text);
    merged.set(t.atom.text, { factor: t.factor + (seen?.factor ?? 0), atom: t.atom });
  }
  const kept = [...merged.values()].filter((t) => t.factor !== 0).sort((a, b) => (a.atom.text < b.atom.text ? -1 : 1));
  if (!kept.length) return constant;
  // Positive terms first reads better: `H−2`, `2·H−W+1`.
  const ordered = [...kept.filter((t) => t.factor > 0), ...kept.filter((t) => t.factor < 0)];
  let text = '';
  for (const t of ordered) {
    const size = Math.abs(t.factor);
    const sign = t.factor < 0 ? '−' : text ? '+' : '';
    text += `${sign}${size === 1 ? '' : `${size}·`}${t.atom.text}`;
  }
  if (constant) text += constant < 0 ? `−${-constant}` : `+${constant}`;
  return { text, constant, terms: kept };
}

const parts = (d: number | SymDim): { constant: number; terms: readonly Term[] } =>
  typeof d === 'number' ? { constant: d, terms: [] } : d;

const grouped = (d: Dim): string =>
  isSym(d) && (d.terms.length > 1 || d.constant !== 0 || (d.terms[0]?.factor ?? 1) !== 1) ? `(${d.text})` : dimText(d);

function call(fn: Fn, args: readonly Dim[], text: string): SymDim {
  const atom: Atom = { kind: 'call', fn, args, text };
  return { text, constant: 0, terms: [{ factor: 1, atom }] };
}

export function dimAdd(a: Dim, b: Dim): Dim {
  if (a === null || b === null) return null;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const [p, q] = [parts(a), parts(b)];
  return build(p.constant + q.constant, [...p.terms, ...q.terms]);
}

export const dimSub = (a: Dim, b: Dim): Dim => dimAdd(a, dimMul(b, -1));

export function dimMul(a: Dim, b: Dim): Dim {
  if (a === 0 || b === 0) return 0;
  if (a === null || b === null) return null;
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const [k, s] = typeof a === 'number' ? [a, b as SymDim] : typeof b === 'number' ? [b, a] : [null, null];
  if (k !== null) {
    const p = parts(s);
    return build(
      p.constant * k,
      p.terms.map((t) => ({ factor: t.factor * k, atom: t.atom })),
    );
  }
  return symbolProduct(a as SymDim, b as SymDim);
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : greatestDivisor(b, a % b));

/** Common whole factor of all coefficients, negative where the first one is. */
function contentOf(d: SymDim): number {
  const common = d.terms.reduce((divisor, t) => greatestDivisor(divisor, t.factor), d.constant);
  return (d.terms[0]?.factor ?? 1) < 0 ? -common : common;
}

/** Numbers come out and factors are sorted, so that `(64·H)·W` and `64·(W·H)` are the same `64·H·W`. */
function symbolProduct(a: SymDim, b: SymDim): Dim {
  const [p, q] = [contentOf(a), contentOf(b)];
  const factors = [...factorsOf(a, p), ...factorsOf(b, q)].sort((x, y) => (grouped(x) < grouped(y) ? -1 : 1));
  const text = factors.map(grouped).join('·');
  return build(0, [{ factor: p * q, atom: { kind: 'call', fn: 'mul', args: factors, text } }]);
}

function factorsOf(d: SymDim, content: number): readonly Dim[] {
  const rest = build(
    d.constant / content,
    d.terms.map((t) => ({ factor: t.factor / content, atom: t.atom })),
  );
  const only = isSym(rest) && rest.constant === 0 && rest.terms.length === 1 ? rest.terms[0] : undefined;
  if (only?.factor !== 1 || only.atom.kind !== 'call' || only.atom.fn !== 'mul') return [rest];
  return only.atom.args;
}

/** ⌊a / b⌋. */
export function dimFloorDiv(a: Dim, b: Dim): Dim {
  if (a === null || b === null || b === 0) return null;
  if (typeof a === 'number' && typeof b === 'number') return Math.floor(a / b);
  if (b === 1) return a;
  if (dimEquals(a, b)) return 1;
  if (typeof b === 'number' && isSym(a)) {
    // Whole multiples come out of the floor: ⌊(4H+3)/2⌋ = 2H+1 and ⌊(2H+W)/2⌋ = H+⌊W/2⌋.
    const whole = a.terms.filter((t) => t.factor % b === 0);
    const rest = a.terms.filter((t) => t.factor % b !== 0);
    const outer = build(
      Math.floor(a.constant / b),
      whole.map((t) => ({ factor: t.factor / b, atom: t.atom })),
    );
    if (!rest.length) return outer;
    const inner = build(a.constant - Math.floor(a.constant / b) * b, rest);
    return dimAdd(call('floordiv', [inner, b], `⌊${grouped(inner)}/${b}⌋`), outer);
  }
  return call('floordiv', [a, b], `⌊${grouped(a)}/${grouped(b)}⌋`);
}

/** ⌈a / b⌉ = ⌊(a + b − 1) / b⌋ for a positive whole b. */
export function dimCeilDiv(a: Dim, b: Dim): Dim {
  if (typeof b === 'number' && b > 0) return dimFloorDiv(dimAdd(a, b - 1), b);
  if (a === null || b === null || b === 0) return null;
  if (typeof a === 'number' && typeof b === 'number') return Math.ceil(a / b);
  return call('ceildiv', [a, b], `⌈${grouped(a)}/${grouped(b)}⌉`);
}

/** ⌊a · factor⌋ for a real factor (Resize's scales). */
export function dimScale(a: Dim, factor: number): Dim {
  if (a === null || !Number.isFinite(factor)) return null;
  if (typeof a === 'number') return Math.floor(a * factor);
  if (Number.isInteger(factor)) return dimMul(a, factor);
  if (Number.isInteger(1 / factor)) return dimFloorDiv(a, Math.round(1 / factor));
  return call('floormul', [a, factor], `⌊${grouped(a)}·${factor}⌋`);
}

export function dimMax(a: Dim, b: Dim): Dim {
  if (a === null || b === null) return null;
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  if (dimEquals(a, b)) return a;
  return call('max', [a, b], `max(${[dimText(a), dimText(b)].sort().join(', ')})`);
}

export function dimMin(a: Dim, b: Dim): Dim {
  if (a === null || b === null) return null;
  if (typeof a === 'number' && typeof b === 'number') return Math.min(a, b);
  if (dimEquals(a, b)) return a;
  return call('min', [a, b], `min(${[dimText(a), dimText(b)].sort().join(', ')})`);
}

export function dimMod(a: Dim, b: Dim): Dim {
  if (a === null || b === null || b === 0) return null;
  if (typeof a === 'number' && typeof b === 'number') return ((a % b) + b) % b;
  if (b === 1) return 0;
  return call('mod', [a, b], `${grouped(a)} mod ${grouped(b)}`);
}

export const dimProduct = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((p, d) => dimMul(p, d), 1);

/** Puts numbers in for names; unknown names stay. */
export function substitute(d: Dim, bindings: ReadonlyMap<string, number>): Dim {
  if (!isSym(d)) return d;
  return d.terms.reduce<Dim>((sum, t) => dimAdd(sum, dimMul(evaluateAtom(t.atom, bindings), t.factor)), d.constant);
}

function evaluateAtom(atom: Atom, bindings: ReadonlyMap<string, number>): Dim {
  if (atom.kind === 'name') return bindings.get(atom.text) ?? symbol(atom.text);
  const [a = null, b = null] = atom.args.map((x) => substitute(x, bindings));
  switch (atom.fn) {
    case 'floordiv':
      return dimFloorDiv(a, b);
    case 'ceildiv':
      return dimCeilDiv(a, b);
    case 'mul':
      return dimProduct(atom.args.map((x) => substitute(x, bindings)));
    case 'max':
      return dimMax(a, b);
    case 'min':
      return dimMin(a, b);
    case 'mod':
      return dimMod(a, b);
    case 'floormul':
      return typeof b === 'number' ? dimScale(a, b) : null;
  }
}
