import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textProblems } from '../../../src/core/language/diagnostics';
import { edited, marked, snapshotOf } from './marked';
import { cases as problemCases } from './problemCases';
import { slipCases } from './slipCases';

const cases = [...problemCases, ...slipCases];

describe('problems of definitions', () => {
  for (const { code, text, says, fixes, becomes, beside } of cases) {
    it(`${code} at “${marked(text).source.slice(marked(text).start, marked(text).end)}”`, () => {
      const { source, start, end } = marked(text);
      const found = textProblems(snapshotOf(source));
      const own = found.find(
        (problem) => problem.code === code && (code === 'cnn/yaml' || problem.span.start === start),
      );
      assert.ok(
        own,
        `only ${found.map((p) => `${p.code} “${source.slice(p.span.start, p.span.end)}” ${p.message}`).join('\n')}`,
      );
      if (code !== 'cnn/yaml') assert.equal(source.slice(own.span.start, own.span.end), source.slice(start, end));
      assert.match(own.message, says);
      if (fixes) {
        assert.equal(own.fixes?.length, fixes.length, JSON.stringify(own.fixes));
        fixes.forEach((title, i) => {
          const actual = own.fixes![i]!.title;
          if (typeof title === 'string') assert.equal(actual, title);
          else assert.match(actual, title);
        });
      }
      if (becomes !== undefined) assert.equal(edited(source, own.fixes![0]!.edits), becomes);
      const others = found
        .filter((problem) => problem !== own && problem.severity === 'error')
        .map((problem) => problem.code);
      if (beside === undefined) assert.deepEqual(others, []);
      else for (const other of others) assert.ok(beside.includes(other), other);
    });
  }

  it('all have a text that has them', () => {
    const declared = readFileSync(join(__dirname, '../../../src/core/formats/cnn/problems.ts'), 'utf8');
    const codes = new Set(Array.from(declared.matchAll(/declare\(\s*'([^']+)'/g), ([, code]) => code));
    assert.ok(codes.size > 40);
    const shown = new Set(cases.map(({ code }) => code));
    assert.deepEqual(
      [...codes].filter((code) => !shown.has(code!)),
      [],
    );
  });

  it('every way out removes its problem, and brings no error', () => {
    let tried = 0;
    for (const { text, code } of cases) {
      const { source } = marked(text);
      for (const problem of textProblems(snapshotOf(source))) {
        for (const { title, edits } of problem.fixes ?? []) {
          const after = textProblems(snapshotOf(edited(source, edits)));
          const still = after.some((other) => other.code === problem.code && other.message === problem.message);
          assert.ok(!still, `${title} leaves ${problem.code} in\n${edited(source, edits)}`);
          const errors = (list: readonly { severity: string }[]): number =>
            list.filter(({ severity }) => severity === 'error').length;
          const before = textProblems(snapshotOf(source));
          assert.ok(
            errors(after) <= errors(before),
            `${title} of ${code} brings ${after.map(({ message }) => message).join(' ')}`,
          );
          tried++;
        }
      }
    }
    assert.ok(tried >= 45, `${tried}`);
  });
});
