import { tapBytes } from '../../core/formats/onnx/taps';
import { runFacts } from '../../core/running';
import type { RunSource } from '../../protocol/host';
import type { ModelDocument } from '../editor/document';
import type { Analysis } from '../editor/reading';
import { findLabels } from './companions';
import { savedSettings } from './settings';
import type { Address } from './images';
import * as vscode from 'vscode';

/** Everything the page's runtime needs; the weights themselves are fetched by the page where it can. */
export async function runSource(
  document: ModelDocument,
  { facts, reading, scene }: Analysis,
  address: Address,
): Promise<RunSource> {
  const file = await document.openFile();
  const { graph, model } = facts;
  const run = runFacts(facts);
  const names = run.taps.map((id) => graph.values[id]!.name);
  const weights = scene.header.weights;
  return {
    url: address(document.uri),
    size: file?.bytes.size ?? 0,
    taps: tapBytes(names),
    values: [...run.taps, ...graph.outputs].map((value) => ({ value, name: graph.values[value]!.name })),
    outputs: run.outputs,
    external: await externalFiles(document, model.externalFiles ?? [], address),
    inputs: run.inputs,
    preparation: run.preparation,
    labels: await findLabels(document, model.metadata, run.classes),
    saved: savedSettings(document, run.inputs, run.preparation),
    obstacle: damage(reading.diagnostics) ?? run.obstacle,
    weights: weights === 'trained' || weights === 'untrained' ? weights : null,
  };
}

/** A file the reader could not follow to its end is none a runtime can load. */
const FATAL = /^(file\/.*|onnx\/(truncated|malformed|not-onnx|no-graph|external-refused))$/;

function damage(diagnostics: Analysis['reading']['diagnostics']): RunSource['obstacle'] {
  const worst = diagnostics.find(({ code, severity }) => severity === 'error' && FATAL.test(code));
  return worst ? { what: vscode.l10n.t('The file is damaged, so it cannot run.'), hint: worst.message } : null;
}

async function externalFiles(
  document: ModelDocument,
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
