import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { definitionSchema } from '../../../src/core/language/schema';
import { violations, type Schema } from '../../support/jsonSchema';
import { format } from 'prettier';

const root = join(__dirname, '../../..');
const file = join(root, 'schemas/definition.schema.json');

describe('the JSON Schema of definitions', () => {
  const schema = JSON.parse(JSON.stringify(definitionSchema())) as Schema;

  it('is the one that ships (UPDATE_SCHEMA=1 writes it)', async () => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    if (process.env.UPDATE_SCHEMA) writeFileSync(file, text);
    assert.equal(readFileSync(file, 'utf8'), text);
  });

  for (const folder of ['lecture', 'zoo']) {
    it(`admits every sample of ${folder}`, () => {
      const path = join(root, 'samples', folder);
      for (const name of readdirSync(path)) {
        assert.deepEqual(violations(schema, parse(readFileSync(join(path, name), 'utf8'))), [], name);
      }
    });
  }

  it('refuses what is no definition', () => {
    const wrong = [
      'inputs: 8x8x1',
      'input: big',
      'input: {size: 8x8x1, values: 0..2}',
      'seed: -1',
      'layers: conv',
      'layers: [{conv: {channels: true}}]',
      'layers: [{conv: 64 3x3, stride: [1]}]',
      'layers: [{dense: 10, bias: []}]',
    ];
    for (const text of wrong) assert.notDeepEqual(violations(schema, parse(text)), [], text);
  });
});
