import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { compareModels, type Comparison } from '../../../src/core/compare';
import type { Model } from '../../../src/core/ir/types';
import { draw } from '../../../src/core/view/scene';
import { editedNets, specOf } from '../../support/editedNets';
import { nameless } from '../../support/modelScene';
import { modelOf } from '../../support/onnxModel';

const compare = (before: Model, after: Model): Comparison => compareModels(draw(analyze(before)), draw(analyze(after)));

const told = ({ before, after, pairs, removed, added }: Comparison) => ({
  deleted: removed.map((id) => before.facts.graph.nodes[id]!.name).sort(),
  inserted: added.map((id) => after.facts.graph.nodes[id]!.name).sort(),
  changed: pairs
    .flatMap(({ status, after: id }) => (status === 'changed' ? [after.facts.graph.nodes[id]!.name] : []))
    .sort(),
});
const sizes = (c: Comparison) => [
  c.removed.length,
  c.added.length,
  c.pairs.filter((p) => p.status === 'changed').length,
];

describe('Comparing a net with an edited copy', () => {
  it('tells nothing of a net against itself, whatever it is called', () => {
    fc.assert(
      fc.property(editedNets, ({ before }) => {
        const model = modelOf(specOf(before));
        for (const other of [model, nameless(model), modelOf(specOf(before, (name) => `other/${name}`))]) {
          const found = compare(model, other);
          assert.ok(found.equal);
          assert.equal(found.pairs.length, before.length);
          assert.ok(found.pairs.every(({ status, differences }) => status === 'same' && !differences.length));
        }
      }),
    );
  });

  it('tells exactly what was deleted, inserted and changed', () => {
    fc.assert(
      fc.property(editedNets, ({ before, after, deleted, inserted, changed }) => {
        const found = compare(modelOf(specOf(before)), modelOf(specOf(after)));
        assert.deepEqual(told(found), {
          deleted: [...deleted].sort(),
          inserted: [...inserted].sort(),
          changed: [...changed].sort(),
        });
        assert.equal(found.equal, deleted.length + inserted.length + changed.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  it('tells as much where nothing has a name, and where names say nothing', () => {
    fc.assert(
      fc.property(editedNets, ({ before, after, deleted, inserted, changed }) => {
        const check = (found: Comparison, what: string): void => {
          const [gone, fresh, other = 0] = sizes(found);
          assert.deepEqual([gone, fresh], [deleted.length, inserted.length], what);
          // Without names, one that is gone may be taken for a neighbour that changed: two changes in place of one.
          const doubtful = changed.length && deleted.length ? deleted.length : 0;
          assert.ok(other >= changed.length && other <= changed.length + doubtful, `${what}: ${other} changed`);
        };
        const [one, other] = [modelOf(specOf(before)), modelOf(specOf(after))];
        check(compare(nameless(one), nameless(other)), 'no names');
        // Numbered as they come: after an edit the same names mean others.
        const numbered = (layers: typeof before): Model => {
          const numbers = new Map(layers.map(({ name, op }, i) => [name, `${op}_${i}`]));
          return modelOf(specOf(layers, (name) => numbers.get(name)!));
        };
        check(compare(numbered(before), numbered(after)), 'numbers for names');
      }),
      { numRuns: 300 },
    );
  });

  it('tells the same backwards', () => {
    fc.assert(
      fc.property(editedNets, ({ before, after }) => {
        const [one, other] = [modelOf(specOf(before)), modelOf(specOf(after))];
        const [forth, back] = [compare(one, other), compare(other, one)];
        const { deleted, inserted, changed } = told(back);
        assert.deepEqual(told(forth), { deleted: inserted, inserted: deleted, changed });
        assert.deepEqual(forth.counts, { ...back.counts, added: back.counts.removed, removed: back.counts.added });
      }),
    );
  });

  it('pairs no operator twice, and leaves none out', () => {
    fc.assert(
      fc.property(editedNets, editedNets, ({ before }, { after }) => {
        const found = compare(modelOf(specOf(before)), modelOf(specOf(after)));
        const left = [...found.pairs.map((p) => p.before), ...found.removed].sort((a, b) => a - b);
        const right = [...found.pairs.map((p) => p.after), ...found.added].sort((a, b) => a - b);
        assert.deepEqual(
          left,
          before.map((_, i) => i),
        );
        assert.deepEqual(
          right,
          after.map((_, i) => i),
        );
      }),
    );
  });
});
