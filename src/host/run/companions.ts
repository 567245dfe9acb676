import * as vscode from 'vscode';
import { insideFolder, labelFiles, parseLabels } from '../../core/labels';
import type { RunSource } from '../../protocol/host';
import type { ModelDocument } from '../editor/document';
import { IMAGENET_LABELS } from '../samples/manifest';
import { readWhole } from '../sources/workspaceFile';

/** Nobody's label file is larger; what is, is no label file. */
const LARGEST_LABELS = 8e6;

const IMAGENET_CLASSES = 1000;

type Labels = NonNullable<RunSource['labels']>;

/** Class names: the file the model names, else one beside it, else ImageNet's where there are a thousand classes. */
export async function findLabels(
  document: ModelDocument,
  metadata: ReadonlyMap<string, string>,
  classes: number | null,
): Promise<RunSource['labels']> {
  const named = metadata.get('convlens.labels');
  for (const path of named === undefined ? labelFiles(document.name) : [named]) {
    const names = await readLabels(document, path);
    // Beside a model may lie the labels of another one: their number tells.
    if (names && (named !== undefined || classes === null || names.length === classes)) {
      return { names, source: path, assumed: false };
    }
  }
  return classes === IMAGENET_CLASSES ? imageNet(document) : null;
}

async function readLabels(document: ModelDocument, path: string): Promise<readonly string[] | null> {
  if (!insideFolder(path)) return null;
  const file = await document.openFile();
  const sibling = await file?.sibling(path);
  if (sibling?.kind !== 'found' || sibling.bytes.size > LARGEST_LABELS) return null;
  return parseLabels(new TextDecoder().decode(await sibling.bytes.read(0, sibling.bytes.size)));
}

async function imageNet({ services }: ModelDocument): Promise<Labels | null> {
  try {
    const bytes = await readWhole(vscode.Uri.joinPath(services.sampleRoot, IMAGENET_LABELS));
    const names = parseLabels(new TextDecoder().decode(bytes));
    return names && { names, source: 'ImageNet', assumed: true };
  } catch (error) {
    services.log.warn(String(error));
    return null;
  }
}
