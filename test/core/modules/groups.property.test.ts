import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sceneOf } from '../../support/modelScene';
import { modelOf, type NodeSpec } from '../../support/onnxModel';

interface Drawn {
  readonly op: 'Conv' | 'Relu' | 'Add' | 'Concat' | 'MaxPool';
  readonly scope: string;
  readonly inputs: readonly number[];
}

/** Operators over a picture of 16×16 with any wiring and any scopes, also such as cannot be boxes. */
const nets: fc.Arbitrary<readonly Drawn[]> = fc
  .array(
    fc.record({
      op: fc.constantFrom('Conv' as const, 'Relu' as const, 'Add' as const, 'Concat' as const, 'MaxPool' as const),
      scope: fc.constantFrom('', '/a', '/a/b', '/a/c', '/d', '/d/d.0', '/d/d.1', '/e/f/g'),
      reach: fc.array(fc.nat(6), { minLength: 2, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) =>
    list.map(({ op, scope, reach }, i) => ({ op, scope, inputs: reach.map((r) => Math.max(-1, i - 1 - r)) })),
  );

function specOf(net: readonly Drawn[]): NodeSpec[] {
  const name = (i: number): string => (i < 0 ? 'x' : `t${i}`);
  return net.map(({ op, scope, inputs }, i) => {
    const [a = -1, b = -1] = inputs;
    const attrs = op === 'Concat' ? { axis: 2 } : op === 'MaxPool' ? { kernel_shape: [1, 1] } : {};
    const data = op === 'Add' || op === 'Concat' ? [name(a), name(b)] : [name(a)];
    return {
      op,
      name: scope ? `${scope}/l${i}/${op}` : '',
      inputs: op === 'Conv' ? [...data, 'w'] : data,
      outputs: [name(i)],
      attrs,
    };
  });
}

describe('grouping', () => {
  it('nests modules, gives each operator one place, and no closed module lies on a cycle', () => {
    fc.assert(
      fc.property(nets, (net) => {
        const model = modelOf({
          opset: 13,
          inputs: { x: [1, 4, 16, 16] },
          constants: { w: { shape: [4, 4, 1, 1] } },
          nodes: specOf(net),
          outputs: [`t${net.length - 1}`],
        });
        const { groups, nodes, edges } = sceneOf(model);
        groups.forEach((group, g) => {
          assert.ok(group.parent === null || group.parent < g, 'parents come first');
          assert.equal(new Set(group.nodes).size, group.nodes.length);
          const inside = nodes.filter((n) => {
            for (let at = n.group; at !== null; at = groups[at]?.parent ?? null) if (at === g) return true;
            return false;
          });
          assert.deepEqual(
            [...group.nodes].sort((a, b) => a - b),
            inside.map((n) => n.id),
          );
          assert.ok(
            group.nodes.filter((n) => nodes[n]?.pillOf === null && !nodes[n].plumbing).length > 1,
            'more than one box',
          );
        });
        assert.equal(new Set(groups.map((g) => g.path)).size, groups.length, 'paths are unique');
        for (const level of new Set(groups.map((g) => g.parent))) assert.ok(acyclic(level), `level ${level}`);

        function acyclic(level: number | null): boolean {
          const unitOf = (id: number): string | null => {
            let unit = `n${nodes[id]?.pillOf ?? id}`;
            let at = nodes[id]?.group ?? null;
            for (; at !== null && at !== level; at = groups[at]?.parent ?? null) unit = `g${at}`;
            return at === level ? unit : null;
          };
          const next = new Map<string, Set<string>>();
          for (const { from, to, kind } of edges) {
            if (from.kind !== 'node' || to.kind !== 'node' || kind === 'plumbing') continue;
            const [a, b] = [unitOf(from.node), unitOf(to.node)];
            if (a === null || b === null || a === b) continue;
            next.set(a, (next.get(a) ?? new Set()).add(b));
          }
          const state = new Map<string, 'open' | 'done'>();
          const visit = (u: string): boolean => {
            if (state.get(u) === 'done') return true;
            if (state.get(u) === 'open') return false;
            state.set(u, 'open');
            for (const v of next.get(u) ?? []) if (!visit(v)) return false;
            state.set(u, 'done');
            return true;
          };
          return [...next.keys()].every(visit);
        }
      }),
      { numRuns: 150 },
    );
  });
});
