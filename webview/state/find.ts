/** What to look for, as people type it: `conv1`, `op:Conv kernel:3`, `params>1M`, `rf>=224`, `-op:Relu`. All words must hold. */
import type { Scene, SceneNode } from '../../src/core/view/types';

export type Test = (node: SceneNode) => boolean;

const UNITS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, t: 1e12 };

/** Numbers a layer can be asked for. */
const NUMBERS: Readonly<Record<string, (node: SceneNode) => number | null>> = {
  params: (n) => n.parameters,
  parameters: (n) => n.parameters,
  macs: (n) => n.macs,
  memory: (n) => n.activationBytes,
  channels: (n) => n.channels,
  rf: (n) => (n.sees === 'all' ? Infinity : n.sees),
  sees: (n) => (n.sees === 'all' ? Infinity : n.sees),
};

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part);

/** Texts a layer can be asked for. */
const TEXTS: Readonly<Record<string, (node: SceneNode, value: string) => boolean>> = {
  op: (n, v) => n.op.toLowerCase() === v || n.title.toLowerCase() === v,
  name: (n, v) => has(n.name, v),
  family: (n, v) => has(n.family, v),
  dtype: (n, v) => has(n.dtype, v),
  size: (n, v) => has(n.sizeOut, v.replaceAll('x', '×')),
  out: (n, v) => has(n.sizeOut, v.replaceAll('x', '×')),
  in: (n, v) => has(n.sizeIn, v.replaceAll('x', '×')),
  kernel: (n, v) => n.label.some((l) => l === v.replaceAll('x', '×') || l === `${v}×${v}`),
  stride: (n, v) => n.label.some((l) => l === `/${v}` || l === `/${v.replaceAll('x', '×')}`),
  // Of two models that are compared: `diff:changed`, `-diff:same`.
  diff: (n, v) => (n.mark ?? 'same') === v,
  tensor: (n, v) => n.outputs.some((o) => has(o.name, v)),
};

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '=': (a, b) => a === b,
};

/** What people type must not reach what every object inherits. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name.toLowerCase()) ? table[name.toLowerCase()] : undefined;

function wordTest(word: string): Test {
  const number = /^([a-z]+)(>=|<=|[<>=])([\d.,]+)([kmgt]?)$/i.exec(word);
  const measure = number && own(NUMBERS, number[1]!);
  if (number && measure) {
    // As it stands in the graph: with a comma where the language has one.
    const limit = Number(number[3]!.replace(',', '.')) * (UNITS[number[4]!.toLowerCase()] ?? 1);
    const compare = COMPARE[number[2]!]!;
    return (node) => {
      const value = measure(node);
      return value !== null && compare(value, limit);
    };
  }
  const field = /^([a-z]+):(.+)$/i.exec(word);
  const text = field && own(TEXTS, field[1]!);
  if (field && text) return (node) => text(node, field[2]!.toLowerCase());
  const part = word.toLowerCase();
  return (node) => has(node.name, part) || has(node.op, part) || has(node.title, part) || has(node.shortName, part);
}

/** `-op:Relu`: what is not so. A minus alone asks for nothing yet. */
function signedTest(word: string): Test {
  if (!word.startsWith('-')) return wordTest(word);
  const test = wordTest(word.slice(1));
  return (node) => !test(node);
}

/** All words of a query as one test; null where it asks for nothing. */
export function matcher(query: string): Test | null {
  const words = query.split(/\s+/).filter((word) => word !== '' && word !== '-');
  const tests = words.map(signedTest);
  return tests.length ? (node) => tests.every((test) => test(node)) : null;
}

export function find(scene: Scene, query: string): number[] {
  const test = matcher(query);
  return test ? scene.nodes.filter(test).map((node) => node.id) : [];
}

/** Hits that stand in the graph, and how many are folded away as constants and shape arithmetic: those cannot be walked to. */
export function standing(
  scene: Scene,
  hits: readonly number[],
  plumbing: boolean,
): { readonly hits: readonly number[]; readonly folded: number } {
  const drawn = plumbing ? hits : hits.filter((id) => !scene.nodes[id]?.plumbing);
  return { hits: drawn, folded: hits.length - drawn.length };
}
