import { readLayer, type Given } from '../formats/cnn/lower/given';
import type { Use } from '../formats/cnn/lower/references';
import type { Word } from '../formats/cnn/syntax/tree';
import { activationNamed, type Activation } from '../formats/cnn/vocabulary/activations';
import { layerNamed, type LayerKind } from '../formats/cnn/vocabulary/layers';
import type { Option } from '../formats/cnn/vocabulary/options';
import { SETTINGS, type Setting } from '../formats/cnn/vocabulary/settings';
import { weightWordNamed, type WeightWord } from '../formats/cnn/vocabulary/weights';
import type { Span } from '../diagnostics/diagnostic';
import { contains, type Site, type Snapshot } from './snapshot';

/** What stands at a place of the text. */
export type Standing =
  | { readonly is: 'setting'; readonly span: Span; readonly setting: Setting }
  | { readonly is: 'kind'; readonly span: Span; readonly site: Site; readonly kind: LayerKind }
  | { readonly is: 'block'; readonly span: Span; readonly site: Site | null; readonly name: string }
  | {
      readonly is: 'option';
      readonly span: Span;
      readonly site: Site;
      readonly option: Option;
      readonly given: Given | null;
    }
  | { readonly is: 'activation'; readonly span: Span; readonly site: Site; readonly activation: Activation }
  | { readonly is: 'weights'; readonly span: Span; readonly site: Site; readonly word: WeightWord }
  | { readonly is: 'reference'; readonly span: Span; readonly site: Site; readonly use: Use }
  /** Where a layer is given its name. */
  | { readonly is: 'name'; readonly span: Span; readonly site: Site; readonly word: Word };

/** Null where nothing with a meaning of its own stands. */
export function standingAt(snapshot: Snapshot, offset: number): Standing | null {
  const { definition } = snapshot;
  const use = definition.uses.find(({ span }) => contains(span, offset));
  const site = snapshot.siteAt(offset);
  if (site && use && use.kind !== 'block') return { is: 'reference', span: use.span, site, use };
  if (site) return inLayer(snapshot, site, offset);
  for (const [name, { key }] of definition.program.settings) {
    const setting = SETTINGS.find((entry) => entry.name === name);
    if (setting && contains(key.span, offset)) return { is: 'setting', span: key.span, setting };
  }
  for (const { name } of definition.program.blocks) {
    if (contains(name.span, offset)) return { is: 'block', span: name.span, site: null, name: name.text };
  }
  return null;
}

function inLayer(snapshot: Snapshot, site: Site, offset: number): Standing | null {
  const { layer } = site;
  const { kind: word } = layer;
  const isBlock = snapshot.definition.program.blocks.some(({ name }) => name.text === word.text);
  if (contains(word.span, offset) && isBlock) return { is: 'block', span: word.span, site, name: word.text };
  const kind = isBlock ? null : layerNamed(word.text);
  if (kind && contains(word.span, offset)) return { is: 'kind', span: word.span, site, kind };
  const given = kind ? readLayer(layer, kind).given : (site.runs[0]?.given ?? new Map<string, Given>());
  for (const own of given.values()) {
    const name = own.option.name === 'name' ? own.words[0] : undefined;
    if (name && contains(name.span, offset)) return { is: 'name', span: name.span, site, word: name };
    const value = valueAt(own, site, offset);
    if (value) return value;
    if (contains(own.key, offset) || contains(own.span, offset)) {
      const span = contains(own.key, offset) ? own.key : own.span;
      return { is: 'option', span, site, option: own.option, given: own };
    }
  }
  return null;
}

/** Values with a meaning of their own: activations and weights. */
function valueAt({ option, words }: Given, site: Site, offset: number): Standing | null {
  const word = words.find(({ span }) => contains(span, offset));
  if (!word) return null;
  const activation = option.kind === 'activation' ? activationNamed(word.text) : null;
  if (activation) return { is: 'activation', span: word.span, site, activation };
  const weights = option.kind === 'weights' ? weightWordNamed(word.text) : null;
  return weights ? { is: 'weights', span: word.span, site, word: weights } : null;
}
