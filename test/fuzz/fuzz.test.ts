import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../support/modelFile';
import { campaign } from './campaign';
import { hold } from './invariants';
import { mutate } from './mutate';
import { seedFiles } from './seeds';

const SEED = 2026;

describe('files damaged at random', () => {
  it('gives the same damage for the same seed', () => {
    const files = seedFiles();
    const once = mutate(files[0]!, files, seeded(7));
    assert.deepEqual(mutate(files[0]!, files, seeded(7)), once);
    assert.notDeepEqual(mutate(files[0]!, files, seeded(8)), once);
  });

  it('opens, analyses and draws 2,000 of them with nothing but diagnostics', async function () {
    this.timeout(600_000);
    const { tried, finds } = await campaign(SEED, 0, 2000);
    assert.deepEqual(
      finds.map(({ at, error }) => `case ${at}: ${error.split('\n').slice(0, 4).join('\n')}`),
      [],
    );
    assert.equal(tried, 2000);
  });

  it('stays right about what fuzzing has found before', async () => {
    const folder = join(__dirname, 'finds');
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      await hold(readFileSync(join(folder, name)), seeded(1), name);
    }
  });
});
