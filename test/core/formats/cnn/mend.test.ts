import { strict as assert } from 'node:assert';
import { readDefinition } from '../../../../src/core/formats/cnn/definition';
import { slipsOf } from '../../../../src/core/formats/cnn/syntax/mend';
import { longDefinition } from '../../../support/longDefinition';
import { seeded } from '../../../support/modelFile';
import { samples } from '../../../support/sampleTexts';

/** What one slip of a finger makes of a line; null where it cannot happen. `below` is a key under a layer written in one line. */
const SLIPS: readonly ((line: string, below: boolean) => string | null)[] = [
  (line) => (/^ *(- )*- [a-z]/.test(line) ? line.replace(/- ([a-z])/, '-$1') : null),
  (line) => (/^ *- (conv|maxpool|dense|filter): /.test(line) ? line.replace(': ', ':') : null),
  (line, below) => (below ? `  ${line}` : null),
  (line, below) => (below ? line.slice(1) : null),
  (line, below) => (below ? line.replace(':', '') : null),
  (line) => (/^ {2}- /.test(line) ? line.replace('  ', '\t') : null),
  (line) => (/^ {2}\w+\([^)]*\):$/.test(line) ? line.slice(0, -1) : null),
  (line) => (/^(layers|blocks):$/.test(line) ? line.slice(0, -1) : null),
  (line) => (/^(input|width|seed): \S/.test(line) ? line.replace(':', '') : null),
];

/** The net, by its tensors' names. */
const net = (source: string): unknown => {
  const { graph } = readDefinition(source).model;
  const name = (id: number | null): string => (id === null ? '' : graph.values[id]!.name);
  return [graph.nodes.map(({ op, inputs, outputs, attrs }) => [op, inputs.map(name), outputs.map(name), [...attrs]])];
};

describe('slips of the fingers', function () {
  this.timeout(60_000);

  it('are none where all is as it should be', () => {
    for (const { name, source } of samples) assert.deepEqual(slipsOf(source), [], name);
    assert.deepEqual(slipsOf(longDefinition(5000)), []);
    for (const text of [
      // What goes on in the next line, long forms, lists of names, settings behind the layers.
      'layers:\n  - conv: 64 3x3\n      stride 2\n  - conv:\n      channels: 4\n      kernel: 3x3\n    name: a\nname: b\n',
      'layers:\n- conv: 4 3x3\n  name: a\n- add:\n    - - relu:\n        name: c\n      - tanh\n    - a\n  name: d\nseed: 3\n',
      'input:\n  size: 8x8x1\n  values: 0..1\nlabels: https://a.b/c.txt\nlayers:\n- filter: [[0, 1],\n    [2, 3]]\n  name: f\n',
    ])
      assert.deepEqual(slipsOf(text), []);
  });

  it('leave the net as it was meant, are told where they are, and taken back by their remedy', () => {
    const random = seeded(3);
    const tried = new Map<number, number>();
    for (const { name, source } of samples) {
      const lines = source.split('\n');
      const meant = net(source);
      const wanted = SLIPS.map((_, kind) => kind).filter(() => random() < 0.4);
      for (const kind of wanted) {
        const places = lines.flatMap((line, at) => {
          const before = lines[at - 1] ?? '';
          const below = /^ *(name|repeat|from|output): \S/.test(line) && /^ *- \w+:( \S|$)/.test(before);
          const slipped = SLIPS[kind]!(line, below && !before.endsWith(':'));
          return slipped === null ? [] : [{ at, slipped }];
        });
        const place = places[Math.floor(random() * places.length)];
        if (!place) continue;
        tried.set(kind, (tried.get(kind) ?? 0) + 1);
        const typed = lines.map((line, at) => (at === place.at ? place.slipped : line)).join('\n');
        const what = `${name}, line ${place.at + 1}: ${place.slipped}`;
        assert.deepEqual(net(typed), meant, what);
        const { diagnostics } = readDefinition(typed);
        const errors = diagnostics.filter(({ severity }) => severity === 'error');
        assert.equal(errors.length, 1, `${what}\n${errors.map(({ message }) => message).join('\n')}`);
        const [error] = errors;
        const span = error!.location?.kind === 'text' ? error!.location.span : { start: 0, end: 0 };
        assert.equal(typed.slice(0, span.start).split('\n').length, place.at + 1, what);
        let text = typed;
        for (const edit of [...error!.fixes![0]!.edits].reverse())
          text = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
        assert.equal(text, source, what);
      }
    }
    assert.equal(tried.size, SLIPS.length, [...tried].join(' '));
  });
});
