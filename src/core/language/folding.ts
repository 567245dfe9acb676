import type { Lines } from './lines';

/** Lines from `first` to `last`, both included, counted from 0. */
export interface Fold {
  readonly first: number;
  readonly last: number;
  readonly kind: 'region' | 'comment';
}

/** What stands further in than the line before it folds under that line; comments fold too. */
export function folds(lines: Lines): readonly Fold[] {
  const found: Fold[] = [];
  const open: { readonly line: number; readonly indent: number }[] = [];
  let comment: number | null = null;
  let last = 0;
  const close = (indent: number): void => {
    for (let top = open.at(-1); top && top.indent >= indent; top = open.at(-1)) {
      open.pop();
      if (last > top.line) found.push({ first: top.line, last, kind: 'region' });
    }
  };
  for (let line = 0; line < lines.count; line++) {
    const text = lines.content(line);
    const content = text.trimStart();
    const isComment = content.startsWith('#');
    if (isComment) comment ??= line;
    else if (comment !== null) {
      if (line - 1 > comment) found.push({ first: comment, last: line - 1, kind: 'comment' });
      comment = null;
    }
    if (content === '' || isComment) continue;
    const indent = text.length - content.length;
    close(indent);
    open.push({ line, indent });
    last = line;
  }
  close(0);
  if (comment !== null && lines.count - 1 > comment) {
    found.push({ first: comment, last: lines.count - 1, kind: 'comment' });
  }
  return found.sort((a, b) => a.first - b.first || b.last - a.last);
}
