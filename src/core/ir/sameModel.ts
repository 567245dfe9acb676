import { atOnce, type Steps } from '../steps';
import type { Model } from './types';

/** Where something stands in a file says nothing of what it is. */
const IGNORED = 'origin';

/** Whether two models compute the same under the same names, wherever their files or texts say so. */
export const sameModel = (a: Model, b: Model): boolean => atOnce(comparing(a, b));

/** The same in steps of an operator or value each. */
export function* comparing(a: Model, b: Model): Steps<boolean> {
  if (a === b) return true;
  const [{ graph, ...own }, { graph: otherGraph, ...other }] = [a, b];
  const [{ nodes, values, ...rest }, { nodes: otherNodes, values: otherValues, ...otherRest }] = [graph, otherGraph];
  if (nodes.length !== otherNodes.length || values.length !== otherValues.length) return false;
  for (const [i, node] of nodes.entries()) {
    if (!same(node, otherNodes[i])) return false;
    yield;
  }
  for (const [i, value] of values.entries()) {
    if (!same(value, otherValues[i])) return false;
    yield;
  }
  return same(own, other) && same(rest, otherRest);
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !same(value, b.get(key))) return false;
    return true;
  }
  const [own, other] = [entriesOf(a), entriesOf(b)];
  return own.length === other.length && own.every(([key, value]) => key in b && same(value, b[key as keyof typeof b]));
}

const entriesOf = (value: object): [string, unknown][] => Object.entries(value).filter(([key]) => key !== IGNORED);
