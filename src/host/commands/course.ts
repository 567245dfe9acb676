import * as vscode from 'vscode';
import { chapterOfName, chapterOfNet } from '../../core/course';
import { chapterOf, CHAPTERS, samplePath, type Chapter } from '../../core/course/chapters';
import type { ModelPanel } from '../editor/panel';
import { readWhole } from '../sources/workspaceFile';
import { workspaceEdit } from '../text/convert';
import { textOf } from '../text/course';
import { isDefinition } from '../text/language';
import { openText, type Workbench } from './open';

/** Kept for this workspace: the chapter one was at. */
const MEMORY = 'convlens.course.chapter';

/**
 * The chapters of the course, one after the other in one text and its graph. The text is a copy that has no file, so nobody's work is
 * in it; what a student changed is there again when they come back, and can be undone like anything typed.
 */
export class Course {
  /** The text of each chapter as it was left. */
  private readonly left = new Map<Chapter, string>();
  /** One chapter is opened after the other: two at once would write over each other. */
  private turn: Promise<void> = Promise.resolve();
  /** How many chapters were asked for by name. */
  private asked = 0;

  constructor(private readonly bench: Workbench) {}

  /**
   * Opens a chapter by its id; without one: that of the net in front, else the one where one was last. What is asked for while another
   * chapter is being opened waits its turn, and is passed over when one that was asked for later takes its place.
   */
  open(id: unknown, anew: boolean): Promise<void> {
    const own = id === undefined ? this.asked : ++this.asked;
    const opened = this.turn.then(() => (own === this.asked ? this.openNow(id, anew) : undefined));
    this.turn = opened.catch(() => undefined);
    return opened;
  }

  private async openNow(id: unknown, anew: boolean): Promise<void> {
    const panel = id === undefined ? await this.inFront() : await this.show(chapterOf(id), anew);
    const opened = panel ?? (await this.show(this.last(), false));
    const chapter = await this.chapterIn(opened);
    opened.panel.reveal(undefined, false);
    opened.command({ kind: 'course' });
    if (!chapter) return;
    await this.bench.services.memory.update(MEMORY, chapter.id);
    // Ticks the step of the walkthrough.
    await vscode.commands.executeCommand('setContext', `convlens.course.${chapter.id}`, true);
  }

  private last(): Chapter {
    return chapterOf(this.bench.services.memory.get(MEMORY)) ?? CHAPTERS[0]!;
  }

  /** The graph of the definition that is looked at, if that is of the course. */
  private async inFront(): Promise<ModelPanel | null> {
    const { graphs, panels } = this.bench;
    const text = vscode.window.activeTextEditor?.document;
    const panel = text && isDefinition(text) ? panels.of(text.uri) : panels.active;
    if (panel) return (await this.chapterIn(panel)) ? panel : null;
    // No graph is opened only to see what it is of.
    return text && isDefinition(text) && isOfCourse(text.getText()) ? graphs.open(text.uri) : null;
  }

  private async show(chapter: Chapter | null, anew: boolean): Promise<ModelPanel> {
    if (!chapter) throw new Error(vscode.l10n.t('The course has no such chapter.'));
    const { services } = this.bench;
    const sample = new TextDecoder().decode(
      await readWhole(vscode.Uri.joinPath(services.sampleRoot, samplePath(chapter))),
    );
    const copy = await this.copy();
    if (!copy) return openText(this.bench, this.left.get(chapter) ?? sample);
    if (copy.chapter === chapter && !anew) return copy.panel;
    const before = copy.document.getText();
    if (copy.chapter !== chapter) this.left.set(copy.chapter, before);
    const text = copy.chapter === chapter ? sample : (this.left.get(chapter) ?? sample);
    await write(copy.document, text);
    // The cursor would stand at the end, and select the last layer.
    for (const editor of vscode.window.visibleTextEditors)
      if (editor.document === copy.document) {
        const start = new vscode.Position(0, 0);
        editor.selection = new vscode.Selection(start, start);
        editor.revealRange(new vscode.Range(start, start));
      }
    return copy.panel;
  }

  /** The text without a file that a chapter of the course stands in; the one in front first. */
  private async copy(): Promise<{
    readonly panel: ModelPanel;
    readonly document: vscode.TextDocument;
    readonly chapter: Chapter;
  } | null> {
    const { active, list } = this.bench.panels;
    for (const panel of active ? [active, ...list] : list) {
      const document = panel.document.uri.scheme === 'untitled' ? textOf(panel.document) : null;
      const chapter = document && (await this.chapterIn(panel));
      if (chapter) return { panel, document, chapter };
    }
    return null;
  }

  /** Of a text, as it stands now: its graph is that of the chapter before until typing has paused. */
  private async chapterIn({ document: model }: ModelPanel): Promise<Chapter | null> {
    const text = textOf(model);
    if (!text) return chapterOfNet((await model.analysis()).drawing);
    return chapterOfName((await this.bench.texts.latest(text)).definition.settings.name);
  }
}

/** How often a text is written anew that somebody types in at that moment. */
const TRIES = 4;

async function write(document: vscode.TextDocument, text: string): Promise<void> {
  for (let left = TRIES; left > 0; left--) {
    const { length } = document.getText();
    if (await vscode.workspace.applyEdit(workspaceEdit(document, [{ span: { start: 0, end: length }, text }]))) return;
  }
  throw new Error(vscode.l10n.t('The text of the course could not be changed.'));
}

const isOfCourse = (text: string): boolean => CHAPTERS.some(({ net }) => text.split(/\r?\n/).includes(`name: ${net}`));
