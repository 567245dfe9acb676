import type { Span } from '../diagnostics/diagnostic';
import { readLayer } from '../formats/cnn/lower/given';
import { ACTIVATIONS } from '../formats/cnn/vocabulary/activations';
import { LAYERS, layerNamed, optionsOf, type LayerKind } from '../formats/cnn/vocabulary/layers';
import { COMMON_OPTIONS, optionNamed, type Option } from '../formats/cnn/vocabulary/options';
import { REFERENCES, SETTINGS } from '../formats/cnn/vocabulary/settings';
import { WEIGHT_WORDS } from '../formats/cnn/vocabulary/weights';
import { t } from '../l10n/l10n';
import { figuresOf } from './figures';
import type { Lines } from './lines';
import { placeAt, type Place } from './place';
import type { Snapshot } from './snapshot';

export interface Completion {
  readonly label: string;
  readonly kind: 'layer' | 'block' | 'option' | 'value' | 'name' | 'setting' | 'parameter';
  readonly detail: string;
  /** Ours, with `code` in ticks. */
  readonly doc: string;
  /** What to insert, as a snippet: `\${1:64}` are places to fill. */
  readonly insert: string;
  readonly span: Span;
  /** Another list is wanted behind it. */
  readonly more: boolean;
}

type Item = Omit<Completion, 'span' | 'insert' | 'doc' | 'more'> & Partial<Pick<Completion, 'insert' | 'doc' | 'more'>>;

/** What could stand at a place, likeliest first. */
export const completions = (snapshot: Snapshot, offset: number): readonly Completion[] =>
  completionsIn(snapshot.lines, offset, snapshot, offset);

/** The same for a text that was typed on: names and sizes are those of a state before, in which the place is `known`. */
export function completionsIn(lines: Lines, offset: number, snapshot: Snapshot, known: number): readonly Completion[] {
  const place = placeAt(lines, offset);
  if (!place) return [];
  return itemsAt(snapshot, place, known).map((item) => ({
    doc: '',
    more: false,
    ...item,
    insert: item.insert ?? escaped(item.label),
    span: place.span,
  }));
}

/** Dollars and braces mean something in a snippet. */
const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

function itemsAt(snapshot: Snapshot, place: Place, offset: number): readonly Item[] {
  switch (place.is) {
    case 'settingKey':
      return settingKeys(snapshot);
    case 'inputKey':
      return inputKeys(snapshot);
    case 'settingValue':
      return settingValues(place.name);
    case 'layerKind':
      return layerKinds(snapshot, place.colon).map((item) =>
        place.dash ? { ...item, insert: `- ${item.insert ?? item.label}` } : item,
      );
    case 'layerWord':
      return layerWords(snapshot, place.kind, place.before, offset);
    case 'layerKey':
      return layerKeys(snapshot, place.kind, place.said);
    case 'keyValue':
      return keyValues(snapshot, place.kind, place.key, offset);
    case 'parameter':
      return parameters(snapshot, offset);
  }
}

function settingKeys({ definition }: Snapshot): readonly Item[] {
  return SETTINGS.filter(({ name }) => !definition.program.settings.has(name)).map(({ name, doc, examples }) => {
    const list =
      name === 'layers'
        ? '\n  - '
        : name === 'blocks'
          ? '\n  ${1:stage}(${2:c}):\n    - '
          : ` ${examples[0] ? `\${1:${examples[0]}}` : ''}`;
    return {
      label: name,
      kind: 'setting',
      detail: examples[0] ?? '',
      doc,
      insert: `${name}:${list}`,
      more: name === 'layers',
    };
  });
}

/** Of the input written as a map. */
function inputKeys({ definition }: Snapshot): readonly Item[] {
  const tree = definition.program.settings.get('input')?.value;
  const said = tree?.kind === 'map' ? tree.entries.map(({ key }) => key.text) : [];
  return ['size', 'values']
    .filter((label) => !said.includes(label))
    .map((label) => {
      const detail = settingValues(label)[0]?.label ?? '';
      const doc = SETTINGS.find(({ name }) => name === 'input')?.doc ?? '';
      return { label, kind: 'setting', detail, doc, insert: `${label}: `, more: true };
    });
}

function settingValues(name: string): readonly Item[] {
  if (name === 'values')
    return ['0..1', '0..255', '-1..1', 'imagenet'].map((label) => ({
      label,
      kind: 'value',
      detail: t('what the pixels become'),
    }));
  const setting = SETTINGS.find((entry) => entry.name === (name === 'size' ? 'input' : name));
  return (setting?.examples ?? []).map((label) => ({ label, kind: 'value', detail: name, doc: setting?.doc ?? '' }));
}

/** The example with its numbers as places to fill. */
function snippetOf({ name, example, slots }: LayerKind, colon: boolean): string {
  const value = example.startsWith(`${name}:`) ? example.slice(name.length + 1).trim() : '';
  if (colon || value === '') return name;
  let place = 0;
  const filled = value
    .split(' ')
    .map((word, i) =>
      i < Math.max(1, slots.length) && !word.startsWith('[') ? `\${${++place}:${word}}` : escaped(word),
    );
  return `${name}: ${filled.join(' ')}`;
}

function layerKinds({ definition }: Snapshot, colon: boolean): readonly Item[] {
  const blocks = definition.program.blocks.map(({ name, parameters: own }): Item => {
    const values = own.filter(({ usual }) => !usual).map((parameter, i) => `\${${i + 1}:${parameter.name.text}}`);
    const names = own.map((parameter) => parameter.name.text).join(', ');
    const insert = colon ? name.text : `${name.text}${values.length ? `: ${values.join(' ')}` : ''}`;
    return {
      label: name.text,
      kind: 'block',
      detail: t('block({0})', names),
      insert,
      doc: t('A block of this definition.'),
    };
  });
  const layers = LAYERS.map((kind): Item => ({
    label: kind.name,
    kind: 'layer',
    detail: kind.title,
    doc: `${kind.doc}\n\n\`${kind.example}\``,
    insert: snippetOf(kind, colon),
  }));
  return [...layers, ...blocks];
}

function layerWords(snapshot: Snapshot, name: string, before: readonly string[], offset: number): readonly Item[] {
  const block = snapshot.definition.program.blocks.find((entry) => entry.name.text === name);
  if (block) {
    const values = block.parameters.map(({ name: { text }, usual }): Item => ({
      label: `${text}=`,
      kind: 'parameter',
      detail: usual ? t('{0} if nothing is said', usual.text) : t('a value is needed'),
    }));
    return [...values, ...names(snapshot, offset)];
  }
  const kind = layerNamed(name);
  if (!kind) return [];
  const last = before.at(-1);
  const option = last === undefined ? null : optionNamed(last);
  if (option && kind.options.includes(option.name) && option.kind !== 'flag' && option.kind !== 'bias') {
    return valuesOf(snapshot, option, offset);
  }
  if (kind.chapter === 'join') return names(snapshot, offset);
  if (kind.name === 'head' && before.length === 0) {
    const { doc } = kind;
    const item = (label: string, insert: string): Item => ({ label, kind: 'value', detail: kind.title, doc, insert });
    return [
      item('[dense: 10]', '[dense: ${1:10}]'),
      item('[globalavgpool, dense: 10]', '[globalavgpool, dense: ${1:10}]'),
    ];
  }
  // What the words so far have said is not offered again.
  const text = before.join(' ');
  const { given } = readLayer(
    {
      span: NOWHERE,
      kind: { text: name, span: NOWHERE },
      value: { kind: 'text', span: NOWHERE, text, verbatim: false },
      keys: [],
      map: null,
    },
    kind,
  );
  const slot = kind.slots.map((own) => optionNamed(own)).find((own) => own && !given.has(own.name));
  const slotValues = slot ? valuesOf(snapshot, slot, offset).map((item) => ({ ...item, detail: slot.name })) : [];
  const options = kind.options
    .filter((own) => !given.has(own) && !kind.slots.includes(own))
    .flatMap((own) => optionNamed(own) ?? [])
    .filter(({ kind: value }) => value !== 'activation' && value !== 'references' && value !== 'layers')
    .map(optionWord);
  const activations = kind.options.includes('activation') && !given.has('activation') ? activationItems() : [];
  return [...slotValues, ...options, ...activations];
}

const NOWHERE: Span = { start: 0, end: 0 };

function optionWord(option: Option): Item {
  const { name, doc, kind, examples } = option;
  if (kind === 'flag') return { label: name, kind: 'option', detail: '', doc };
  if (kind === 'bias') return { label: 'no bias', kind: 'option', detail: '', doc };
  return { label: name, kind: 'option', detail: examples[0] ?? '', doc, insert: `${name} `, more: true };
}

const activationItems = (): readonly Item[] =>
  ACTIVATIONS.map(({ name, title, doc }) => ({ label: name, kind: 'value', detail: title, doc }));

function layerKeys(snapshot: Snapshot, name: string, said: readonly string[]): readonly Item[] {
  const kind = layerNamed(name);
  const known = snapshot.definition.program.blocks.find((entry) => entry.name.text === name);
  const allowed = kind
    ? optionsOf(kind)
    : known
      ? [...known.parameters.map((own) => own.name.text), ...COMMON_OPTIONS]
      : [];
  return allowed
    .filter((own) => !said.includes(own))
    .map((own) => {
      const option = optionNamed(own);
      return {
        label: own,
        kind: 'option',
        detail: option?.examples[0] ?? '',
        doc: option?.doc ?? t('A parameter of the block.'),
        insert: `${own}: `,
        more: true,
      };
    });
}

function keyValues(snapshot: Snapshot, name: string, key: string, offset: number): readonly Item[] {
  const option = optionNamed(key) ?? optionNamed(layerNamed(key)?.slots[0] ?? '');
  if (layerNamed(name)?.chapter === 'join' || key === 'inputs') return names(snapshot, offset);
  return option ? valuesOf(snapshot, option, offset) : [];
}

function valuesOf(snapshot: Snapshot, option: Option, offset: number): readonly Item[] {
  switch (option.kind) {
    case 'reference':
    case 'references':
      return names(snapshot, offset);
    case 'activation':
      return activationItems();
    case 'weights':
      return WEIGHT_WORDS.map(({ name, doc, argument }) => ({
        label: name,
        kind: 'value',
        detail: '',
        doc,
        insert: argument === 'axis' ? `${name} \${1|x,y|}` : argument === 'number' ? `${name} \${1:0.1}` : name,
      }));
    default: {
      // Within a block, what it is given comes first.
      const given = TAKES_NUMBERS.has(option.kind) ? parameters(snapshot, offset) : [];
      const examples = option.examples.map((label): Item => ({
        label,
        kind: 'value',
        detail: option.name,
        doc: option.doc,
      }));
      return [...given, ...examples];
    }
  }
}

const TAKES_NUMBERS: ReadonlySet<string> = new Set(['count', 'size', 'padding', 'number', 'ratio', 'scale']);

/** Layers that can be named at a place: those before it in the same body, nearest first. */
function names(snapshot: Snapshot, offset: number): readonly Item[] {
  const here = bodyAt(snapshot, offset);
  const found = new Map<string, Item>();
  for (const site of snapshot.sites) {
    const word = site.runs[0]?.given.get('name')?.words[0];
    if (!word || word.span.start >= offset || (site.block !== here && site.block !== null)) continue;
    const size = figuresOf(snapshot, site)?.size ?? '';
    found.set(word.text, { label: word.text, kind: 'name', detail: size, doc: `\`${site.layer.kind.text}\`` });
  }
  const words = Object.entries(REFERENCES).map(([label, doc]): Item => ({ label, kind: 'name', detail: '', doc }));
  const handed =
    here?.parameters.map((own): Item => ({ label: `$${own.name.text}`, kind: 'parameter', detail: t('parameter') })) ??
    [];
  return [...[...found.values()].reverse(), ...words, ...handed];
}

const bodyAt = ({ definition }: Snapshot, offset: number) =>
  definition.program.blocks.find(({ span }) => span.start <= offset && offset <= span.end + 1) ?? null;

const parameters = (snapshot: Snapshot, offset: number): readonly Item[] =>
  (bodyAt(snapshot, offset)?.parameters ?? []).map(({ name, usual }) => ({
    label: `$${name.text}`,
    kind: 'parameter',
    detail: usual ? t('{0} if nothing is said', usual.text) : t('parameter of the block'),
    doc: t('A parameter of the block.'),
  }));
