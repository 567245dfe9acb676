import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import { readDefinition } from '../../../src/core/formats/cnn/definition';

describe('fields beyond counting', () => {
  it('say what is inside the picture, and of the rest that it cannot be counted', () => {
    const layers = Array.from({ length: 1500 }, () => '  - conv: 1 3x3 stride 2 pad 1');
    const { model } = readDefinition(['input: 64x64x1', 'layers:', ...layers].join('\n'));
    const facts = analyze(model);
    const plan = fieldPlan(facts);
    const last = facts.graph.outputs[0]!;
    const field = plan && unitField(plan, last, [0, 0]);
    assert.ok(field);
    assert.deepEqual([field.padding, field.box], [null, null]);
    assert.ok(field.pixels > 0 && field.pixels <= 64 * 64);
  });
});
