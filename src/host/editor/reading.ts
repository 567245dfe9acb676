import { analysing, type Facts } from '../../core/analysis';
import { declare, type Diagnostic } from '../../core/diagnostics/diagnostic';
import { openModel } from '../../core/formats';
import type { ModelFile } from '../../core/bytes/source';
import { GraphBuilder } from '../../core/ir/builder';
import type { Model } from '../../core/ir/types';
import { t } from '../../core/l10n/l10n';
import type { Steps } from '../../core/steps';
import { buildingScene, drawing, type Drawing } from '../../core/view/scene';
import type { Scene } from '../../core/view/types';

/** A model file as it was read: stays the same while only the user's choices change. */
export interface Reading {
  readonly name: string;
  readonly model: Model;
  /** False when the file is no model at all, and `model` is an empty stand-in. */
  readonly readable: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly bytesRead: number;
}

/** All that follows from a model and the user's choices. */
export interface Analysis {
  readonly reading: Reading;
  readonly facts: Facts;
  readonly drawing: Drawing;
  readonly scene: Scene;
}

export type InputShapes = ReadonlyMap<string, readonly number[]>;

const failed = declare('file/internal', 'error', (reason: string) =>
  t('ConvLens failed to analyse this model ({0}). Please report it; the log has more.', reason),
);

const NO_MODEL: Model = {
  format: '',
  producer: '',
  irVersion: null,
  opsets: new Map(),
  metadata: new Map(),
  functions: [],
  graph: new GraphBuilder().build().graph,
};

export async function readModel(file: ModelFile, signal: AbortSignal): Promise<Reading> {
  const { model, diagnostics, bytesRead } = await openModel(file, signal);
  return { name: file.name, model: model ?? NO_MODEL, readable: model !== null, diagnostics, bytesRead };
}

/** A reading for a file that could not even be opened. */
export const unreadable = (name: string, problem: Diagnostic): Reading => ({
  name,
  model: NO_MODEL,
  readable: false,
  diagnostics: [problem],
  bytesRead: 0,
});

/** What the user chose: extents by input, and the input that receptive fields refer to. */
export interface Choices {
  readonly inputShapes: InputShapes;
  /** Undefined: the one that looks most like an image. */
  readonly imageInput: string | undefined;
}

/** In steps. Analysis is ours to get right for any file; should it fail, the editor still opens, and says so. */
export function* analysed(reading: Reading, { inputShapes, imageInput }: Choices): Steps<Analysis> {
  const options = { inputShapes, ...(imageInput === undefined ? {} : { imageInput }) };
  try {
    return yield* finished(reading, yield* analysing(reading.model, options), []);
  } catch (error) {
    const problem = failed({}, error instanceof Error ? error.message : String(error));
    return yield* finished(reading, yield* analysing(NO_MODEL), [problem]);
  }
}

function* finished(reading: Reading, facts: Facts, more: readonly Diagnostic[]): Steps<Analysis> {
  const drawn = yield* drawing(facts, [...reading.diagnostics, ...more]);
  return { reading, facts, drawing: drawn, scene: yield* buildingScene(drawn, reading.name) };
}
