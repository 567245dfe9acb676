import { strict as assert } from 'node:assert';
import type { Diagnostic } from '../../src/core/diagnostics/diagnostic';
import { dimText, type Dim } from '../../src/core/ir/dim';
import type { Attr, DType, Graph, NodeId, TensorType, ValueId } from '../../src/core/ir/types';
import { lookup } from '../../src/core/ops';
import { AttrReader } from '../../src/core/ops/attributes';
import type { Dependence } from '../../src/core/ops/dependence';
import type { Contents, OpContext, OpDef, Operand, TypedContext } from '../../src/core/ops/operator';

/** An input as a test writes it: a shape, and for small ones their elements. */
export interface Given {
  readonly shape: readonly Dim[] | null;
  readonly dtype?: DType;
  readonly values?: readonly Dim[];
  readonly constant?: boolean;
}

/** Numbers are integers, lists of numbers too; floats are said to be. */
export type AttrGiven =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly attr: Attr };

export interface Setting {
  readonly domain?: string;
  readonly opset?: number;
  readonly inputs: readonly (Given | null)[];
  readonly attrs?: Readonly<Record<string, AttrGiven>>;
  readonly outputs?: number;
  readonly subgraph?: (graph: Graph, inputs: readonly (Operand | null)[]) => readonly Operand[];
}

export interface Outcome {
  readonly def: OpDef;
  readonly context: TypedContext;
  readonly types: readonly (TensorType | null)[];
  readonly contents: readonly (Contents | null)[];
  readonly diagnostics: readonly Diagnostic[];
}

function attrOf(given: AttrGiven): Attr {
  if (typeof given === 'number') return { kind: 'int', value: given };
  if (typeof given === 'string') return { kind: 'string', value: given };
  if ('float' in given) return { kind: 'float', value: given.float };
  if ('floats' in given) return { kind: 'floats', value: given.floats };
  if ('attr' in given) return given.attr;
  return { kind: 'ints', value: given };
}

function operandOf({ shape, dtype, values, constant }: Given): Operand {
  const type: TensorType = { dtype: dtype ?? (values ? 'int64' : 'float32'), shape };
  const known = values && shape?.every((d) => typeof d === 'number');
  const contents = known ? { dtype: type.dtype, shape: shape.map(Number), values } : null;
  return { type, contents, constant: constant ?? values !== undefined };
}

/** Runs an operator's rules on one node, as the analysis would. */
export function runOperator(op: string, setting: Setting): Outcome {
  const def = lookup(setting.domain ?? '', op);
  assert.ok(def, `nobody knows ${op}`);
  const attrs = new Map(Object.entries(setting.attrs ?? {}).map(([name, given]) => [name, attrOf(given)]));
  const diagnostics: Diagnostic[] = [];
  const context: OpContext = {
    node: {
      id: 0 as NodeId,
      name: '',
      op,
      domain: setting.domain ?? '',
      attrs,
      inputs: setting.inputs.map((given, i) => (given ? (i as ValueId) : null)),
      outputs: Array.from({ length: setting.outputs ?? 1 }, (_, i) => (100 + i) as ValueId),
      metadata: new Map(),
      doc: '',
      origin: null,
    },
    attrs: new AttrReader(attrs),
    opset: setting.opset ?? 22,
    inputs: setting.inputs.map((given) => given && operandOf(given)),
    subgraph: setting.subgraph ?? (() => []),
    report: (diagnostic) => diagnostics.push(diagnostic),
  };
  const types = def.types(context);
  const typed: TypedContext = { ...context, outputs: types };
  return { def, context: typed, types, contents: def.evaluate?.(typed) ?? [], diagnostics };
}

/** `[1,H,⌊W/2⌋]`; `…` for an unknown rank. */
export const shapeOfType = (type: TensorType | null | undefined): string =>
  type?.shape ? `[${type.shape.map(dimText).join(',')}]` : '…';

export const dependenceOf = (outcome: Outcome, output = 0, input = 0): Dependence | null =>
  outcome.def.dependence?.(outcome.context)[output]?.[input] ?? null;
