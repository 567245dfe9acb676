import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { hoverCard } from '../../../src/core/view/card';
import { inspector } from '../../../src/core/view/inspector';
import { buildScene, draw } from '../../../src/core/view/scene';
import { modelOf, type ModelSpec, type NodeSpec } from '../../support/onnxModel';

const norm = (x: string, y: string): NodeSpec => ({
  op: 'BatchNormalization',
  inputs: [x, 'channel', 'channel', 'channel', 'channel'],
  outputs: [y],
});

/** Two strided 5×5 and a 3×3 on 16 pixels: the third sees 5 + 4·2 = 13 of 16 before it, the fourth 13 + 2·4 = 21. */
const spec: ModelSpec = {
  opset: 13,
  inputs: { x: [1, 2, 16, 16] },
  constants: { five: { shape: [2, 2, 5, 5] }, three: { shape: [2, 2, 3, 3] }, channel: { shape: [2] } },
  nodes: [
    { op: 'Conv', inputs: ['x', 'five'], outputs: ['a'], attrs: { strides: [2, 2], pads: [2, 2, 2, 2] } },
    norm('a', 'b'),
    { op: 'Conv', inputs: ['b', 'five2'], outputs: ['c'], attrs: { strides: [2, 2], pads: [2, 2, 2, 2] } },
    { op: 'Conv', inputs: ['c', 'three'], outputs: ['d'], attrs: { pads: [1, 1, 1, 1] } },
    { op: 'Conv', inputs: ['d', 'three2'], outputs: ['e'], attrs: { pads: [1, 1, 1, 1] } },
    norm('e', 'f'),
    { op: 'Add', inputs: ['e', 'f'], outputs: ['g'] },
  ],
  outputs: ['g'],
};
const { constants } = spec;
const drawing = draw(
  analyze(modelOf({ ...spec, constants: { ...constants, five2: constants!.five!, three2: constants!.three! } })),
);

const row = (node: number, key: string): string | undefined => {
  const onCard = hoverCard(drawing, node)?.rows.find((r) => r.key === key)?.value;
  assert.equal(inspector(drawing, node)?.rows.find((r) => r.key === key)?.value, onCard);
  return onCard;
};

describe('what could be done better', () => {
  it('says which layers already see more than there is, with both numbers', () => {
    assert.equal(row(4, 'unproductive'), 'its input already sees 21 of 16 pixels');
    for (const productive of [0, 2, 3]) assert.equal(row(productive, 'unproductive'), undefined);
  });

  it('marks them in the scene', () => {
    const { nodes } = buildScene(drawing, 'x');
    assert.deepEqual(
      nodes.map(({ unproductive }) => unproductive !== ''),
      [false, false, false, false, true, false, false],
    );
  });

  it('says which batch norm goes into which layer, on both of them', () => {
    assert.equal(row(1, 'folds'), 'into the Conv before it');
    assert.equal(row(0, 'folds'), 'the Batch norm after it, into this layer');
  });

  it('folds nothing into a layer whose output is read elsewhere', () => {
    assert.equal(row(5, 'folds'), undefined);
    assert.equal(row(4, 'folds'), undefined);
  });
});

describe('a batch norm', () => {
  it('whose variance only a run tells cannot be folded', () => {
    const layers = (variance: string) =>
      draw(
        analyze(
          modelOf({
            opset: 13,
            inputs: { x: [1, 2, 6, 6], live: [2] },
            constants: { w: { shape: [2, 2, 3, 3] }, channel: { shape: [2] } },
            nodes: [
              { op: 'Conv', inputs: ['x', 'w'], outputs: ['a'] },
              { op: 'BatchNormalization', inputs: ['a', 'channel', 'channel', 'channel', variance], outputs: ['y'] },
            ],
            outputs: ['y'],
          }),
        ),
      );
    const folds = (variance: string) => hoverCard(layers(variance), 1)?.rows.some((r) => r.key === 'folds');
    assert.equal(folds('channel'), true);
    assert.equal(folds('live'), false);
  });
});

describe('the input that receptive fields refer to', () => {
  const two = modelOf({
    opset: 13,
    inputs: { left: [1, 3, 8, 8], right: [1, 3, 12, 12], ids: [1, 4], flag: [] },
    inputTypes: { ids: 'int64' },
    constants: { w: { shape: [2, 3, 3, 3] }, v: { shape: [2, 3, 7, 7] } },
    nodes: [
      { op: 'Conv', inputs: ['left', 'w'], outputs: ['a'] },
      { op: 'Conv', inputs: ['right', 'v'], outputs: ['b'] },
      { op: 'Add', inputs: ['a', 'b'], outputs: ['y'] },
    ],
    outputs: ['y', 'ids', 'flag'],
  });
  const header = (imageInput?: string) =>
    buildScene(draw(analyze(two, imageInput === undefined ? {} : { imageInput })), 'x');

  it('can be any with space in it', () => {
    assert.deepEqual(header().header.fieldInput, {
      chosen: 'left',
      choices: [
        { name: 'left', size: '3×8×8' },
        { name: 'right', size: '3×12×12' },
      ],
    });
    assert.deepEqual(
      header().nodes.map((n) => n.sees),
      [3, null, 3],
    );
    const right = header('right');
    assert.equal(right.header.fieldInput?.chosen, 'right');
    assert.equal(right.header.input, '1×3×12×12');
    assert.deepEqual(right.imageSize, [12, 12]);
    assert.deepEqual(
      right.nodes.map((n) => n.sees),
      [null, 7, 7],
    );
  });

  it('is named by what sees nothing of it', () => {
    const facts = analyze(two, { imageInput: 'right' });
    const sees = hoverCard(draw(facts), 0)?.rows.find((r) => r.key === 'sees')?.value;
    assert.equal(sees, 'nothing of “right”');
  });

  it('is no choice where there is one', () => {
    assert.equal(buildScene(drawing, 'x').header.fieldInput, null);
  });

  it('has its extents where the channels are last as well', () => {
    const last = modelOf({
      opset: 13,
      inputs: { x: [1, 10, 12, 3] },
      nodes: [{ op: 'Transpose', inputs: ['x'], outputs: ['y'], attrs: { perm: [0, 3, 1, 2] } }],
      outputs: ['y'],
    });
    assert.deepEqual(buildScene(draw(analyze(last)), 'x').imageSize, [10, 12]);
  });
});
