import * as vscode from 'vscode';
import { analyze } from '../../core/analysis';
import { cutModel } from '../../core/ir/cut';
import { integer } from '../../core/view/numbers';
import type { LiveModel } from './liveModel';
import { askTarget } from './output';
import { offerToOpen, writeModel } from './writeModel';

/** Writes the net up to a layer as a model of its own; false when the person thinks better of it. */
export async function cutHere(document: LiveModel, node: number): Promise<boolean> {
  const { facts, scene } = await document.analysis();
  const { graph, types } = facts;
  // A box ends where its activation ends.
  const last = graph.nodes[scene.nodes[node]?.pill?.node ?? node];
  const at = last?.outputs.find((output) => output !== null);
  if (at === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('A net can be cut behind a layer of its main graph.'));
    return false;
  }
  const base = document.name.replace(/(\.cnn)?\.[^.]+$/i, '');
  const layer = scene.nodes[node]?.shortName.replace(/\W+/g, '_') ?? '';
  const name = [base, layer].filter(Boolean).join('-');
  const target = await askTarget(document, `${name}.onnx`, { ONNX: ['onnx'] });
  if (!target) return false;
  const model = cutModel(facts.model, [at], (id) => types[id] ?? null);
  if ((await writeModel(target, model, await document.openFile())) === null) return false;
  const kept = analyze(model);
  const channels = types[at]?.shape?.[1];
  const words = vscode.l10n.t(
    '{0} was written: {1} of {2} operators and {3} of {4} parameters remain.',
    target.path.split('/').at(-1) ?? '',
    integer(kept.graph.nodes.length),
    integer(graph.nodes.length),
    integer(kept.totals.parameters),
    integer(facts.totals.parameters),
  );
  const head =
    typeof channels === 'number'
      ? vscode.l10n.t(
          'A new dense head on its {0} channels learns {1} synapses for each class.',
          integer(channels),
          integer(channels + 1),
        )
      : '';
  void offerToOpen(target, [words, head].filter(Boolean).join(' '));
  return true;
}
