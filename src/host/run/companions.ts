import * as vscode from 'vscode';
import { findLabels } from '../../core/labels';
import type { RunSource } from '../../protocol/host';
import type { LiveModel } from '../editor/liveModel';
import { IMAGENET_LABELS } from '../samples/manifest';
import { readWhole } from '../sources/workspaceFile';

/** Class names of a model's first output: its own, or ImageNet's where there are as many classes. */
export async function labelsOf(
  document: LiveModel,
  metadata: ReadonlyMap<string, string>,
  classes: number | null,
): Promise<RunSource['labels']> {
  const file = await document.openFile();
  return findLabels({
    model: document.name,
    metadata,
    classes,
    sibling: (path) => file?.sibling(path) ?? Promise.resolve({ kind: 'missing' }),
    imageNet: () => imageNet(document),
  });
}

async function imageNet({ services }: LiveModel): Promise<string | null> {
  try {
    return new TextDecoder().decode(await readWhole(vscode.Uri.joinPath(services.sampleRoot, IMAGENET_LABELS)));
  } catch (error) {
    services.log.warn(String(error));
    return null;
  }
}
