import type { Location } from '../../../diagnostics/diagnostic';
import { GraphBuilder } from '../../../ir/builder';
import type { Attr, Constant, Elements, TensorType } from '../../../ir/types';
import type { LayerRun } from './wire';

export const int = (value: number): Attr => ({ kind: 'int', value });
export const ints = (...value: readonly number[]): Attr => ({ kind: 'ints', value });
export const float = (value: number): Attr => ({ kind: 'float', value });
export const text = (value: string): Attr => ({ kind: 'string', value });

export type Attrs = Readonly<Record<string, Attr>>;

/** One operator of a layer: what it adds to the layer's name, and what it reads besides the result of the step before. */
export interface Step {
  /** '' for the operator that stands for the layer. */
  readonly suffix: string;
  readonly op: string;
  readonly attrs?: Attrs;
  /** All inputs, given the tensor from before. */
  readonly inputs?: (before: string) => readonly string[];
  /** A second output, by its tensor's name. */
  readonly second?: string;
}

/** Writes layers into a graph; no two nodes or tensors get the same name. */
export class Emitter {
  readonly builder: GraphBuilder;
  private readonly names = new Set<string>();

  constructor(name: string) {
    // What was wrong with the text has been told in its own words.
    this.builder = new GraphBuilder({ name, incomplete: true });
  }

  unique(name: string): string {
    let unique = name;
    for (let i = 2; this.names.has(unique); i++) unique = `${name}_${i}`;
    this.names.add(unique);
    return unique;
  }

  /** The steps of a layer one after the other; the last one makes the tensor that bears the layer's own name. */
  chain(run: LayerRun, before: string, steps: readonly Step[]): string {
    let tensor = before;
    steps.forEach((step, i) => {
      const last = i === steps.length - 1;
      const name = step.suffix === '' ? run.path : this.unique(`${run.path}_${step.suffix}`);
      const own = last ? run.path : step.suffix === '' ? this.unique(`${run.path}_${step.op.toLowerCase()}`) : name;
      const inputs = step.inputs?.(tensor) ?? [tensor];
      tensor = own;
      const id = this.builder.node({
        name,
        op: step.op,
        inputs,
        outputs: step.second === undefined ? [tensor] : [tensor, step.second],
        attrs: new Map(Object.entries(step.attrs ?? {})),
        origin: originOf(run),
      });
      run.nodes.push(id);
      if (step.suffix === '') run.main = id;
    });
    return tensor;
  }

  /** An operator before the layer's own, on one of its inputs. */
  aside(run: LayerRun, before: string, step: Step & { readonly name: string }): string {
    const { name, op } = step;
    const attrs = new Map(Object.entries(step.attrs ?? {}));
    const inputs = step.inputs?.(before) ?? [before];
    run.nodes.push(this.builder.node({ name, op, inputs, outputs: [name], attrs, origin: originOf(run) }));
    return name;
  }

  /** Float32 numbers; `null` for elements or extents that the text does not say yet. */
  constant(run: LayerRun, name: string, shape: readonly (number | null)[], elements: Elements | null): string {
    const own = this.unique(name);
    const type: TensorType = { dtype: 'float32', shape };
    const known = shape.every((extent): extent is number => extent !== null);
    const constant: Constant | null = known && elements ? { dtype: 'float32', shape, elements } : null;
    this.builder.constant(own, constant, type, originOf(run));
    return own;
  }

  scalar(run: LayerRun, name: string, value: number): string {
    return this.constant(run, name, [], { kind: 'inline', values: [value] });
  }

  integers(run: LayerRun, name: string, values: readonly number[]): string {
    const own = this.unique(name);
    const shape = [values.length];
    const type: TensorType = { dtype: 'int64', shape };
    this.builder.constant(own, { dtype: 'int64', shape, elements: { kind: 'inline', values } }, type, originOf(run));
    return own;
  }
}

/** The layer's own place; inside a block that is the block's. */
const originOf = (run: LayerRun): Location => ({ kind: 'text', span: run.layer.span });
