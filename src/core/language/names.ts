import type { Span } from '../diagnostics/diagnostic';
import type { TextEdit } from '../diagnostics/fix';
import type { BlockSyntax } from '../formats/cnn/syntax/program';
import { t } from '../l10n/l10n';
import { contains, type Snapshot } from './snapshot';

/** A name in the text: where it was given, and everywhere it stands. */
export interface NameSites {
  readonly name: string;
  readonly given: Span;
  /** All places, the giving one among them. */
  readonly places: readonly Span[];
}

/** The name that stands at a place: of a layer, a block or a parameter; null for none. */
export function nameAt(snapshot: Snapshot, offset: number): NameSites | null {
  return parameterAt(snapshot, offset) ?? blockOrLayerAt(snapshot, offset);
}

function blockOrLayerAt({ definition, source }: Snapshot, offset: number): NameSites | null {
  const { uses, program, runs } = definition;
  const use = uses.find(({ span }) => contains(span, offset));
  const given =
    use?.target?.span ??
    program.blocks.find(({ name }) => contains(name.span, offset))?.name.span ??
    runs.flatMap((run) => run.given.get('name')?.words[0] ?? []).find(({ span }) => contains(span, offset))?.span;
  if (!given) return null;
  const name = source.slice(given.start, given.end);
  const places = new Map([[given.start, given]]);
  for (const { span, target } of uses) {
    if (target?.span.start !== given.start) continue;
    // In `stage1.pool` only the part that is this name is this name; what stands for it in a parameter is not.
    const text = source.slice(span.start, span.end);
    const at = text.split('.').indexOf(name);
    if (at < 0) continue;
    const start = span.start + text.split('.').slice(0, at).join('.').length + (at > 0 ? 1 : 0);
    places.set(start, { start, end: start + name.length });
  }
  return { name, given, places: [...places.values()].sort((a, b) => a.start - b.start) };
}

/** `$c` in a block, and `c` in its head. */
function parameterAt({ definition, source }: Snapshot, offset: number): NameSites | null {
  for (const block of definition.program.blocks) {
    if (!contains(block.span, offset)) continue;
    for (const { name } of block.parameters) {
      const places = [name.span, ...spelled(block, name.text, source)];
      if (places.some((span) => contains(span, offset))) return { name: name.text, given: name.span, places };
    }
  }
  return null;
}

function spelled(block: BlockSyntax, name: string, source: string): readonly Span[] {
  const found: Span[] = [];
  for (const match of source.slice(block.span.start, block.span.end).matchAll(/\$([A-Za-z_]\w*)/g)) {
    if (match[1] !== name) continue;
    const start = block.span.start + match.index + 1;
    found.push({ start, end: start + name.length });
  }
  return found;
}

/** Edits that give a name another spelling; a text says why it cannot be. */
export function rename(snapshot: Snapshot, offset: number, to: string): readonly TextEdit[] | string {
  const found = nameAt(snapshot, offset);
  if (!found) return t('There is no name here that could be changed.');
  if (!/^[A-Za-z_][\w-]*$/.test(to)) return t('A name has letters, digits, _ and -, and begins with a letter.');
  if (to === 'input' || to === 'previous') return t('“{0}” already means something else.', to);
  const { program, runs } = snapshot.definition;
  const isBlock = program.blocks.some(({ name }) => name.span.start === found.given.start);
  const taken = isBlock
    ? program.blocks.some(({ name }) => name.text === to)
    : runs.some((run) => run.name === to && run.given.get('name')?.words[0]?.span.start !== found.given.start);
  if (taken && isBlock) return t('“{0}” is already the name of another block.', to);
  if (taken) return t('“{0}” is already the name of another layer.', to);
  return found.places.map((span) => ({ span, text: to }));
}
