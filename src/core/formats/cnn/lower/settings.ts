import type { Location, Span } from '../../../diagnostics/diagnostic';
import type { Fix, FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { nearest } from '../suggest';
import type { Program } from '../syntax/program';
import { wordsOf, type Entry, type Tree, type Word } from '../syntax/tree';
import { SETTINGS } from '../vocabulary/settings';
import { evaluate } from './expression';

export interface InputSize {
  readonly batch: number;
  readonly channels: number;
  readonly rows: number;
  readonly columns: number;
}

/** What is said at the left edge of a definition. */
export interface Settings {
  readonly name: string;
  /** `null` where it is not said, or cannot be read. */
  readonly size: InputSize | null;
  readonly inputPlace: Location | null;
  readonly width: number;
  readonly seed: number;
  /** `convlens.preparation` and `convlens.labels`, as any model may carry them. */
  readonly metadata: ReadonlyMap<string, string>;
}

const LARGEST = 1 << 14;
const MOST_CHANNELS = 1 << 16;

type Report = (problem: FixableDiagnostic) => void;

const at = (span: Span) => ({ location: { kind: 'text', span } }) as const;

export function readSettings(program: Program, report: Report): Settings {
  for (const { key, value } of program.unknown) {
    const meant = nearest(
      key.text,
      SETTINGS.map(({ name }) => name),
    );
    const span = key.text === '' ? value.span : key.span;
    const fixes = meant === null ? [] : [{ title: t('Change to “{0}”', meant), edits: [{ span, text: meant }] }];
    report({ ...problems.unknownSetting(at(span), key.text, meant), fixes });
  }
  for (const { key } of program.repeated) report(problems.repeatedSetting(at(key.span), key.text));
  const get = (name: string): Entry | undefined => program.settings.get(name);
  const input = readInput(get('input'), program, report);
  const labels = word(get('labels')?.value);
  return {
    name: text(get('name')?.value),
    size: input.size,
    inputPlace: get('input') ? { kind: 'text', span: get('input')!.value.span } : null,
    width: readWidth(get('width'), report),
    seed: readSeed(get('seed'), report),
    metadata: new Map([
      ['convlens.preparation', input.preparation],
      ...(labels ? [['convlens.labels', labels.text] as const] : []),
    ]),
  };
}

const text = (tree: Tree | undefined): string => (tree?.kind === 'text' ? tree.text.trim() : '');
const word = (tree: Tree | undefined): Word | undefined => (tree?.kind === 'text' ? wordsOf(tree)[0] : undefined);

interface Input {
  readonly size: InputSize | null;
  readonly preparation: string;
}

function readInput(entry: Entry | undefined, program: Program, report: Report): Input {
  const usual = preparations.get('0..1')!;
  if (!entry || entry.value.kind === 'none') {
    const place = entry?.key.span ?? program.settings.get('layers')?.key.span ?? { start: 0, end: 0 };
    const edit = entry
      ? { span: { start: place.end, end: place.end }, text: ': 224x224x3' }
      : { span: { start: 0, end: 0 }, text: 'input: 224x224x3\n' };
    const fixes = entry ? [] : [{ title: t('Insert “input: 224x224x3”'), edits: [edit] }];
    report({ ...problems.noInput(at(place)), fixes });
    return { size: null, preparation: usual };
  }
  const { value } = entry;
  if (value.kind === 'text') return { size: readSize(value, report), preparation: usual };
  if (value.kind === 'list') {
    const items = value.items.map((item) => (item.kind === 'text' ? item.text : '?'));
    report(unreadable(value.span, `[${items.join(', ')}]`));
    return { size: null, preparation: usual };
  }
  const part = (name: string): Tree | undefined => value.entries.find(({ key }) => key.text === name)?.value;
  for (const { key } of value.entries) {
    if (!['size', 'values'].includes(key.text)) report(problems.unknownKey(at(key.span), key.text, 'input', null));
  }
  const size = part('size');
  if (size?.kind !== 'text') report(problems.noInput(at(entry.key.span)));
  const values = word(part('values'));
  const preparation = values ? preparations.get(values.text) : usual;
  if (values && preparation === undefined) {
    report(
      problems.badSetting(
        at(values.span),
        t('range of values'),
        values.text,
        t('write {0}', [...preparations.keys()].join(', ')),
      ),
    );
  }
  return { size: size?.kind === 'text' ? readSize(size, report) : null, preparation: preparation ?? usual };
}

/** How a pixel becomes a number: (pixel · scale − mean) / std. */
const preparations: ReadonlyMap<string, string> = new Map([
  ['0..1', JSON.stringify({ scale: 1 / 255, mean: [0], std: [1] })],
  ['0..255', JSON.stringify({ scale: 1, mean: [0], std: [1] })],
  ['-1..1', JSON.stringify({ scale: 2 / 255, mean: [1], std: [1] })],
  ['imagenet', JSON.stringify({ scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] })],
]);

const changed = (span: Span, text: string): Fix => ({ title: t('Change to “{0}”', text), edits: [{ span, text }] });

/** `(3, 224, 224)` has numbers enough to know what is meant. */
function unreadable(span: Span, text: string): FixableDiagnostic {
  const numbers = text.match(/\d+/g) ?? [];
  const [a = 0, b = 0, c = 0] = numbers.map(Number);
  const ordered = numbers.length === 3 && a <= 4 && b >= 8 && c >= 8 ? [c, b, a] : numbers;
  const problem = problems.badInput(at(span), text);
  const separate = /^[[(]?\s*\d+(\s*[,;]?\s*\d+){1,3}\s*[\])]?$/.test(text) && numbers.length > 1;
  return separate ? { ...problem, fixes: [changed(span, ordered.join('x'))] } : problem;
}

/** `224x224x3` is width × height × channels, as in the lecture; four numbers are batch × channels × height × width. */
function readSize(tree: Tree & { readonly kind: 'text' }, report: Report): InputSize | null {
  const plain = tree.text.trim();
  const parts = plain.split(/\s*[x×*]\s*/i).map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : NaN));
  const [a = NaN, b = NaN, c = NaN, d = NaN] = parts;
  const size =
    parts.length === 4
      ? { batch: a, channels: b, rows: c, columns: d }
      : { batch: 1, channels: parts.length === 2 ? 1 : c, rows: b, columns: a };
  const fits =
    parts.length >= 2 &&
    parts.length <= 4 &&
    [size.rows, size.columns].every((extent) => extent >= 1 && extent <= LARGEST) &&
    size.channels >= 1 &&
    size.channels <= MOST_CHANNELS &&
    size.batch >= 1 &&
    size.batch <= 1024;
  if (!fits) report(unreadable(tree.span, plain));
  // Three numbers with the channels before them, as another library has it.
  else if (parts.length === 3 && a <= 4 && b >= 8 && c >= 8)
    report({ ...problems.inputOrder(at(tree.span), a, b, c), fixes: [changed(tree.span, `${c}x${b}x${a}`)] });
  return fits ? size : null;
}

function readWidth(entry: Entry | undefined, report: Report): number {
  const said = text(entry?.value);
  if (!entry || said === '') return 1;
  const width = evaluate(said);
  if (width !== null && width >= 1 / 1024 && width <= 16) return width;
  report(problems.badSetting(at(entry.value.span), 'width', said, t('write a part of the whole such as 1/8')));
  return 1;
}

function readSeed(entry: Entry | undefined, report: Report): number {
  const said = text(entry?.value);
  if (!entry || said === '') return 1;
  const seed = Number(said);
  if (/^\d{1,10}$/.test(said)) return seed;
  report(problems.badSetting(at(entry.value.span), 'seed', said, t('write a whole number')));
  return 1;
}
