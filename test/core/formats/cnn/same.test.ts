import assert from 'node:assert/strict';
import { narrowed, readDefinition, sameNet } from '../../../../src/core/formats/cnn/definition';
import { atOnce } from '../../../../src/core/steps';

const TEXT = 'input: 16x16x3\nlayers:\n  - conv: 16 3x3\n  - globalavgpool\n  - dense: 4\n';
const same = (a: string, b: string): boolean => atOnce(sameNet(readDefinition(a, 'net'), readDefinition(b, 'net')));

describe('What a change of a text does to its net', () => {
  it('is nothing where only comments, blanks and line ends differ', () => {
    assert.ok(same(TEXT, `# a comment\n\n${TEXT}`));
    assert.ok(same(TEXT, TEXT.replaceAll('\n', '  \r\n')));
  });

  it('is something where a layer differs, or the input', () => {
    assert.ok(!same(TEXT, TEXT.replace('16 3x3', '17 3x3')));
    assert.ok(!same(TEXT, TEXT.replace('16x16x3', '16x17x3')));
  });

  it('is something where what runs differs, though the graph does not', () => {
    const [half, quarter] = [`width: 1/2\n${TEXT}`, `width: 1/4\n${TEXT}`];
    assert.ok(!same(half, quarter) && !same(TEXT, half));
    assert.ok(same(half, `width: 0.5\n${TEXT}`));
    const weights = [half, quarter].map((text) =>
      narrowed(readDefinition(text)).model.graph.values.find(({ constant }) => constant?.shape.length === 4),
    );
    assert.deepEqual(
      weights.map((value) => value?.constant?.shape[0]),
      [8, 4],
    );
  });
});
