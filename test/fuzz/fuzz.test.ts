import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../support/modelFile';
import { campaign } from './campaign';
import { KINDS } from './kinds';
import { mutate } from './mutate';
import { seedFiles } from './seeds';

const SEED = 2026;
/** Two thousand models, in the long run twenty thousand, and definitions, pictures and arrays beside them. */
const MODELS = process.env.CONVLENS_LONG ? 20_000 : 2000;
const CASES = MODELS * 1.5;

describe('files damaged at random', () => {
  it('gives the same damage for the same seed', () => {
    const files = seedFiles();
    const once = mutate(files[0]!, files, seeded(7));
    assert.deepEqual(mutate(files[0]!, files, seeded(7)), once);
    assert.notDeepEqual(mutate(files[0]!, files, seeded(8)), once);
  });

  it(`are opened, analysed and drawn with nothing but diagnostics: ${CASES} of them`, async function () {
    this.timeout(CASES * 400);
    const { tried, finds, kinds } = await campaign(SEED, 0, CASES);
    assert.deepEqual(
      finds.map(({ at, error }) => `case ${at}: ${error.split('\n').slice(0, 4).join('\n')}`),
      [],
    );
    assert.equal(tried, CASES);
    assert.deepEqual([...kinds.keys()].sort(), ['array', 'definition', 'model', 'picture']);
    assert.ok(kinds.get('model')! > MODELS, `${kinds.get('model')} models`);
  });

  it('stays right about what fuzzing has found before', async () => {
    const folder = join(__dirname, 'finds');
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      const kind = KINDS.find(({ extension }) => name.endsWith(extension));
      assert.ok(kind, name);
      await kind.hold(readFileSync(join(folder, name)), seeded(1));
    }
  });
});
