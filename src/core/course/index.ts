import { t } from '../l10n/l10n';
import type { Drawing } from '../view/scene';
import { CHAPTERS, type Chapter } from './chapters';
import { findEdit, type FoundEdit } from './edits';
import type { CourseRequest, CourseStep, CourseView } from './types';

/** The chapter whose net bears this name. */
export const chapterOfName = (name: string): Chapter | null => CHAPTERS.find(({ net }) => net === name) ?? null;

/** The chapter whose net this is, by the net's name. */
export const chapterOfNet = ({ facts }: Drawing): Chapter | null => chapterOfName(facts.graph.name);

/** Changes of the text that the chapter offers and that can be made in it as it is. */
export const editsOf = (chapter: Chapter, source: string): readonly FoundEdit[] =>
  chapter.edits.map((edit) => findEdit(source, edit)).filter((found) => found !== null);

/** What the panel shows of a net; `source` is the text it is written in, null for a file. */
export function courseView(drawing: Drawing, source: string | null, request: CourseRequest): CourseView {
  const chapters = CHAPTERS.map(({ id, title }) => ({ id, title: title() }));
  const chapter = chapterOfNet(drawing);
  if (!chapter) return { chapters, at: null, text: [], question: '', blocks: [], steps: [] };
  const { blocks, steps } = chapter.content({ facts: drawing.facts, drawing, ...request });
  const changes = source === null ? [] : editsOf(chapter, source);
  return {
    chapters,
    at: CHAPTERS.indexOf(chapter),
    text: chapter.text(),
    question: chapter.question(),
    blocks,
    steps: [
      ...changes.map(({ id, from, to }): CourseStep => ({
        text: t('Change “{0}” to “{1}” in the text', from, to),
        action: { do: 'edit', edit: id },
      })),
      ...steps,
    ],
  };
}
