import * as vscode from 'vscode';
import { chapterOfNet, courseView, editsOf } from '../../core/course';
import type { CourseView } from '../../core/course/types';
import { record, whole } from '../editor/checks';
import type { LiveModel } from '../editor/liveModel';
import { workspaceEdit } from './convert';
import { isDefinition } from './language';

/** The text a model is written in; null for a file of bytes. */
export const textOf = ({ uri }: Pick<LiveModel, 'uri'>): vscode.TextDocument | null =>
  vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString() && isDefinition(one)) ?? null;

/** More sliders and digits than any chapter has: the largest picture of digits has 8 rows of 8. */
const MOST_SETTINGS = 80;

/** What the course says of a model. The request comes from the page. */
export async function courseOf(model: LiveModel, request: unknown): Promise<CourseView> {
  const { node, settings } = record(request, 'request');
  const values = Object.entries(record(settings, 'settings'));
  if (values.length > MOST_SETTINGS || values.some(([, value]) => typeof value !== 'number'))
    throw new TypeError('settings are no numbers');
  const { drawing } = await model.analysis();
  return courseView(drawing, textOf(model)?.getText() ?? null, {
    node: node === null ? null : whole(node, 'node'),
    settings: Object.fromEntries(values) as Record<string, number>,
  });
}

/** Does one of the changes that the chapter offers; anything else is none. */
export async function changeWord(model: LiveModel, id: string): Promise<boolean> {
  const document = textOf(model);
  const chapter = chapterOfNet((await model.analysis()).drawing);
  if (!document || !chapter) return false;
  const found = editsOf(chapter, document.getText()).find((edit) => edit.id === id);
  return found ? vscode.workspace.applyEdit(workspaceEdit(document, [found.edit])) : false;
}
