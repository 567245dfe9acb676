import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import bundle from '../../../l10n/bundle.l10n.pt-br.json';

interface Said {
  readonly text: string;
  readonly where: string;
}

/** Words that Portuguese does not have, or not in sentences of ours. */
const ENGLISH =
  /\b(the|is|are|of|with|and|has|have|which|there|needs|from|this|these|its|was|cannot|into|missing|each|every|sees|unit|layers?|pixels? of|values?|nothing|only|window|picture|channels?|where|stride|padding|kernel|axis|not|by|out|over|shared|learned)\b/i;

/** What the language of definitions and ONNX call themselves, code in ticks, and names in quotation marks. */
const own = (text: string): string =>
  text
    .replace(/`[^`]*`|“[^”]*”/g, '')
    .replace(/\bno bias\b|\bpixel shuffle\b|\bdepthwise\b|\bmax (un)?pool(ing)?\b/gi, '')
    // The parser of YAML speaks English; options and operators have names.
    .replace(/^Isto não é YAML: .*|^\w+$|^Where\b/, '')
    // Labels of operators are a notation: `axis 1`, `pad 1`.
    .replace(/\b(axis|pad|dil|outpad|batch norm|layer norm|group norm)\b/gi, '');

/** A key of the bundle that is a sentence, as what matches it with anything in its places. */
const sentence = (key: string): RegExp =>
  new RegExp(`^${key.replace(/[.*+?^$()|[\]\\]|\{(?!\d\})|(?<!\{\d)\}/g, '\\$&').replace(/\{\d\}/g, '.+?')}$`);

describe('core in Portuguese', function () {
  this.timeout(120_000);
  let said: readonly Said[] = [];

  before(() => {
    const output = execFileSync(process.execPath, ['--require', 'tsx/cjs', join(__dirname, 'saidInPortuguese.ts')], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    said = JSON.parse(output) as readonly Said[];
  });

  it('says something of everything', () => {
    for (const where of ['shape/add', 'hover', 'completion', 'cut.onnx', 'zeros.onnx', 'summary of Conv'])
      assert.ok(
        said.some((one) => one.where === where),
        where,
      );
    assert.ok(said.some(({ text }) => text.startsWith('Estes dois ramos são')));
  });

  it('has no sentence of the English bundle', () => {
    const keys = Object.entries(bundle).filter(
      ([key, text]) => text !== key && key.includes(' ') && /[a-z]{3}/.test(key),
    );
    const plain = new Set(keys.map(([key]) => key).filter((key) => !key.includes('{0}')));
    const patterns = keys.map(([key]) => key).filter((key) => key.includes('{0}') && /[a-z]{3,} [a-z]{2,}/i.test(key));
    const matchers = patterns.map(sentence);
    const english = said.filter(({ text }) => plain.has(text) || matchers.some((matcher) => matcher.test(text)));
    assert.deepEqual(english, []);
  });

  it('has no English words', () => {
    assert.deepEqual(
      said.filter(({ text }) => ENGLISH.test(own(text))),
      [],
    );
  });
});
