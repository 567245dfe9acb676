/** Random graphs with modules in modules, as the layout gets them. */
import fc from 'fast-check';
import type { LayoutScene } from '../../../webview/stage/layout/types';

interface Drawn {
  readonly nodes: number;
  /** From an earlier node to a later one, or to one of the ports. */
  readonly edges: readonly (readonly [number, number])[];
  readonly groupOf: readonly number[];
  readonly parent: readonly number[];
  readonly join: readonly boolean[];
  readonly pill: readonly boolean[];
}

export function sceneOf(drawn: Drawn, ports = 2): LayoutScene {
  const { nodes, edges, groupOf, parent } = drawn;
  const first = nodes + parent.length;
  const fed = new Set(edges.map(([, to]) => to));
  const used = new Set(edges.map(([from]) => from));
  const all = [...edges];
  for (let n = 0; n < nodes; n++) {
    if (!fed.has(n)) all.push([first, n]);
    if (!used.has(n) && ports > 1) all.push([n, first + 1]);
  }
  return {
    nodes,
    groups: parent.length,
    ports,
    groupOf: Int32Array.from(groupOf),
    parent: Int32Array.from(parent),
    run: new Int32Array(parent.length).fill(-1),
    stands: Int32Array.from({ length: nodes }, (_, n) => n),
    pillOf: new Int32Array(nodes).fill(-1),
    pillWidth: Uint8Array.from(drawn.pill, (p) => (p ? 41 : 0)),
    plumbing: new Uint8Array(nodes),
    light: new Uint8Array(nodes),
    join: Uint8Array.from(drawn.join, Number),
    edgeFrom: Int32Array.from(all, ([from]) => from),
    edgeTo: Int32Array.from(all, ([, to]) => to),
    edgeKind: new Uint8Array(all.length),
  };
}

/** A chain of `nodes` with some edges that jump ahead. */
export const chainScene = (nodes: number, jumps: readonly (readonly [number, number])[] = []): LayoutScene =>
  sceneOf({
    nodes,
    edges: [...Array.from({ length: nodes - 1 }, (_, i) => [i, i + 1] as const), ...jumps],
    groupOf: new Array<number>(nodes).fill(-1),
    parent: [],
    join: new Array<boolean>(nodes).fill(false),
    pill: new Array<boolean>(nodes).fill(false),
  });

/** Any acyclic graph; modules are cut from it without regard to its shape, so that they may even form cycles. */
export const anyScene: fc.Arbitrary<LayoutScene> = fc
  .record({ nodes: fc.integer({ min: 1, max: 26 }), groups: fc.integer({ min: 0, max: 5 }) })
  .chain(({ nodes, groups }) =>
    fc.record({
      nodes: fc.constant(nodes),
      edges: fc
        .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 3 * nodes })
        .map((pairs) => pairs.filter(([a, b]) => a !== b).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)),
      groupOf: fc.array(fc.integer({ min: -1, max: groups - 1 }), { minLength: nodes, maxLength: nodes }),
      parent: fc.tuple(...Array.from({ length: groups }, (_, g) => fc.integer({ min: -1, max: g - 1 }))),
      join: fc.array(fc.boolean(), { minLength: nodes, maxLength: nodes }),
      pill: fc.array(fc.boolean(), { minLength: nodes, maxLength: nodes }),
    }),
  )
  .map((drawn) => sceneOf(drawn));
