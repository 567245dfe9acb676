import assert from 'node:assert/strict';
import { describeCorpus } from '../support/corpus';
import { partsComputeTheSame, runnable } from '../support/modelParts';

describeCorpus('converting and cutting the models of the corpus', (corpus) => {
  const models = runnable(corpus, false);
  it('tries all of those that run', () => assert.ok(models.length >= 27, String(models.length)));
  for (const model of models) partsComputeTheSame(model);
});
