import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Dim } from '../ir/dim';
import type { Model, TensorType, ValueId } from '../ir/types';
import { contradict } from './declared';
import type { AnalysisOptions } from './facts';
import * as problems from './problems';
import type { Given } from './shapes';

/** The sizes the user set, and what they say about the names the file uses for extents. */
export function overrides(
  model: Model,
  options: AnalysisOptions,
  report: (d: Diagnostic) => void,
): { readonly given: ReadonlyMap<ValueId, Given>; readonly bindings: ReadonlyMap<string, number> } {
  const given = new Map<ValueId, Given>();
  const bindings = new Map<string, number>();
  for (const [name, shape] of options.inputShapes ?? []) {
    const id = model.graph.valueByName.get(name);
    if (id === undefined || !model.graph.inputs.includes(id)) {
      report(problems.unknownInput({}, name));
      continue;
    }
    const declared = model.graph.values[id]?.declared ?? null;
    bindNames(declared?.shape ?? [], shape, bindings);
    const type: TensorType = { dtype: declared?.dtype ?? 'float32', shape };
    const changed = !declared?.shape || contradict(type, declared) || declared.shape.some((d) => typeof d !== 'number');
    given.set(id, { operand: { type, contents: null, constant: false }, changed });
  }
  return { given, bindings };
}

/** `[N, 3, H, W]` set to `[1, 3, 64, 96]` says what N, H and W are everywhere. */
function bindNames(declared: readonly Dim[], shape: readonly Dim[], bindings: Map<string, number>): void {
  if (declared.length !== shape.length) return;
  declared.forEach((d, i) => {
    const extent = shape[i];
    const isName = typeof d === 'object' && d !== null && d.constant === 0 && d.terms.length === 1;
    if (isName && d.terms[0]?.factor === 1 && typeof extent === 'number') bindings.set(d.text, extent);
  });
}
