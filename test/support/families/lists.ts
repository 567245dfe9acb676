import { ints, node, same3, weight, type Family } from './family';
import type { ModelSpec } from '../onnxModel';

const whole = (value: number): { readonly shape: readonly []; readonly ints: readonly [number] } => ({
  shape: [],
  ints: [value],
});

/** Lists of tensors: taken apart and put together again. */
const lists: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 2, 6, 8] },
    constants: { parts: whole(4), first: whole(0), w: weight(2, 2, 3, 3) },
    nodes: [
      node('SplitToSequence', ['x', 'parts'], 'list', { axis: 3 }),
      node('SequenceAt', ['list', 'first'], 'a'),
      node('Conv', ['a', 'w'], 'c', same3),
      node('SequenceInsert', ['list', 'c'], 'longer'),
      node('ConcatFromSequence', ['longer'], 'y', { axis: 3 }),
      node('SequenceLength', ['longer'], 'count'),
    ],
    outputs: ['y', 'count'],
    outputTypes: { count: 'int64' },
  },
  sizes: { x: [1, 2, 6, 8] },
  typesOnly: true,
};

/** `chunk` and `unbind` over the channels, each piece through layers of its own, and `stack`: pixels stay where they are. */
const chunked: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 4, 6, 7] },
    constants: {
      parts: whole(3),
      first: whole(0),
      last: whole(-1),
      w: weight(1, 3, 3, 3),
      v: weight(1, 1, 1, 3),
      axes: ints(1),
    },
    nodes: [
      node('SplitToSequence', ['x', 'parts'], 'list', { axis: 1 }),
      node('SequenceAt', ['list', 'first'], 'a'),
      node('SequenceAt', ['list', 'last'], 'b'),
      node('Conv', ['a', 'w'], 'c', same3),
      node('Conv', ['b', 'v'], 'd', { pads: [0, 1, 0, 1] }),
      node('SequenceConstruct', ['c', 'd'], 'made'),
      node('ConcatFromSequence', ['made'], 'stacked', { axis: 1, new_axis: 1 }),
      node('SequenceErase', ['list', 'first'], 'rest'),
      node('SequenceInsert', ['rest', 'c', 'first'], 'longer'),
      node('ConcatFromSequence', ['longer'], 'joined', { axis: 1 }),
      node('SplitToSequence', ['x'], 'each', { axis: 1, keepdims: 0 }),
      node('SequenceAt', ['each', 'last'], 'plane'),
      node('Unsqueeze', ['plane', 'axes'], 'y'),
      node('SequenceLength', ['each'], 'count'),
    ],
    outputs: ['stacked', 'joined', 'y', 'count'],
    outputTypes: { count: 'int64' },
  },
  sizes: { x: [1, 4, 6, 7] },
};

/** What scripted loops leave behind: a condition that is always true, a list that grows by a tensor a turn. */
const growing: ModelSpec = {
  opset: 13,
  inputs: { turn: [], goes: [], carried: [1, 2, 5, 5] },
  inputTypes: { turn: 'int64', goes: 'bool' },
  constants: { w: weight(2, 2, 3, 3) },
  nodes: [
    node('Conv', ['carried', 'w'], 'next', same3),
    node('Identity', ['goes'], 'again'),
    node('ReduceMean', ['next'], 'mean', { axes: [2, 3], keepdims: 0 }),
  ],
  outputs: ['again', 'next', 'mean'],
  outputTypes: { again: 'bool' },
};
const scripted: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 2, 5, 5] },
    constants: { turns: whole(3), yes: { shape: [], ints: [1], dtype: 'bool' } },
    nodes: [node('Loop', ['turns', 'yes', 'x'], ['y', 'means'], { body: { graph: growing } })],
    outputs: ['y', 'means'],
  },
  sizes: { x: [1, 2, 5, 5] },
  typesOnly: true,
};

/** The same, but for a condition that ends it: how often it runs, only a run tells. */
const ending: Family = {
  spec: {
    ...scripted.spec,
    nodes: [
      node('Loop', ['turns', 'yes', 'x'], ['y', 'means'], {
        body: {
          graph: {
            ...growing,
            constants: { ...growing.constants, second: whole(1) },
            nodes: [...growing.nodes.filter(({ op }) => op !== 'Identity'), node('Less', ['turn', 'second'], 'again')],
          },
        },
      }),
    ],
  },
  sizes: { x: [1, 2, 5, 5] },
  typesOnly: true,
  unknown: ['means'],
};

export const listFamilies: Readonly<Record<string, Family>> = {
  lists,
  chunked,
  'scripted loop': scripted,
  'loop that ends early': ending,
};
