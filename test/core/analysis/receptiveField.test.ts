import { strict as assert } from 'node:assert';
import type { Facts, ReceptiveField } from '../../../src/core/analysis';
import { unproductive } from '../../../src/core/analysis/effectiveField';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import type { ModelSpec } from '../../support/onnxModel';
import { type Layer, letter, net } from '../../support/smallNet';

function fieldOf(facts: Facts, name: string): ReceptiveField {
  const field = facts.fields[facts.graph.valueByName.get(name)!];
  assert.ok(field, `${name} has a field`);
  return field;
}

/** `smallest–size /stride from start` along the first axis of the picture. */
function brief(facts: Facts, name: string): string {
  const { size, smallest, stride, start } = fieldOf(facts, name);
  const range = size[0] === smallest[0] ? String(size[0]) : `${smallest[0]}–${size[0]}`;
  return `${range} /${stride[0]} from ${start[0]}`;
}

const misalignments = (facts: Facts): readonly string[] =>
  facts.diagnostics.filter((d) => d.code === 'field/misaligned').map((d) => `${d.node}: ${d.message}`);

const picture = [1, 1, 64, 64];
const pads = [1, 1, 1, 1];
const halved = { strides: [2, 2] };

describe('the receptive field of a layer', () => {
  it('grows by kernel and stride', () => {
    const facts = net(picture, [
      ['Conv', ['x', '3x3'], { pads }],
      ['Relu', ['a']],
      ['MaxPool', ['b'], { kernel_shape: [2, 2], ...halved }],
      ['Conv', ['c', '5x5']],
    ]);
    assert.deepEqual(
      ['x', 'a', 'b', 'c', 'd'].map((name) => brief(facts, name)),
      ['1 /1 from 0', '3 /1 from -1', '3 /1 from -1', '4 /2 from -1', '12 /2 from -1'],
    );
    assert.equal(fieldOf(facts, 'a'), fieldOf(facts, 'b'), 'pointwise layers share the record');
  });

  it('has its own numbers along each axis, of which there may be one or three', () => {
    const flat = fieldOf(net([1, 1, 9, 9], [['Conv', ['x', '1x7']]]), 'a');
    assert.deepEqual(flat.size, [1, 7]);
    const sound = fieldOf(net([1, 1, 99], [['Conv', ['x', '8'], { strides: [4] }]]), 'a');
    assert.deepEqual([sound.size, sound.stride, sound.axes], [[8], [4], [2]]);
    const volume = fieldOf(net([1, 1, 9, 9, 9], [['Conv', ['x', '3x1x2']]]), 'a');
    assert.deepEqual(volume.size, [3, 1, 2]);
  });

  it('has holes where dilation skips pixels, until another layer fills them', () => {
    const facts = net(picture, [
      ['Conv', ['x', '3x3'], { dilations: [2, 2] }],
      ['Conv', ['a', '2x2']],
      ['Conv', ['x', '2x2'], { strides: [3, 3] }],
      ['Conv', ['c', '3x3']],
    ]);
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((name) => fieldOf(facts, name).dense),
      [false, true, true, false],
    );
    assert.deepEqual(
      ['a', 'b', 'd'].map((name) => brief(facts, name)),
      ['5 /1 from 0', '6 /1 from 0', '8 /3 from 0'],
    );
  });

  it('differs from unit to unit after upsampling', () => {
    const facts = net(picture, [
      ['MaxPool', ['x'], { kernel_shape: [4, 4], strides: [4, 4] }],
      ['ConvTranspose', ['a', '2x2'], halved],
      ['Conv', ['b', '3x3'], { pads }],
      ['ConvTranspose', ['a', '1x1'], halved],
      ['MaxPool', ['c'], { kernel_shape: [2, 2], ...halved }],
    ]);
    assert.equal(brief(facts, 'b'), '4 /2 from 0');
    assert.equal(brief(facts, 'c'), '8 /2 from -4');
    assert.equal(brief(facts, 'd'), '0–4 /2 from 0', 'every second unit of a bed of nails sees nothing');
    assert.equal(brief(facts, 'e'), '12 /4 from -4', 'pooling two phases makes all units alike again');
  });

  it('is the union where branches meet, even a cross', () => {
    const facts = net(picture, [
      ['Conv', ['x', '1x3'], { pads: [0, 1, 0, 1] }],
      ['Conv', ['x', '3x1'], { pads: [1, 0, 1, 0] }],
      ['Add', ['a', 'b']],
      ['Conv', ['c', '2x2']],
    ]);
    const [cross, filled] = [fieldOf(facts, 'c'), fieldOf(facts, 'd')];
    assert.deepEqual([cross.size, cross.dense, cross.aligned], [[3, 3], false, true]);
    assert.deepEqual([filled.size, filled.dense], [[4, 4], false], 'the corners are still missing');
    const plan = fieldPlan(facts)!;
    assert.equal(unitField(plan, facts.graph.valueByName.get('c')!, [5, 5])?.pixels, 5);
    assert.equal(unitField(plan, facts.graph.valueByName.get('d')!, [5, 5])?.pixels, 12);
  });

  it('follows axes through Transpose and Reshape', () => {
    const facts = net(
      [1, 1, 8, 8],
      [
        ['Conv', ['x', '3x1'], { pads: [1, 0, 1, 0] }],
        ['Transpose', ['a'], { perm: [0, 2, 3, 1] }],
        ['Reshape', ['b', 'shape']],
      ],
      { shape: { shape: [2], ints: [1, -1] } },
    );
    assert.deepEqual(
      [fieldOf(facts, 'b').axes, fieldOf(facts, 'b').size],
      [
        [1, 2],
        [3, 1],
      ],
    );
    const flat = fieldOf(facts, 'c');
    assert.deepEqual([flat.axes, flat.size, flat.whole], [[null, null], [null, null], true]);
  });

  it('knows pictures with the channels last', () => {
    const facts = net([1, 16, 16, 3], [['Transpose', ['x'], { perm: [0, 3, 1, 2] }]]);
    assert.deepEqual(
      [fieldOf(facts, 'x').axes, fieldOf(facts, 'a').axes],
      [
        [1, 2],
        [2, 3],
      ],
    );
  });
});

describe('a global operator', () => {
  it('makes the field whole, and the size unknown to the summary', () => {
    const facts = net(picture, [
      ['Conv', ['x', '3x3']],
      ['GlobalAveragePool', ['a']],
      ['Flatten', ['b']],
    ]);
    for (const name of ['b', 'c']) {
      const { size, smallest, stride, start, whole } = fieldOf(facts, name);
      assert.deepEqual(
        [size, smallest, stride, start, whole],
        [[null, null], [null, null], [null, null], [null, null], true],
      );
    }
    const value = facts.graph.valueByName.get('c')!;
    assert.equal(unitField(fieldPlan(facts)!, value, [])?.pixels, 64 * 64);
    assert.equal(unitField(fieldPlan(facts)!, value, [], { cutGlobal: true })?.pixels, 0);
  });

  it('beside a local path leaves the local size (squeeze and excitation)', () => {
    const facts = net(picture, [
      ['Conv', ['x', '3x3'], { pads }],
      ['GlobalAveragePool', ['a']],
      ['Sigmoid', ['b']],
      ['Mul', ['a', 'c']],
      ['Conv', ['d', '3x3'], { pads }],
    ]);
    assert.equal(brief(facts, 'e'), '5 /1 from -2');
    assert.equal(fieldOf(facts, 'e').whole, true);
    const [plan, value] = [fieldPlan(facts)!, facts.graph.valueByName.get('e')!];
    assert.equal(unitField(plan, value, [9, 9])?.pixels, 64 * 64);
    assert.equal(unitField(plan, value, [9, 9], { cutGlobal: true })?.pixels, 25);
  });

  it('along one axis leaves the other', () => {
    const field = fieldOf(net(picture, [['ReduceMean', ['x'], { axes: [2] }]]), 'a');
    assert.deepEqual([field.size, field.stride, field.whole], [[null, 1], [null, 1], true]);
  });
});

describe('paths that meet', () => {
  it('are aligned when they have one stride and one centre', () => {
    const facts = net(picture, [
      ['Conv', ['x', '3x3'], { ...halved, pads }],
      ['Conv', ['x', '1x1'], halved],
      ['Add', ['a', 'b']],
    ]);
    assert.equal(fieldOf(facts, 'c').aligned, true);
    assert.deepEqual(misalignments(facts), []);
  });

  it('are named with their offset when they look at different places', () => {
    // TensorFlow's SAME puts the odd padding at the end, so that a 3×3 with stride 2 looks one pixel further than a 1×1.
    const same = { ...halved, auto_pad: 'SAME_UPPER' };
    const facts = net(picture, [
      ['Conv', ['x', '3x3'], same],
      ['Conv', ['x', '1x1'], same],
      ['Add', ['a', 'b']],
      ['Relu', ['c']],
    ]);
    assert.equal(fieldOf(facts, 'd').aligned, false, 'and so is what follows');
    assert.equal(misalignments(facts).length, 1);
    assert.match(misalignments(facts)[0]!, /^2: .*centres 1 pixels apart \(rows\), centres 1 pixels apart \(columns\)/);
  });

  it('are aligned after pooling and upsampling by the same factor', () => {
    const facts = net(picture, [
      ['MaxPool', ['x'], { kernel_shape: [2, 2], ...halved }],
      ['ConvTranspose', ['a', '2x2'], halved],
      ['Concat', ['b', 'x'], { axis: 1 }],
    ]);
    assert.deepEqual([fieldOf(facts, 'c').aligned, brief(facts, 'c')], [true, '2 /1 from 0']);
  });

  it('are no misalignment when they are laid side by side', () => {
    const facts = net(picture, [
      ['Conv', ['x', '3x3'], { pads }],
      ['Conv', ['x', '5x5'], { pads: [2, 2, 2, 2] }],
      ['Concat', ['a', 'b'], { axis: 3 }],
    ]);
    assert.deepEqual(misalignments(facts), []);
    assert.deepEqual(
      [fieldOf(facts, 'c').size, fieldOf(facts, 'c').smallest],
      [
        [5, 5],
        [5, 3],
      ],
    );
  });
});

describe('what is not known', () => {
  it('is null behind an operator nobody knows', () => {
    const facts = net(picture, [
      ['Sparkle', ['x']],
      ['Relu', ['a']],
      ['Add', ['b', 'x']],
    ]);
    const value = facts.graph.valueByName.get('c')!;
    assert.equal(facts.fields[value], null);
    assert.equal(unitField(fieldPlan(facts)!, value, [0, 0]), null);
  });

  it('is null for a unit there is not, and nothing for a value without the picture', () => {
    const facts = net(picture, [['Conv', ['x', '3x3']]]);
    const [plan, value] = [fieldPlan(facts)!, facts.graph.valueByName.get('a')!];
    for (const at of [[62, 0], [-1, 0], [0.5, 0], [0], []]) assert.equal(unitField(plan, value, at), null);
    assert.equal(unitField(plan, facts.graph.valueByName.get('3x3')!, [0, 0])?.pixels, 0);
  });
});

describe('the border', () => {
  it('clips the field, and what lies outside counts as padding', () => {
    const facts = net(picture, [['Conv', ['x', '3x3'], { pads }]]);
    const field = unitField(fieldPlan(facts)!, facts.graph.valueByName.get('a')!, [0, 5]);
    assert.deepEqual(
      [field?.ranges, field?.pixels, field?.padding],
      [
        [
          [0, 1],
          [4, 6],
        ],
        6,
        3,
      ],
    );
    assert.deepEqual(field?.box, [
      [-1, 1],
      [4, 6],
    ]);
  });

  it('brings mirrored reads back into the picture', () => {
    const padded: ModelSpec['constants'] = { pads: { shape: [8], ints: [0, 0, 2, 2, 0, 0, 2, 2] } };
    const facts = net([1, 1, 8, 8], [['Pad', ['x', 'pads'], { mode: 'reflect' }]], padded);
    const field = unitField(fieldPlan(facts)!, facts.graph.valueByName.get('a')!, [0, 11]);
    assert.deepEqual(
      [field?.ranges, field?.padding],
      [
        [
          [2, 2],
          [5, 5],
        ],
        0,
      ],
    );
  });
});

describe('unproductive layers', () => {
  it('are convolutions whose input already sees more than the picture', () => {
    const layers: Layer[] = [['Conv', ['x', '3x3'], { pads }]];
    for (let i = 0; i < 4; i++) layers.push(['Conv', [letter(i), '3x3'], { pads }]);
    layers.push(['Conv', [letter(4), '1x1']]);
    // Fields of the inputs: 1, 3, 5, 7, 9 and 11 pixels on a picture of 8.
    assert.deepEqual(unproductive(net([1, 1, 8, 8], layers)), [4]);
    // All of the picture is not more than the picture.
    assert.deepEqual(unproductive(net([1, 1, 7, 7], layers)), [4]);
  });
});
