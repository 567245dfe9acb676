import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../../src/core/analysis';
import { DefinitionReader, readDefinition, type Definition } from '../../../../src/core/formats/cnn/definition';
import { seeded } from '../../../support/modelFile';
import { mutate } from '../../../support/mutateText';
import { randomDefinition } from '../../../support/randomDefinitions';
import { samples } from '../../../support/sampleTexts';

/** What must hold of any text at all. */
function check(definition: Definition): void {
  const { source, diagnostics, model, runs } = definition;
  for (const { location, message, code, fixes } of diagnostics) {
    assert.ok(location?.kind === 'text', code);
    const { start, end } = location.span;
    assert.ok(start >= 0 && start <= end && end <= source.length, `${code} at ${start}–${end} of ${source.length}`);
    assert.ok(message.length > 0 && !/undefined|NaN|Infinity|\[object/.test(message), message);
    for (const { title, edits } of fixes ?? []) {
      assert.ok(title.length > 0);
      for (const { span } of edits) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= source.length);
    }
  }
  for (const node of model.graph.nodes) assert.ok(node.origin?.kind === 'text');
  for (const { path } of runs) assert.ok(path.length > 0);
  assert.equal(
    new Set(model.graph.nodes.map(({ name }) => name)).size,
    model.graph.nodes.length,
    'names are told apart',
  );
}

describe('any text becomes a definition', function () {
  this.timeout(120_000);

  for (const { name, source } of samples) {
    it(`every beginning of ${name}`, () => {
      // One reader for all, as an editor has it: what it remembers must not matter.
      const reader = new DefinitionReader();
      const step = Math.max(1, Math.floor(source.length / 150));
      for (let end = 0; end <= source.length; end += step) {
        const definition = reader.read(source.slice(0, end));
        check(definition);
        if (end % (step * 10) === 0) analyze(definition.model);
      }
    });
  }

  it('samples with slips in them', () => {
    const random = seeded(20_261_123);
    const readers = samples.map(() => new DefinitionReader());
    for (let i = 0; i < 1500; i++) {
      const at = i % samples.length;
      let text = samples[at]!.source;
      for (let n = 0; n <= random() * 4; n++) text = mutate(text, random);
      const definition = readers[at]!.read(text);
      check(definition);
      if (i % 10 === 0) analyze(definition.model);
    }
  });

  it('what a reader remembers changes nothing', () => {
    const random = seeded(3);
    for (const { source } of samples.slice(0, 8)) {
      const reader = new DefinitionReader();
      let text = source;
      for (let i = 0; i < 12; i++) {
        text = mutate(text, random);
        const [again, fresh] = [reader.read(text), readDefinition(text)];
        assert.deepEqual(again.diagnostics, fresh.diagnostics);
        assert.deepEqual(again.model.graph.nodes, fresh.model.graph.nodes);
      }
    }
  });

  it('random texts', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), randomDefinition), (text) => {
        const definition = readDefinition(text);
        check(definition);
        analyze(definition.model);
      }),
      { numRuns: 200, seed: 20_261_123 },
    );
  });

  it('nothing grows beyond bounds: repeats of repeats, blocks in blocks, deep lists, aliases', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `  b${i}:\n    - b${i + 1}\n    - b${i + 1}\n`).join('');
    const texts = [
      `input: 8x8x1\nblocks:\n${doubling}  b40:\n    - relu\nlayers:\n  - b0\n`,
      'input: 8x8x1\nlayers:\n  - relu:\n    repeat: 100000\n  - relu:\n    repeat: 99999\n',
      'input: 8x8x1\nblocks:\n  a:\n    - b\n  b:\n    - a\nlayers:\n  - a\n',
      `input: 8x8x1\nlayers:\n  - add: ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
      'input: 8x8x1\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\nlayers: [*d, *d, *d]\n',
      'input: 99999x99999x99999\nlayers:\n  - conv: 131072 16384x16384\n',
      `input: 8x8x1\nlayers:\n  - conv: ${'9'.repeat(400)} 3x3\n  - conv: 4 ${'('.repeat(5000)}\n`,
    ];
    for (const text of texts) {
      const start = performance.now();
      const definition = readDefinition(text);
      check(definition);
      assert.ok(definition.runs.length <= 20_000);
      assert.ok(performance.now() - start < 20_000);
    }
  });
});
