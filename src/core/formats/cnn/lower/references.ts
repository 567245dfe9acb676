import type { Span } from '../../../diagnostics/diagnostic';
import type { Fix, FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { addKey, fix, lineOf } from '../fixes';
import { nearest } from '../suggest';
import type { Word } from '../syntax/tree';
import type { Frame, Named } from './scope';
import type { LayerRun, Wire } from './wire';

/** A place where a name stands, and where it was given: for going there, and for renaming. */
export interface Use {
  readonly span: Span;
  /** Where the name was given; null for `input` and `previous`. */
  readonly target: Word | null;
  readonly kind: 'layer' | 'block' | 'parameter' | 'keyword';
}

export interface Resolved {
  readonly wire: Wire;
  readonly named: Named | null;
}

/** What a word such as `pool1`, `previous` or `stage1.pool` stands for; null after saying that nothing does. */
export function resolve(
  word: Word,
  frame: Frame,
  net: { readonly input: Wire; readonly runs: readonly LayerRun[]; readonly uses: Use[] },
  source: string,
  report: (problem: FixableDiagnostic) => void,
): Resolved | null {
  const { text, span } = word;
  if (text === 'previous' || text === 'input') {
    net.uses.push({ span, target: null, kind: 'keyword' });
    return { wire: text === 'input' ? net.input : frame.previous, named: null };
  }
  const named = frame.scope.path(text);
  if (named) {
    net.uses.push({ span, target: named.word, kind: 'layer' });
    return { wire: named.wire, named };
  }
  const place = { location: { kind: 'text', span } } as const;
  const later = frame.body.some((layer) =>
    layer.keys.some(({ key, value }) => key.text === 'name' && value.kind === 'text' && value.text.trim() === text),
  );
  if (later) {
    report(problems.laterName(place, text));
    return null;
  }
  const own = naming(source, net.runs, frame.prefix, text);
  const meant = own.length ? null : nearest(text, [...frame.scope.visible(), 'previous', 'input']);
  const fixes = meant === null ? own : [{ title: t('Change to “{0}”', meant), edits: [{ span, text: meant }] }];
  report({ ...problems.unknownName(place, text, meant), fixes });
  return null;
}

/** Layers without names are numbered where they are listed: one that is called by its number can be given that as its name. */
function naming(source: string, runs: readonly LayerRun[], prefix: string, text: string): readonly Fix[] {
  const run = runs.find(({ path, name }) => name === null && path === `${prefix}${text}`);
  if (!run || run.layer.keys.some(({ key }) => key.text === 'name')) return [];
  const line = lineOf(source, run.layer.kind.span.start);
  return [fix(t('Call the layer in line {0} “{1}”', line, text), addKey(source, run.layer, 'name', text))];
}
