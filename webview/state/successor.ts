import type { Scene, SceneNode } from '../../src/core/view/types';

/** What has become of the items of a scene in the next one of the same model: operators, modules and ports by their numbers. */
export interface Succession {
  /** Null for an operator that is gone. */
  readonly node: (before: number) => number | null;
  /** Item number in the scene after; -1 for what is gone. */
  readonly item: (before: number) => number;
  /** Item number in the scene before; -1 for what is new. */
  readonly origin: (after: number) => number;
}

/** What an operator is in itself, however many come before it. */
const kindOf = ({ op, label, name }: SceneNode): string => [op, name.replace(/\d+/g, '#'), ...label].join('|');

/**
 * Operators before and behind a change are what they were, whatever their names (those of unnamed layers are counted). In between
 * they answer to their names, or stand for each other one by one where there are as many as before.
 */
function matched(before: readonly SceneNode[], after: readonly SceneNode[]): Int32Array {
  const found = new Int32Array(before.length).fill(-1);
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && kindOf(before[start]!) === kindOf(after[start]!)) found[start] = start++;
  const by = after.length - before.length;
  let end = before.length;
  while (end > start && end + by > start && kindOf(before[end - 1]!) === kindOf(after[end - 1 + by]!)) {
    end--;
    found[end] = end + by;
  }
  const names = new Map(after.slice(start, end + by).map(({ name }, i) => [name, start + i]));
  for (let i = start; i < end; i++) found[i] = by === 0 ? i : (names.get(before[i]!.name) ?? -1);
  return found;
}

export function succession(before: Scene, after: Scene): Succession {
  const nodes = matched(before.nodes, after.nodes);
  const paths = new Map(after.groups.map(({ path }, i) => [path, i]));
  const ports = new Map(after.ports.map(({ side, name }, i) => [`${side}|${name}`, i]));
  const item = (old: number): number => {
    if (old < before.nodes.length) return nodes[old] ?? -1;
    const group = before.groups[old - before.nodes.length];
    if (group) return later(after.nodes.length, paths.get(group.path));
    const port = before.ports[old - before.nodes.length - before.groups.length];
    return port ? later(after.nodes.length + after.groups.length, ports.get(`${port.side}|${port.name}`)) : -1;
  };
  const count = before.nodes.length + before.groups.length + before.ports.length;
  const origins = new Map(Array.from({ length: count }, (_, old) => [item(old), old]));
  return {
    node: (old) => (old >= 0 && (nodes[old] ?? -1) >= 0 ? nodes[old]! : null),
    item,
    origin: (now) => (now < 0 ? -1 : (origins.get(now) ?? -1)),
  };
}

const later = (base: number, index: number | undefined): number => (index === undefined ? -1 : base + index);
