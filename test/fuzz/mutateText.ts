/** Seeded damage to network definitions: what fingers, editors and hostile hands do to lines, words, numbers and YAML itself. */
import { below, oneOf, type Random } from './random';

const NUMBERS = [
  '0',
  '1',
  '-1',
  '3',
  '7',
  '1/8',
  '0/0',
  '1e9',
  '99999999999999999999',
  '2.5',
  '0x10',
  '.inf',
  '.nan',
  '1_000',
];
const WORDS = [
  ...['conv', 'deconv', 'maxpool', 'avgpool', 'unpool', 'maxunpool', 'bednails', 'nearest', 'bilinear', 'dense', 'add'],
  ...['concat', 'bn', 'dropout', 'softmax', 'filter', 'flatten', 'from', 'name', 'repeat', 'head', 'blocks', 'layers'],
  ...[
    'input',
    'width',
    'seed',
    'values',
    'kernel',
    'stride',
    'dilation',
    'groups',
    'pad',
    'same',
    'border',
    'previous',
  ],
  ...['__proto__', 'constructor', 'toString', 'null', 'true', '~', '$c', '$', '${1:x}', '../x', '<b>x</b>'],
];
const YAML = [
  ...[
    '&a ',
    '*a',
    '!!binary ',
    '!!js/function ',
    '<<: *a',
    '? ',
    '| ',
    '>- ',
    '--- ',
    '...',
    '%YAML 9.9',
    '"',
    "'",
    '[',
    ']',
  ],
  ...[
    '{',
    '}',
    ': ',
    '- ',
    '\t',
    '# ',
    '\u0000',
    '\u202e',
    '\ufeff',
    '\ud800',
    '\r',
    '\u2028',
    ', , ,',
    '{a: {a: {a: ',
  ],
];

type Change = (lines: string[], others: readonly string[], random: Random) => void;

const someLine = (lines: readonly string[], random: Random): number => below(random, Math.max(1, lines.length));

function changeLine(lines: string[], random: Random, change: (line: string) => string): void {
  const at = someLine(lines, random);
  lines[at] = change(lines[at] ?? '');
}

const insertAt = (line: string, text: string, at: number): string => line.slice(0, at) + text + line.slice(at);

const CHANGES: readonly Change[] = [
  (lines, _, random) => lines.splice(someLine(lines, random), 1 + below(random, 3)),
  (lines, _, random) => lines.splice(someLine(lines, random), 0, lines[someLine(lines, random)] ?? ''),
  (lines, _, random) => {
    const [line = ''] = lines.splice(someLine(lines, random), 1);
    lines.splice(someLine(lines, random), 0, line);
  },
  (lines, _, random) =>
    changeLine(lines, random, (line) => ' '.repeat(below(random, 5)) + line.slice(below(random, 5))),
  (lines, _, random) => changeLine(lines, random, (line) => line.replace(/\d+/, () => oneOf(random, NUMBERS))),
  (lines, _, random) => {
    const word = oneOf(random, WORDS);
    changeLine(lines, random, (line) => line.replace(/[a-z$]\w+/, () => word));
  },
  (lines, _, random) =>
    changeLine(lines, random, (line) => insertAt(line, oneOf(random, YAML), below(random, line.length + 1))),
  (lines, _, random) =>
    changeLine(lines, random, (line) =>
      insertAt(line, ` ${oneOf(random, WORDS)} ${oneOf(random, NUMBERS)}`, line.length),
    ),
  (lines, others, random) => {
    const other = oneOf(random, others).split('\n');
    const from = someLine(other, random);
    lines.splice(someLine(lines, random), 0, ...other.slice(from, from + 1 + below(random, 8)));
  },
  (lines, _, random) => changeLine(lines, random, (line) => line.slice(0, below(random, line.length + 1))),
  (lines, _, random) => lines.splice(someLine(lines, random)),
  (lines, _, random) => {
    const count = oneOf(random, [20, 100, 500]);
    const line = lines[someLine(lines, random)] ?? '';
    lines.splice(someLine(lines, random), 0, ...Array.from({ length: count }, () => line));
  },
];

/** One damaged text; the same seed gives the same. */
export function mutateText(original: string, others: readonly string[], random: Random): string {
  const lines = original.split('\n');
  const rounds = 1 + below(random, 8);
  for (let i = 0; i < rounds; i++) oneOf(random, CHANGES)(lines, others, random);
  return lines.join('\n').slice(0, 200_000);
}
