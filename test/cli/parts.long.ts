import assert from 'node:assert/strict';
import { describeCorpus } from '../support/corpus';
import { partsComputeTheSame, runnable } from '../support/modelParts';

describeCorpus('converting and cutting nets at their full size', (corpus) => {
  const models = runnable(corpus, true);
  it('tries all of them', () => assert.ok(models.length >= 14, String(models.length)));
  for (const model of models) partsComputeTheSame(model);
});
