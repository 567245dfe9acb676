import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { compareModels } from '../../../src/core/compare';
import { markedScene, unionScene, type Union } from '../../../src/core/compare/union';
import type { Model } from '../../../src/core/ir/types';
import { buildScene, draw } from '../../../src/core/view/scene';
import type { EdgeEnd, Scene } from '../../../src/core/view/types';
import { editedNets, specOf } from '../../support/editedNets';
import { nameless } from '../../support/modelScene';
import { modelOf } from '../../support/onnxModel';

const union = (before: Model, after: Model): Union =>
  unionScene(compareModels(draw(analyze(before)), draw(analyze(after))), { before: 'a.onnx', after: 'b.onnx' });

const endKey = (at: EdgeEnd): string => (at.kind === 'node' ? `n${at.node}` : `p${at.port}`);
const edgeKeys = (edges: Scene['edges'], end: (at: EdgeEnd) => EdgeEnd): readonly string[] =>
  edges.map(({ from, to }) => `${endKey(end(from))}>${endKey(end(to))}`);

/** Whether every drawn box can be put below those that feed it, pills taken for the boxes they hang on. */
function runsDown({ nodes, edges }: Scene): boolean {
  const host = (id: number): number => nodes[id]!.pillOf ?? id;
  const waiting = new Map<number, Set<number>>();
  for (const { from, to } of edges) {
    if (from.kind !== 'node' || to.kind !== 'node' || host(from.node) === host(to.node)) continue;
    const list = waiting.get(host(to.node)) ?? new Set();
    waiting.set(host(to.node), list.add(host(from.node)));
  }
  const done = new Set<number>();
  for (let before = -1; before < done.size;) {
    before = done.size;
    for (const { id } of nodes)
      if (!done.has(id) && [...(waiting.get(id) ?? [])].every((from) => done.has(from))) done.add(id);
  }
  return done.size === nodes.length;
}

/** Whether data comes from one end to an operator by way of those that were added alone. */
function leads(scene: Scene, from: string, to: number, fresh: ReadonlySet<number>): boolean {
  return scene.edges.some(
    (e) =>
      e.to.kind === 'node' &&
      e.to.node === to &&
      (endKey(e.from) === from ||
        (e.from.kind === 'node' && fresh.has(e.from.node) && leads(scene, from, e.from.node, fresh))),
  );
}

describe('Two nets drawn as one', () => {
  const check = (before: Model, after: Model): void => {
    const { scene, origin } = union(before, after);
    const one = buildScene(draw(analyze(before)), '');
    const other = buildScene(draw(analyze(after)), '');
    assert.equal(scene.nodes.length, origin.length);
    assert.ok(scene.nodes.every(({ id }, i) => id === i));
    // Each operator of both nets stands for itself once.
    const ids = (side: 'before' | 'after'): number[] => origin.flatMap((o) => o[side] ?? []).sort((a, b) => a - b);
    assert.deepEqual(
      ids('before'),
      one.nodes.map(({ id }) => id),
    );
    assert.deepEqual(
      ids('after'),
      other.nodes.map(({ id }) => id),
    );
    for (const { id, mark } of scene.nodes) {
      const { before: a, after: b } = origin[id]!;
      assert.equal(mark === 'removed', b === null);
      assert.equal(mark === 'added', a === null);
    }
    // Each edge of both nets is there.
    const joint = new Map(origin.flatMap(({ before: a }, i) => (a === null ? [] : [[a, i] as const])));
    const there = new Set(edgeKeys(scene.edges, (at) => at));
    const ports =
      (from: Scene): ((at: EdgeEnd) => EdgeEnd) =>
      (at) =>
        at.kind === 'node'
          ? at
          : { kind: 'port', port: scene.ports.findIndex((p) => p.side === from.ports[at.port]!.side) };
    for (const key of edgeKeys(other.edges, ports(other))) assert.ok(there.has(key), key);
    const moved = (at: EdgeEnd): EdgeEnd =>
      at.kind === 'node' ? { kind: 'node', node: joint.get(at.node)! } : ports(one)(at);
    // Of the first all but those past what was put in between.
    const fresh = new Set(scene.nodes.flatMap(({ id, mark }) => (mark === 'added' ? [id] : [])));
    const past = (from: string, to: string): boolean =>
      scene.edges.some(
        (e) =>
          endKey(e.to) === to &&
          e.from.kind === 'node' &&
          fresh.has(e.from.node) &&
          leads(scene, from, e.from.node, fresh),
      );
    for (const key of edgeKeys(one.edges, moved)) {
      const [from = '', to = ''] = key.split('>');
      assert.ok(there.has(key) || past(from, to), key);
    }
    assert.ok(runsDown(scene), 'the data runs in one direction');
    // What is marked is no pill.
    for (const { mark, pillOf } of scene.nodes)
      assert.ok(pillOf === null || mark === undefined || mark === 'follows', 'a marked operator hangs on another');
  };

  it('holds all of both, runs one way, and hides no difference in a pill', () => {
    fc.assert(
      fc.property(editedNets, fc.boolean(), ({ before, after }, named) => {
        const name = named ? (model: Model): Model => model : nameless;
        check(name(modelOf(specOf(before))), name(modelOf(specOf(after))));
      }),
      { numRuns: 60 },
    );
  });

  it('does so for nets that have nothing to do with each other', () => {
    fc.assert(
      fc.property(editedNets, editedNets, ({ before }, { after }) =>
        check(nameless(modelOf(specOf(before))), nameless(modelOf(specOf(after)))),
      ),
    );
  });

  it('marks each net by itself for two editors side by side', () => {
    fc.assert(
      fc.property(editedNets, ({ before, after, deleted, inserted }) => {
        const [one, other] = [draw(analyze(modelOf(specOf(before)))), draw(analyze(modelOf(specOf(after))))];
        const comparison = compareModels(one, other);
        const names = (scene: Scene, mark: string): readonly string[] =>
          scene.nodes.flatMap((node) => (node.mark === mark ? [node.name] : [])).sort();
        const [left, right] = [
          markedScene(buildScene(one, ''), comparison, 'before'),
          markedScene(buildScene(other, ''), comparison, 'after'),
        ];
        assert.deepEqual(names(left, 'removed'), [...deleted].sort());
        assert.deepEqual(names(right, 'added'), [...inserted].sort());
        assert.deepEqual(names(left, 'changed'), names(right, 'changed'));
      }),
    );
  });
});
