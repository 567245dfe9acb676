import assert from 'node:assert/strict';
import { formulaView } from '../../../src/core/view/mathml';
import type { FormulaView } from '../../../src/core/view/types';
import { runOperator, type Setting } from '../../support/operatorRun';

function viewOf(op: string, setting: Setting): FormulaView {
  const { def, context } = runOperator(op, setting);
  const formula = def.formula?.(context);
  assert.ok(formula, op);
  return formulaView(formula, null);
}

describe('formulas that compare', () => {
  const pair = (dtype?: 'bool' | 'int32'): Setting => ({
    inputs: [
      { shape: [3], ...(dtype && { dtype }) },
      { shape: [3], ...(dtype && { dtype }) },
    ],
  });
  const against = (value: number): Setting => ({ inputs: [{ shape: [3] }, { shape: [], values: [value] }] });

  for (const [op, setting, text, latex] of [
    ['Equal', against(16000), 'Y[k] = (A[k] = 16000)', 'Y [ k ] = ( A [ k ] = 16000 )'],
    ['Greater', against(0), 'Y[k] = (A[k] > 0)', 'Y [ k ] = ( A [ k ] > 0 )'],
    ['GreaterOrEqual', pair(), 'Y[k] = (A[k] ≥ B[k])', 'Y [ k ] = ( A [ k ] \\ge  B [ k ] )'],
    ['Less', pair(), 'Y[k] = (A[k] < B[k])', 'Y [ k ] = ( A [ k ] < B [ k ] )'],
    ['LessOrEqual', against(-2), 'Y[k] = (A[k] ≤ −2)', 'Y [ k ] = ( A [ k ] \\le  - 2 )'],
    ['And', pair('bool'), 'Y[k] = (A[k] ∧ B[k])', 'Y [ k ] = ( A [ k ] \\wedge  B [ k ] )'],
    ['Or', pair('bool'), 'Y[k] = (A[k] ∨ B[k])', 'Y [ k ] = ( A [ k ] \\vee  B [ k ] )'],
    ['Xor', pair('bool'), 'Y[k] = (A[k] ⊻ B[k])', 'Y [ k ] = ( A [ k ] \\veebar  B [ k ] )'],
    ['BitwiseAnd', pair('int32'), 'Y[k] = (A[k] ∧ B[k])', 'Y [ k ] = ( A [ k ] \\wedge  B [ k ] )'],
    ['Not', { inputs: [{ shape: [3], dtype: 'bool' }] }, 'Y[k] = ¬(X[k])', 'Y [ k ] = \\neg ( X [ k ] )'],
    [
      'BitShift',
      { ...pair('int32'), attrs: { direction: 'RIGHT' } },
      'Y[k] = (A[k] ≫ B[k])',
      'Y [ k ] = ( A [ k ] \\gg  B [ k ] )',
    ],
  ] satisfies readonly (readonly [string, Setting, string, string])[])
    it(op, () => {
      const view = viewOf(op, setting);
      assert.deepEqual([view.text, view.latex], [text, latex]);
    });
});

describe('formulas of a resize to one place', () => {
  const to = (from: readonly number[], sizes: readonly number[]): FormulaView =>
    viewOf('Resize', {
      inputs: [{ shape: from }, null, null, { shape: [4], values: sizes }],
      attrs: { mode: 'linear', coordinate_transformation_mode: 'align_corners' },
    });

  it('say which one is read', () => {
    const { notes, text } = to([1, 3, 5, 5], [1, 3, 1, 9]);
    assert.deepEqual(notes.slice(0, 2), ['y′ = 0', 'x′ = x/2']);
    assert.match(text, /λ\(y′ − u\)/);
  });

  it('leave axes alone that have one place before and after', () => {
    const { notes } = to([1, 1, 1, 5], [1, 1, 1, 9]);
    assert.equal(notes[0], 'x′ = x/2');
    assert.ok(!notes.some((note) => /^[bky]′/.test(note)), notes.join('; '));
  });
});
