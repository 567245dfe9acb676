import { tapBytes } from '../../core/formats/onnx/taps';
import { runFacts } from '../../core/running';
import type { RunSource } from '../../protocol/host';
import type { LiveModel, Runnable } from '../editor/liveModel';
import type { Analysis } from '../editor/reading';
import { labelsOf } from './companions';
import { savedSettings } from './settings';
import type { Address } from './images';
import * as vscode from 'vscode';

/** Everything the page's runtime needs; the weights themselves are fetched by the page where it can. `asIs`: of the model as it was. */
export async function runSource(
  document: LiveModel,
  { scene }: Analysis,
  address: Address,
  asIs: Runnable | null = null,
): Promise<RunSource> {
  const running = asIs ?? (await document.runnable());
  const { facts } = running;
  const { graph, model } = facts;
  const run = runFacts(facts);
  const names = run.taps.map((id) => graph.values[id]!.name);
  const weights = scene.header.weights;
  return {
    url: running.uri && address(running.uri),
    size: running.size,
    taps: tapBytes(names),
    values: [...run.taps, ...graph.outputs].map((value) => ({ value, name: graph.values[value]!.name })),
    outputs: run.outputs,
    external: await externalFiles(document, model.externalFiles ?? [], address),
    inputs: run.inputs,
    preparation: run.preparation,
    labels: await labelsOf(document, model.metadata, run.classes),
    saved: savedSettings(document, run.inputs, run.preparation),
    obstacle: running.obstacle ?? run.obstacle,
    notes: running.notes,
    weights: weights === 'trained' || weights === 'untrained' ? weights : null,
  };
}

async function externalFiles(
  document: LiveModel,
  paths: readonly string[],
  address: Address,
): Promise<RunSource['external']> {
  const file = await document.openFile();
  const found = [];
  for (const path of paths) {
    const sibling = await file?.sibling(path);
    if (sibling?.kind !== 'found') continue;
    found.push({ path, url: address(vscode.Uri.joinPath(document.folder, path)), size: sibling.bytes.size });
  }
  return found;
}
