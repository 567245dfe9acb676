import * as vscode from 'vscode';
import { dimText } from '../../core/ir/dim';
import { record, text, wholes } from './checks';
import type { Analysis, InputShapes } from './reading';
import { parseShape } from './shapeText';

/** New extents of one input; `null` puts back what the file declares. */
export interface SizeChange {
  readonly input: string;
  readonly shape: readonly number[] | null;
}

/** No picture is larger; what is, is a slip of the finger. */
const LARGEST_EXTENT = 1 << 20;

export function withShape(shapes: InputShapes, { input, shape }: SizeChange): InputShapes {
  const changed = new Map(shapes);
  if (shape) changed.set(input, shape);
  else changed.delete(input);
  return changed;
}

/** What the page asks for, looked at: an input of this model and as many extents as it has. */
export function checkedShape(analysis: Analysis, request: unknown): SizeChange {
  const { input, shape } = record(request, 'request');
  const name = text(input, 'input');
  const problem = shapeProblem(analysis, name, wholes(shape, 'shape'));
  if (problem) throw new TypeError(problem);
  return { input: name, shape: wholes(shape, 'shape') };
}

function shapeProblem({ facts }: Analysis, name: string, shape: readonly number[]): string | null {
  const { graph } = facts;
  const id = graph.inputs.find((input) => graph.values[input]!.name === name);
  if (id === undefined) return vscode.l10n.t('The model has no input “{0}”', name);
  const declared = graph.values[id]!.declared?.shape;
  if (declared && declared.length !== shape.length)
    return vscode.l10n.t(
      '{0} extents are given, but this input has {1} axes: {2}',
      shape.length,
      declared.length,
      declared.map(dimText).join('×'),
    );
  const outside = shape.find((extent) => extent < 1 || extent > LARGEST_EXTENT);
  return outside === undefined
    ? null
    : vscode.l10n.t('{0} is no possible extent: each is a whole number from 1 to {1}', outside, LARGEST_EXTENT);
}

/** Asks for the extents; `null` when the person thinks better of it. */
export async function askInputSize(analysis: Analysis, shapes: InputShapes): Promise<SizeChange | null> {
  const { graph, imageInput } = analysis.facts;
  const first = imageInput ?? graph.inputs[0];
  if (first === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This model has no inputs.'));
    return null;
  }
  const input = graph.inputs.length === 1 ? graph.values[first]!.name : await pickInput(analysis);
  if (input === undefined) return null;
  const value = shapeText(analysis, input);
  const answer = await vscode.window.showInputBox({
    // The editor takes the keyboard back a moment after the palette closed, and one may look something up in the graph.
    ignoreFocusOut: true,
    title: vscode.l10n.t('Size of “{0}”', input),
    prompt: vscode.l10n.t('Extents as in 1×3×224×224. Leave it empty for what the file declares.'),
    value,
    valueSelection: [0, value.length],
    validateInput: (typed) => {
      if (typed.trim() === '') return null;
      const shape = parseShape(typed);
      return shape
        ? shapeProblem(analysis, input, shape)
        : vscode.l10n.t(
            '“{0}” is no list of extents: whole numbers with ×, x, commas or spaces between them, as in 1×3×224×224',
            typed,
          );
    },
  });
  if (answer === undefined) return null;
  if (answer.trim() === '') return shapes.has(input) ? { input, shape: null } : null;
  const shape = parseShape(answer);
  return shape ? { input, shape } : null;
}

function shapeText({ facts }: Analysis, input: string): string {
  const id = facts.graph.valueByName.get(input);
  const shape = id === undefined ? null : (facts.types[id]?.shape ?? null);
  return shape?.map(dimText).join('×') ?? '';
}

async function pickInput(analysis: Analysis): Promise<string | undefined> {
  const items = analysis.facts.graph.inputs.map((id) => {
    const { name } = analysis.facts.graph.values[id]!;
    return { label: name, description: shapeText(analysis, name) };
  });
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which input?') }))?.label;
}
