import fc from 'fast-check';
import type { ModelSpec, NodeSpec } from './onnxModel';

/** A net of one size all through, so that operators can be taken out and put in anywhere. */
interface Layer {
  readonly name: string;
  readonly op: 'Conv' | 'LeakyRelu' | 'Add' | 'MaxPool';
  /** Tells apart what is otherwise the same. */
  readonly number: number;
  /** Names of layers; `x` is the input. */
  readonly inputs: readonly string[];
}

type Edit = 'delete' | 'insert' | 'change';

interface Edited {
  readonly before: readonly Layer[];
  readonly after: readonly Layer[];
  readonly deleted: readonly string[];
  readonly inserted: readonly string[];
  readonly changed: readonly string[];
}

const attributes = ({ op, number }: Layer): NodeSpec['attrs'] => {
  switch (op) {
    case 'Conv': {
      const dilation = 1 + (number % 5);
      return { dilations: [dilation, dilation], pads: Array<number>(4).fill(dilation) };
    }
    case 'LeakyRelu':
      return { alpha: { float: number / 1024 } };
    case 'MaxPool':
      return { kernel_shape: [3, 3], pads: [1, 1, 1, 1] };
    case 'Add':
      return {};
  }
};

/** `call` gives the names that stand in the file; '' for none. */
export function specOf(layers: readonly Layer[], call: (name: string) => string = (name) => name): ModelSpec {
  const value = new Map([
    ['x', 'x'],
    ...layers.map(({ name }, i) => [name, call(name) ? `${name}_out` : `t${i}`] as const),
  ]);
  return {
    opset: 17,
    inputs: { x: [1, 4, 24, 24] },
    constants: { w: { shape: [4, 4, 3, 3] } },
    nodes: layers.map((layer) => ({
      op: layer.op,
      name: call(layer.name),
      inputs: [...layer.inputs.map((name) => value.get(name)!), ...(layer.op === 'Conv' ? ['w'] : [])],
      outputs: [value.get(layer.name)!],
      attrs: attributes(layer) ?? {},
    })),
    outputs: [value.get(layers.at(-1)!.name)!],
  };
}

const layers: fc.Arbitrary<readonly Layer[]> = fc
  .array(fc.record({ kind: fc.nat(9), at: fc.nat(40) }), { minLength: 4, maxLength: 40 })
  .map((plan) => {
    const made: Layer[] = [];
    const names = ['x'];
    // The newest tensor mostly; every join takes the newest and an older one: no layer is left without a reader.
    for (const [i, { kind, at }] of plan.entries()) {
      const newest = names.at(-1)!;
      const older = names[at % names.length]!;
      const op = kind < 4 ? 'Conv' : kind < 8 || older === newest ? 'LeakyRelu' : 'Add';
      const name = `${op.toLowerCase()}${i}`;
      made.push({ name, op, number: i + 1, inputs: op === 'Add' ? [newest, older] : [newest] });
      names.push(name);
    }
    return made;
  });

/** A net and a copy of it with some edits, each of another layer. What is put in is pooling, which nothing else is. */
export const editedNets: fc.Arbitrary<Edited> = fc
  .tuple(
    layers,
    fc.array(fc.tuple(fc.nat(1000), fc.constantFrom<Edit>('delete', 'insert', 'change')), { maxLength: 6 }),
  )
  .map(([before, edits]) => {
    let after = [...before];
    const touched = new Set<string>();
    const told = { deleted: [] as string[], inserted: [] as string[], changed: [] as string[] };
    for (const [pick, edit] of edits) {
      const layer = before[pick % before.length]!;
      if (touched.has(layer.name)) continue;
      const at = after.findIndex(({ name }) => name === layer.name);
      const reads = (from: string, to: string): Layer[] =>
        after.map((one) => (one.name === to ? one : { ...one, inputs: one.inputs.map((n) => (n === from ? to : n)) }));
      if (edit === 'insert') {
        const name = `pool_after_${layer.name}`;
        after = reads(layer.name, name);
        after.splice(at + 1, 0, { name, op: 'MaxPool', number: 0, inputs: [layer.name] });
        told.inserted.push(name);
      } else if (edit === 'delete' && layer.op !== 'Add') {
        after = reads(layer.name, after[at]!.inputs[0]!).filter(({ name }) => name !== layer.name);
        if (!after.length) after = [...before];
        else told.deleted.push(layer.name);
      } else if (edit === 'change' && layer.op === 'LeakyRelu') {
        after = after.map((one) => (one.name === layer.name ? { ...one, number: one.number + 500 } : one));
        told.changed.push(layer.name);
      } else continue;
      touched.add(layer.name);
    }
    return { before, after, ...told };
  });
