import { strict as assert } from 'node:assert';
import { analyze, type Facts } from '../../../src/core/analysis';
import { openModel } from '../../../src/core/formats';
import { dimText } from '../../../src/core/ir/dim';
import type { TensorType } from '../../../src/core/ir/types';
import { listOf, listWith } from '../../../src/core/ops/lists';
import { loneFile, seeded } from '../../support/modelFile';
import { encodeOnnx, type ModelSpec, type NodeSpec } from '../../support/onnxModel';
import { runOperator, shapeOfType } from '../../support/operatorRun';

const scalar = (value: number) => ({ shape: [], ints: [value] });
const node = (op: string, inputs: readonly string[], output: string, attrs: NodeSpec['attrs'] = {}): NodeSpec => ({
  op,
  inputs,
  outputs: [output],
  attrs,
});

async function factsOf(spec: ModelSpec): Promise<Facts> {
  const { model } = await openModel(loneFile(encodeOnnx(spec)));
  return analyze(model!);
}

const shapeIn = ({ graph, types }: Facts, name: string): string =>
  types[graph.valueByName.get(name)!]?.shape?.map(dimText).join(' ') ?? 'unknown';

describe('lists of tensors', () => {
  const split = (inputs: readonly (readonly number[] | number)[], axis: number, keepdims = 1) =>
    runOperator('SplitToSequence', {
      inputs: [
        { shape: [1, 7, 6] },
        ...inputs.map((value) =>
          typeof value === 'number' ? { shape: [], values: [value] } : { shape: [value.length], values: value },
        ),
      ],
      attrs: { axis, keepdims },
    }).types[0];

  it('know each piece of a tensor that is cut', () => {
    const extents = (type: ReturnType<typeof split>) =>
      type?.elements && Array.from(type.elements, (piece) => shapeOfType(piece));
    assert.deepEqual(extents(split([3], 1)), ['[1,3,6]', '[1,3,6]', '[1,1,6]']);
    assert.deepEqual(extents(split([[2, 5]], 1)), ['[1,2,6]', '[1,5,6]']);
    assert.equal(shapeOfType(split([[2, 5]], 1)), '[1,?,6]');
    assert.deepEqual(extents(split([], 0, 0)), ['[7,6]']);
    assert.equal(extents(split([], -1))?.length, 6);
  });

  it('say what is no piece', () => {
    const { diagnostics } = runOperator('SplitToSequence', {
      inputs: [{ shape: [4] }, { shape: [2], values: [-1, 5] }],
    });
    assert.deepEqual(
      diagnostics.map((d) => d.code),
      ['shape/impossible'],
    );
  });

  const picked = (nodes: readonly NodeSpec[], output = 'y'): Promise<Facts> =>
    factsOf({
      opset: 13,
      inputs: { a: [2, 3], b: [2, 4], c: [2, 5], at: [] },
      inputTypes: { at: 'int64' },
      constants: { zero: scalar(0), last: scalar(-1), far: scalar(9) },
      nodes,
      outputs: [output],
    });
  const list = node('SequenceConstruct', ['a', 'b'], 'ab');

  it('give back what was put in, from either end', async () => {
    for (const [place, shape] of [
      ['zero', '2 3'],
      ['last', '2 4'],
      ['at', '2 ?'],
      ['far', '2 ?'],
    ] as const)
      assert.equal(shapeIn(await picked([list, node('SequenceAt', ['ab', place], 'y')]), 'y'), shape, place);
  });

  it('grow and shrink at the place that is said, at the end where none is', async () => {
    const after = async (change: NodeSpec): Promise<string> => {
      const facts = await picked([list, change, node('SequenceAt', ['changed', 'zero'], 'y')]);
      const length = facts.types[facts.graph.valueByName.get('changed')!]?.elements?.length;
      return `${length}: ${shapeIn(facts, 'y')}`;
    };
    assert.equal(await after(node('SequenceInsert', ['ab', 'c', 'zero'], 'changed')), '3: 2 5');
    assert.equal(await after(node('SequenceInsert', ['ab', 'c'], 'changed')), '3: 2 3');
    assert.equal(await after(node('SequenceInsert', ['ab', 'c', 'at'], 'changed')), '3: 2 ?');
    assert.equal(await after(node('SequenceErase', ['ab', 'zero'], 'changed')), '1: 2 4');
    assert.equal(await after(node('SequenceErase', ['ab'], 'changed')), '1: 2 3');
    assert.equal(await after(node('SequenceErase', ['ab', 'at'], 'changed')), '1: 2 ?');
  });

  it('joined are as long as all together', async () => {
    const joined = async (attrs: NodeSpec['attrs'], from = list): Promise<string> =>
      shapeIn(await picked([from, node('ConcatFromSequence', ['ab'], 'y', attrs)]), 'y');
    assert.equal(await joined({ axis: 1 }), '2 7');
    assert.equal(await joined({ axis: -1 }), '2 7');
    const alike = node('SequenceConstruct', ['a', 'a', 'a'], 'ab');
    assert.equal(await joined({ axis: 0, new_axis: 1 }, alike), '3 2 3');
    assert.equal(await joined({ axis: -1, new_axis: 1 }, alike), '2 3 3');
  });

  /** A list to which a loop adds a tensor a turn, as often as the input says. */
  const loop: ModelSpec = {
    opset: 13,
    inputs: { x: [2, 3], turns: [] },
    inputTypes: { turns: 'int64' },
    constants: { yes: { shape: [], ints: [1], dtype: 'bool' } },
    nodes: [
      node('SequenceEmpty', [], 'none'),
      node('Loop', ['turns', 'yes', 'none'], 'filled', {
        body: {
          graph: {
            opset: 13,
            inputs: { turn: [], goes: [], before: [] },
            inputTypes: { turn: 'int64', goes: 'bool', before: 'unknown' },
            nodes: [node('SequenceInsert', ['before', 'x'], 'after'), node('Identity', ['goes'], 'again')],
            outputs: ['again', 'after'],
            outputTypes: { again: 'bool', after: 'unknown' },
          },
        },
      }),
      node('ConcatFromSequence', ['filled'], 'y', { axis: 0, new_axis: 1 }),
    ],
    outputs: ['y'],
  };

  it('of a length that only a run tells leave that extent open, and say why', async () => {
    const facts = await factsOf(loop);
    assert.equal(shapeIn(facts, 'y'), '? 2 3');
    const said = facts.diagnostics.filter(({ code }) => code === 'shape/list-length');
    assert.deepEqual(
      said.map(({ severity, node: at }) => [severity, at]),
      [['info', 2]],
    );
    assert.match(said[0]!.message, /how many tensors the list holds.* axis 0/);
  });
});

describe('lists that grow one by one', () => {
  it('hold what a list written at once holds, wherever elements are put in', () => {
    const random = seeded(9);
    const tensor = (extent: number): TensorType => ({ dtype: 'float32', shape: [2, extent] });
    for (let turn = 0; turn < 20; turn++) {
      const plain: TensorType[] = [];
      let list = listOf([]);
      for (let i = 0; i < 60; i++) {
        const place = random() < 0.6 ? plain.length : Math.floor(random() * (plain.length + 1));
        const element = tensor(random() < 0.9 ? 3 : i);
        plain.splice(place, 0, element);
        list = listWith(list, list.elements!, place, element);
        const { elements, ...common } = list;
        const { elements: _, ...expected } = listOf(plain);
        assert.deepEqual(common, expected);
        assert.deepEqual([...elements!], plain);
        assert.equal(elements!.length, plain.length);
        const at = Math.floor(random() * plain.length);
        assert.equal(elements!.at(at), plain[at]);
        assert.equal(elements!.at(-1), plain.at(-1));
        assert.equal(elements!.at(plain.length), undefined);
      }
    }
  });

  it('say no longer what each element is once there are too many', () => {
    let list = listOf([]);
    for (let i = 0; i < 5000 && list.elements; i++)
      list = listWith(list, list.elements, i, { dtype: 'float32', shape: [1] });
    assert.equal(list.elements, undefined);
    assert.deepEqual(list.shape, [1]);
  });
});
