import * as vscode from 'vscode';
import { analyze } from '../../core/analysis';
import { headPlace } from '../../core/analysis/headPlace';
import { cutModel } from '../../core/ir/cut';
import { headChannels, headSynapses, isClasses, type HeadPlace, type HeadPlan, type NewHead } from '../../core/ir/head';
import { integer } from '../../core/view/numbers';
import type { LiveModel } from './liveModel';
import { askTarget } from './output';
import { offerToOpen, writeModel } from './writeModel';

/** Writes the net up to a layer as a model of its own; false when the person thinks better of it. */
export async function cutHere(document: LiveModel, node: number): Promise<boolean> {
  // The file may be written anew while the person chooses: weights are read where they were when it was analysed.
  const file = await document.openFile();
  const { facts, scene } = await document.analysis();
  const { graph, types } = facts;
  // A box ends where its activation ends.
  const last = graph.nodes[scene.nodes[node]?.pill?.node ?? node];
  const at = last?.outputs.find((output) => output !== null);
  if (at === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('A net can be cut behind a layer of its main graph.'));
    return false;
  }
  const place = headPlace(facts, at);
  const channels = headChannels(types[at] ?? null, place);
  const head = facts.constant[at] ? null : await askHead(channels, place);
  if (head === undefined) return false;
  const base = document.name.replace(/(\.cnn)?\.[^.]+$/i, '');
  const layer = scene.nodes[node]?.shortName.replace(/\W+/g, '_') ?? '';
  const name = [base, layer, head ? `head${head.classes}` : ''].filter(Boolean).join('-');
  const target = await askTarget(document, `${name}.onnx`, { ONNX: ['onnx'] });
  if (!target) return false;
  const model = cutModel(facts.model, [at], (id) => types[id] ?? null, head);
  if ((await writeModel(target, model, file, document)) === null) return false;
  const kept = analyze(head ? cutModel(facts.model, [at], (id) => types[id] ?? null) : model);
  const words = vscode.l10n.t(
    '{0} was written: {1} of {2} operators and {3} of {4} parameters remain.',
    target.path.split('/').at(-1) ?? '',
    integer(kept.graph.nodes.length),
    integer(graph.nodes.length),
    integer(kept.totals.parameters),
    integer(facts.totals.parameters),
  );
  void offerToOpen(target, [words, facts.constant[at] ? '' : headWords(channels, head)].join(' ').trim());
  return true;
}

/** What a head learns, or why there can be none. */
function headWords(channels: number | string, head: HeadPlan | null): string {
  if (typeof channels === 'string') return channels;
  return head
    ? vscode.l10n.t(
        'Its new head of {0} classes has {1} synapses to learn.',
        integer(head.classes),
        integer(headSynapses(channels, head.classes)),
      )
    : vscode.l10n.t(
        'A new dense head on its {0} channels learns {1} synapses for each class.',
        integer(channels),
        integer(channels + 1),
      );
}

/** Asks for the classes of a new head; null for none, undefined when the person thinks better of it. */
async function askHead(channels: number | string, place: HeadPlace | string): Promise<NewHead | null | undefined> {
  if (typeof channels === 'string' || typeof place === 'string') return null;
  const said = await vscode.window.showInputBox({
    // See the size of an input: the keyboard may go elsewhere for a moment.
    ignoreFocusOut: true,
    title: vscode.l10n.t('Cut Here'),
    prompt: vscode.l10n.t('Classes of a new head on the {0} channels; nothing for no head', integer(channels)),
    placeHolder: vscode.l10n.t('No head'),
    validateInput: (text) => {
      const classes = text.trim();
      if (classes === '') return null;
      if (!/^\d+$/.test(classes) || !isClasses(channels, Number(classes)))
        return vscode.l10n.t('A whole number of classes, or nothing');
      const synapses = integer(headSynapses(channels, Number(classes)));
      return {
        message: vscode.l10n.t('{0} synapses to learn', synapses),
        severity: vscode.InputBoxValidationSeverity.Info,
      };
    },
  });
  if (said === undefined) return undefined;
  return said.trim() === '' ? null : { classes: Number(said), seed: 0, softmax: false, place };
}
