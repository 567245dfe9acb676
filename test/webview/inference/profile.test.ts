import assert from 'node:assert/strict';
import { readProfile, timesByLayer } from '../../../webview/inference/profile';

const kernel = (name: string, index: number, op: string, dur: number): string =>
  `{"cat" : "Node","pid" :42,"tid" :1,"dur" :${dur},"ts" :1,"ph" : "X","name" :"${name}_kernel_time","args" : {"node_index" : "${index}","provider" : "CPUExecutionProvider","op_name" : "${op}"}},`;
const run = (dur: number): string =>
  `{"cat" : "Session","pid" :42,"tid" :1,"dur" :${dur},"ts" :1,"ph" : "X","name" :"model_run","args" : {}},`;
const before =
  '{"cat" : "Node","pid" :42,"dur" :0,"ts" :1,"ph" : "B","name" :"Conv_0_fence_before","args" : {"op_name" : "Conv"}},';

describe('the profile of the runtime', () => {
  const lines = [
    '[',
    '{"cat" : "Session","dur" :52900,"ts" :99,"ph" : "X","name" :"session_initialization","args" : {}},',
    before,
    ...[kernel('Conv_0', 0, 'Conv', 9000), kernel('/relu', 1, 'Relu', 900), run(10_000)],
    ...[kernel('Conv_0', 0, 'Conv', 2000), kernel('/relu', 1, 'Relu', 100), kernel('cast', 7, 'Cast', 50), run(2500)],
    ...[kernel('Conv_0', 0, 'Conv', 1000), kernel('/relu', 1, 'Relu', 300), kernel('cast', 7, 'Cast', 50), run(1500)],
    ']',
    'something else',
  ];

  it('is the mean of the runs that were not to warm up', () => {
    const profile = readProfile(lines, 1)!;
    assert.equal(profile.runs, 2);
    assert.equal(profile.ms, 2);
    assert.deepEqual(
      profile.kernels.map(({ name, op, ms }) => [name, op, ms]),
      [
        ['', 'Conv', 1.5],
        ['/relu', 'Relu', 0.2],
        ['cast', 'Cast', 0.05],
      ],
    );
    assert.equal(readProfile(lines, 3), null);
    assert.equal(readProfile([], 0), null);
  });

  it('is given to the layers of the file: Constants have no number there, and casts are nobody’s', () => {
    const layers = [
      { op: 'Constant', name: 'c' },
      { op: 'Conv', name: '' },
      { op: 'Relu', name: '/relu' },
      { op: 'Softmax', name: 'gone' },
    ];
    assert.deepEqual(timesByLayer(layers, readProfile(lines, 1)!), { ms: [null, 1.5, 0.2, null], other: 0.05 });
  });

  it('goes by names where the numbers are others, and guesses nothing', () => {
    const layers = [
      { op: 'Identity', name: 'folded' },
      { op: 'Conv', name: 'a' },
      { op: 'Conv', name: 'twice' },
      { op: 'Conv', name: 'twice' },
    ];
    const profile = readProfile([kernel('a', 0, 'Conv', 1000), kernel('twice', 9, 'Conv', 500), run(2000)], 0)!;
    assert.deepEqual(timesByLayer(layers, profile), { ms: [null, 1, null, null], other: 0.5 });
  });
});
