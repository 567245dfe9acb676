import type { Span } from '../../../diagnostics/diagnostic';
import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { nearest } from '../suggest';
import type { Word } from '../syntax/tree';
import type { Frame, Named } from './scope';
import type { Wire } from './wire';

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
  picture: Wire,
  report: (problem: FixableDiagnostic) => void,
  use: (use: Use) => void,
): Resolved | null {
  const { text, span } = word;
  if (text === 'previous' || text === 'input') {
    use({ span, target: null, kind: 'keyword' });
    return { wire: text === 'input' ? picture : frame.previous, named: null };
  }
  const named = frame.scope.path(text);
  if (named) {
    use({ span, target: named.word, kind: 'layer' });
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
  const meant = nearest(text, [...frame.scope.visible(), 'previous', 'input']);
  const fixes = meant === null ? [] : [{ title: t('Change to “{0}”', meant), edits: [{ span, text: meant }] }];
  report({ ...problems.unknownName(place, text, meant), fixes });
  return null;
}
