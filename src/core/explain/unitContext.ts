/** A node with the sizes it had in a run: the operator's own rules answer for these. */
import type { NodeId, ValueId } from '../ir/types';
import { AttrReader } from '../ops/attributes';
import type { OpDef, TypedContext } from '../ops/operator';
import type { NodeSource } from './nodeSource';

/** One input as it was in the run; small ones with their elements, which shapes may depend on. */
export interface RunOperand {
  readonly shape: readonly number[];
  readonly contents: readonly number[] | null;
}

export interface UnitContext extends TypedContext {
  readonly source: NodeSource;
  /** By input; null where it was left out. */
  readonly shapes: readonly (readonly number[] | null)[];
  /** Of the first output, as the runtime made it. */
  readonly shape: readonly number[];
  /** False where the operator's rule says another shape: then runtime and specification differ, and nothing can be explained. */
  readonly asSpecified: boolean;
}

/** `output` is the shape of the first output in the run. */
export function unitContext(
  def: OpDef,
  source: NodeSource,
  inputs: readonly (RunOperand | null)[],
  output: readonly number[],
): UnitContext {
  const attrs = new Map(source.attrs);
  const operands = source.inputs.map((operand, i) => {
    const run = inputs[i];
    if (!operand || !run) return null;
    const values = run.contents ?? operand.contents;
    return {
      type: { dtype: operand.dtype, shape: run.shape },
      contents: values && { dtype: operand.dtype, shape: run.shape, values },
      constant: operand.constant,
    };
  });
  const context = {
    node: {
      id: 0 as NodeId,
      name: '',
      op: source.op,
      domain: source.domain,
      attrs,
      inputs: source.inputs.map((operand) => (operand ? (operand.value as ValueId) : null)),
      outputs: source.outputs.map((value) => value as ValueId | null),
      metadata: new Map<string, string>(),
      doc: '',
      origin: null,
    },
    attrs: new AttrReader(attrs),
    opset: source.opset,
    inputs: operands,
    subgraph: () => [],
    report: () => undefined,
  };
  const inferred = def.types(context);
  const said = inferred[0]?.shape;
  const differs = said?.some((extent, axis) => typeof extent === 'number' && extent !== output[axis]) ?? false;
  const outputs = inferred.map((type, i) => (i === 0 && type ? { ...type, shape: output } : type));
  return {
    ...context,
    outputs,
    source,
    shapes: inputs.map((input) => input?.shape ?? null),
    shape: output,
    asSpecified: !differs && (!said || said.length === output.length),
  };
}
