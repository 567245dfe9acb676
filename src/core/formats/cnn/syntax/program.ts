import type { Span } from '../../../diagnostics/diagnostic';
import { atOnce, type Steps } from '../../../steps';
import { layerNamed } from '../vocabulary/layers';
import { optionNamed } from '../vocabulary/options';
import type { Outline } from './document';
import { wordsOf, type Entry, type Tree, type Word } from './tree';

/** One layer as it is written; the same one may become many layers of the net. */
export interface LayerSyntax {
  /** The whole item. */
  readonly span: Span;
  /** `conv`; an empty word where nothing says what the layer is. */
  readonly kind: Word;
  /** What stands behind the kind. */
  readonly value: Tree;
  /** The other keys. */
  readonly keys: readonly Entry[];
  /** The item is a map: keys can be added to it. */
  readonly map: { readonly flow: boolean } | null;
}

export interface BlockSyntax {
  readonly name: Word;
  readonly parameters: readonly { readonly name: Word; readonly usual: Word | null }[];
  readonly layers: readonly LayerSyntax[];
  readonly span: Span;
}

/** A definition as it is written, before anything is made of it. */
export interface Program {
  readonly settings: ReadonlyMap<string, Entry>;
  readonly blocks: readonly BlockSyntax[];
  readonly layers: readonly LayerSyntax[];
  /** Entries at the left edge that stand for nothing. */
  readonly unknown: readonly Entry[];
  /** Entries that say again what was said before. */
  readonly repeated: readonly Entry[];
  readonly errors: Outline['errors'];
  readonly slips: Outline['slips'];
}

const SETTINGS = new Set(['name', 'input', 'width', 'seed', 'labels', 'blocks', 'layers']);

/** In steps of a layer each. */
export function* readProgram(outline: Outline): Steps<Program> {
  const settings = new Map<string, Entry>();
  const unknown: Entry[] = [];
  const repeated: Entry[] = [];
  for (const entry of outline.entries) {
    const key = entry.key.text;
    if (!SETTINGS.has(key)) unknown.push(entry);
    else if (settings.has(key)) repeated.push(entry);
    else settings.set(key, entry);
  }
  const blocks = readBlocks(settings.get('blocks')?.value);
  const named = new Set(blocks.map(({ name }) => name.text));
  const withLayers: BlockSyntax[] = [];
  for (const block of blocks) withLayers.push({ ...block, layers: yield* layersInSteps(block.body, named) });
  const layers = settings.get('layers')?.value;
  return {
    settings,
    blocks: withLayers,
    layers: layers ? yield* layersInSteps(layers, named) : [],
    unknown,
    repeated,
    errors: outline.errors,
    slips: outline.slips,
  };
}

type BlockHead = Omit<BlockSyntax, 'layers'> & { readonly body: Tree };

/** `stage(c, n=2)`: name and parameters, in what may not be finished. */
const HEAD = /^\s*([^\s(]*)\s*(?:\(([^)]*)\)?)?/;
const PARAMETER = /([^\s,=]+)\s*(?:=\s*([^\s,]+))?/g;

function readBlocks(tree: Tree | undefined): readonly BlockHead[] {
  if (tree?.kind !== 'map') return [];
  return tree.entries.map(({ key, value }) => {
    const [, name = '', list = ''] = HEAD.exec(key.text) ?? [];
    const start = key.span.start + key.text.indexOf(name);
    const opening = key.text.indexOf('(') + 1;
    const word = (text: string, at: number): Word => {
      const from = key.span.start + opening + at;
      return { text, span: { start: from, end: from + text.length } };
    };
    const parameters = Array.from(list.matchAll(PARAMETER), ({ 0: whole, 1: own = '', 2: usual, index }) => ({
      name: word(own, index),
      usual: usual === undefined ? null : word(usual, index + whole.length - usual.length),
    }));
    return {
      name: { text: name, span: { start, end: start + name.length } },
      parameters,
      span: { start: key.span.start, end: Math.max(key.span.end, value.span.end) },
      body: value,
    };
  });
}

const isKind = (name: string, blocks: ReadonlySet<string>): boolean => blocks.has(name) || layerNamed(name) !== null;

/** The layers of a list; a single layer stands for a list of one. */
export const layersOf = (tree: Tree, blocks: ReadonlySet<string>): readonly LayerSyntax[] =>
  atOnce(layersInSteps(tree, blocks));

function* layersInSteps(tree: Tree, blocks: ReadonlySet<string>): Steps<readonly LayerSyntax[]> {
  const layers: LayerSyntax[] = [];
  for (const item of tree.kind === 'list' ? tree.items : [tree]) {
    // An empty item is one that is about to be written.
    if (item.kind !== 'none') layers.push(layerOf(item, blocks));
    yield;
  }
  return layers;
}

/** Layers within a layer: the branches of a join, the layers of a head. */
export function nestedLayers(layer: LayerSyntax, blocks: ReadonlySet<string>): readonly LayerSyntax[] {
  const kind = blocks.has(layer.kind.text) ? null : layerNamed(layer.kind.text);
  const { value } = layer;
  const held = (names: readonly string[]): readonly Tree[] =>
    [...(value.kind === 'map' ? value.entries : []), ...layer.keys].flatMap((entry) =>
      names.includes(entry.key.text) ? [entry.value] : [],
    );
  if (kind?.name === 'head') {
    const inside = held(['layers']);
    const own = value.kind === 'list' || (value.kind === 'map' && !inside.length) ? [value] : [];
    return [...own, ...inside].flatMap((tree) => layersOf(tree, blocks));
  }
  if (kind?.chapter !== 'join') return [];
  // A text names a layer; lists and maps are layers.
  return [value, ...held(['inputs', 'from'])].flatMap((tree) =>
    tree.kind === 'list'
      ? tree.items.flatMap((item) => (item.kind === 'list' || item.kind === 'map' ? layersOf(item, blocks) : []))
      : [],
  );
}

/** `- relu` with a key under it but no colon behind it reads as one key of two lines: two were meant. */
function apart(entry: Entry, blocks: ReadonlySet<string>): readonly Entry[] {
  const { key, value } = entry;
  const [, first = '', second = ''] = /^(\S.*?)\s+(\S+)$/.exec(key.text) ?? [];
  if (isKind(key.text, blocks) || !isKind(first, blocks) || !optionNamed(second)) return [entry];
  const { start, end } = key.span;
  const nothing = { kind: 'none', span: { start: start + first.length, end: start + first.length } } as const;
  return [
    { key: { text: first, span: { start, end: start + first.length } }, value: nothing },
    { key: { text: second, span: { start: end - second.length, end } }, value },
  ];
}

function layerOf(tree: Tree, blocks: ReadonlySet<string>): LayerSyntax {
  if (tree.kind === 'map') {
    const entries = tree.entries.flatMap((entry) => apart(entry, blocks));
    // `pad`, `crop`, `bn` and `depthwise` are layers and words of layers: beside a layer they are its words.
    const at = [
      entries.findIndex(({ key }) => isKind(key.text, blocks) && !optionNamed(key.text)),
      entries.findIndex(({ key }) => isKind(key.text, blocks)),
      entries.findIndex(({ key }) => !optionNamed(key.text)),
    ].find((index) => index >= 0);
    const kind = at === undefined ? null : entries[at]!;
    return {
      span: tree.span,
      kind: kind?.key ?? { text: '', span: { start: tree.span.start, end: tree.span.start } },
      value: kind?.value ?? { kind: 'none', span: { start: tree.span.end, end: tree.span.end } },
      keys: entries.filter((_, index) => index !== at),
      map: { flow: tree.flow },
    };
  }
  const end = { kind: 'none', span: { start: tree.span.end, end: tree.span.end } } as const;
  if (tree.kind !== 'text')
    return { span: tree.span, kind: { text: '', span: tree.span }, value: tree, keys: [], map: null };
  // `- conv 64 3x3`, the colon forgotten: the first word is what counts, and the reader says so.
  const words = wordsOf(tree);
  const whole = isKind(tree.text, blocks) || words.length < 2;
  const kind = whole ? { text: tree.text, span: tree.span } : words[0]!;
  const rest = { start: kind.span.end, end: tree.span.end };
  const value: Tree = whole
    ? end
    : { kind: 'text', span: rest, text: tree.text.slice(rest.start - tree.span.start), verbatim: tree.verbatim };
  return { span: tree.span, kind, value, keys: [], map: null };
}
