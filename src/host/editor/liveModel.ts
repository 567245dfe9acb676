import type * as vscode from 'vscode';
import type { ModelFile } from '../../core/bytes/source';
import type { Services } from './services';
import type { Analysis, Choices, InputShapes } from './reading';

export interface Change {
  readonly analysis: Analysis;
  /** Who asked for it and has the answer already; `null` for changes of the file or text. */
  readonly origin: unknown;
}

/**
 * The model as it runs: the file as it lies there, or one written from a text. Its nodes and values bear the numbers of those on
 * show, but may have fewer channels.
 */
export interface Runnable extends Pick<Analysis, 'facts' | 'drawing'> {
  /** Bytes of the ONNX file. */
  readonly size: number;
  /** Where the page may fetch it; null where the bytes have to be handed over. */
  readonly uri: vscode.Uri | null;
  /** The whole file, in an array of its own. */
  bytes(): Promise<Uint8Array>;
  /** Why it cannot run; null when it can. */
  readonly obstacle: { readonly what: string; readonly hint: string } | null;
  /** What to know about it beside: that it is a narrow twin, say. */
  readonly notes: readonly string[];
}

/** What an editor shows: a model that may change while it is looked at, be it a file of bytes or a text that is being typed. */
export interface LiveModel {
  readonly uri: vscode.Uri;
  readonly services: Services;
  readonly name: string;
  /** Pictures and labels beside the model are looked for here. */
  readonly folder: vscode.Uri;
  readonly onDidChange: vscode.Event<Change>;
  /** The model is gone; the last picture stays. The text says what happened. */
  readonly onDidLose: vscode.Event<string>;
  /** It has another `uri` now; of models that can go on under another name. */
  readonly onDidMove?: vscode.Event<void>;
  /** Aborted when the model is closed or read again. */
  readonly signal: AbortSignal;
  /** What is known of the model now; waits for reading and analysis. */
  analysis(): Promise<Analysis>;
  /** What weights are read from, and files beside it; null when it could not be opened. */
  openFile(): Promise<ModelFile | null>;
  runnable(): Promise<Runnable>;
  /** Puts a small net into a text that has none yet. */
  begin?(): Promise<void>;
  /** Extents that were chosen in place of those the model declares. */
  readonly shapes: InputShapes;
  /** Works everything out anew for what the user chose; null where the model itself was changed and will tell. */
  choose(choices: Partial<Choices>, origin: unknown): Promise<Analysis | null>;
}
