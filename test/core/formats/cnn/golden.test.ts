import { strict as assert } from 'node:assert';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../../../src/core/analysis';
import { readDefinition } from '../../../../src/core/formats/cnn/definition';
import { flatTable, layerRows } from '../../../../src/core/view/layerTable';
import { buildScene, draw } from '../../../../src/core/view/scene';
import { toMarkdown } from '../../../../src/core/view/table';

const samples = join(__dirname, '../../../../samples');
const golden = join(__dirname, '../../../goldens');

/**
 * What the layer table says of each sample, so that no number of a lesson changes unseen. That the numbers are right is for the
 * runtime and naive implementations to say, in lecture.test.ts and zoo.test.ts. CONVLENS_GOLDEN=1 writes them anew.
 */
describe('the layers of every sample written as text', () => {
  for (const folder of ['lecture', 'zoo'])
    for (const name of readdirSync(join(samples, folder)).filter((entry) => entry.endsWith('.cnn.yaml')))
      it(`${folder}/${name}`, () => {
        const { model, diagnostics } = readDefinition(readFileSync(join(samples, folder, name), 'utf8'));
        const facts = analyze(model);
        const rows = layerRows(facts, buildScene(draw(facts, diagnostics), name));
        const { parameters, macs } = facts.totals;
        const said = `${toMarkdown(flatTable(rows.filter((row) => row.kind === 'operator')))}\n${parameters} parameters, ${macs} MACs\n`;
        const file = join(golden, `${name}.md`);
        if (process.env.CONVLENS_GOLDEN) {
          mkdirSync(golden, { recursive: true });
          writeFileSync(file, said);
        }
        assert.equal(said, readFileSync(file, 'utf8'));
      });
});
