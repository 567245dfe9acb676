/** Markdown from plain data. Names come from the text: nothing of them may become a link, a picture or HTML. */
import * as vscode from 'vscode';
import type { Hover } from '../../core/language/hover';
import type { HoverCard } from '../../core/view/types';
import { escaped } from './escape';
import { LANGUAGE } from './language';

/** Sentences of ours, with `code` in ticks. */
export function prose(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

type Fact = Hover['facts'][number];

const table = (facts: readonly Fact[]): string =>
  facts.length === 0
    ? ''
    : ['| | |', '|:--|:--|', ...facts.map(({ label, value }) => `| ${escaped(label)} | ${escaped(value)} |`)].join(
        '\n',
      );

/** What is said of a place, with the operator's full card where it is a layer. */
export function hoverText({ title, paragraphs, code, facts, card }: Hover): vscode.MarkdownString {
  const markdown = prose('');
  markdown.appendMarkdown(`**${escaped(title)}**${card ? ` ${escaped(head(card))}` : ''}\n\n`);
  for (const paragraph of paragraphs) markdown.appendMarkdown(`${paragraph}\n\n`);
  if (code.length) markdown.appendCodeblock(code.join('\n'), LANGUAGE);
  const rows = [...facts, ...(card?.rows ?? []).map(({ label, value }) => ({ label, value }))];
  markdown.appendMarkdown(`\n\n${table(rows)}\n\n`);
  if (card?.formula) {
    markdown.appendCodeblock(card.formula.text, 'plaintext');
    if (card.formula.ranges.length) markdown.appendMarkdown(`${escaped(card.formula.ranges.join(' · '))}\n\n`);
  }
  return markdown;
}

const head = ({ title, label, fused }: HoverCard): string => [title, label, fused].filter(Boolean).join(' · ');
