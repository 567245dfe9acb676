import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from '../../../../src/core/analysis';
import { readDefinition, type Definition } from '../../../../src/core/formats/cnn/definition';
import * as naive from '../../../support/naivePictures';
import { runDefinition, type Ran } from '../../../support/runDefinition';

const folder = join(__dirname, '../../../../samples/lecture');
const names = readdirSync(folder).filter((name) => name.endsWith('.cnn.yaml'));

const read = (name: string): Definition => {
  const file = names.find((entry) => entry.includes(name));
  assert.ok(file, name);
  return readDefinition(readFileSync(join(folder, file), 'utf8'));
};

const SOBEL_X = '-1 0 1; -2 0 2; -1 0 1';
const matrix = (text: string): readonly (readonly number[])[] =>
  text.split(';').map((row) => row.trim().split(' ').map(Number));

/** A picture with edges, a slope and some noise, the same every time. */
const pixelAt = (i: number, columns: number): number => {
  const [row, column] = [Math.floor(i / columns), i % columns];
  const noise = ((i * 2654435761) >>> 8) % 97;
  return (row > 20 && column > 11 ? 0.6 : 0.1) + column / 400 + noise / 500;
};

/** Names of the outputs as the text calls them: heads answer to their own name. */
function outputs(definition: Definition, ran: ReadonlyMap<string, Ran>): ReadonlyMap<string, Ran> {
  return new Map(
    definition.runs.flatMap(({ name, result }) => {
      const found = result && ran.get(result.tensor);
      return name !== null && found ? [[name, found] as const] : [];
    }),
  );
}

function same(found: Ran | undefined, wanted: naive.Plane, channel = 0): void {
  assert.ok(found);
  assert.deepEqual(found.dims.slice(2), [wanted.rows, wanted.columns]);
  const size = wanted.rows * wanted.columns;
  for (let i = 0; i < size; i++) {
    const [ours, theirs] = [found.data[channel * size + i]!, wanted.values[i]!];
    assert.ok(Math.abs(ours - theirs) <= 1e-5 * Math.max(1, Math.abs(theirs)), `${i}: ${ours} ≠ ${theirs}`);
  }
}

describe('the samples of the lecture', function () {
  this.timeout(60_000);

  for (const name of names) {
    it(`${name} analyses without an error and runs`, async () => {
      const definition = read(name);
      const errors = definition.diagnostics.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
      const facts = analyze(definition.model);
      assert.deepEqual(
        facts.diagnostics.filter(({ severity }) => severity === 'error'),
        [],
      );
      const columns = definition.settings.size!.columns;
      const ran = await runDefinition(definition, (i) => pixelAt(i, columns));
      assert.ok(ran.size > 0);
      for (const id of facts.graph.outputs) {
        const value = facts.graph.values[id]!;
        const found = ran.get(value.name);
        assert.ok(found, value.name);
        assert.deepEqual(facts.types[id]?.shape, found.dims);
        assert.ok(found.data.every((number) => Number.isFinite(number)));
        assert.ok(new Set(found.data).size > 1, `${value.name} is one grey`);
      }
    });
  }

  it('the classic kernels are those of a naive implementation', async () => {
    const definition = read('classic-kernels');
    const { rows, columns } = definition.settings.size!;
    const ran = outputs(definition, await runDefinition(definition, (i) => pixelAt(i, columns)));
    const values = Array.from({ length: rows * columns }, (_, i) => pixelAt(i + rows * columns, columns));
    // The second channel stands for all.
    const picture = { rows, columns, values };
    const check = (name: string, wanted: naive.Plane): void => same(ran.get(name), wanted, 1);
    const filtered = (text: string): naive.Plane => naive.filtered(picture, matrix(text), 0);
    const smooth = naive.filtered(picture, naive.gaussian(7, 1.5), 'edge');
    check('smooth', smooth);
    check('mean', naive.filtered(picture, naive.box(7), 0));
    check('difference', filtered('-0.5 0 0.5'));
    check('corners', filtered('0 1 0; 1 -4 1; 0 1 0'));
    check('sharp', filtered('0 -1 0; -1 5 -1; 0 -1 0'));
    check('relief', filtered('-2 -1 0; -1 1 1; 0 1 2'));
    const third = naive.filtered(picture, matrix('1 1 1; 0 0 0; -1 -1 -1'), 0);
    const written = naive.mapped(third, (x) => x / 3);
    check('written', written);
    const across = naive.filtered(smooth, matrix(SOBEL_X), 0);
    const down = naive.filtered(smooth, matrix('-1 -2 -1; 0 0 0; 1 2 1'), 0);
    const edges = naive.combined(across, down, (x, y) => Math.abs(x) + Math.abs(y));
    check('edges', edges);
  });

  it('so are the borders', async () => {
    const definition = read('borders');
    const { rows, columns } = definition.settings.size!;
    const ran = outputs(definition, await runDefinition(definition, (i) => pixelAt(i, columns)));
    const picture = { rows, columns, values: Array.from({ length: rows * columns }, (_, i) => pixelAt(i, columns)) };
    same(ran.get('none'), naive.filteredInside(picture, naive.box(9)));
    same(ran.get('black'), naive.filtered(picture, naive.box(9), 0));
    same(ran.get('white'), naive.filtered(picture, naive.box(9), 1));
    same(ran.get('repeated'), naive.filtered(picture, naive.box(9), 'edge'));
    same(ran.get('mirrored'), naive.filtered(picture, naive.box(9), 'reflect'));
    const wrapped = readDefinition(
      `input: ${columns}x${rows}x1\nlayers:\n  - filter: box 9x9 border wrap\n    name: wrapped\n`,
    );
    const found = outputs(wrapped, await runDefinition(wrapped, (i) => pixelAt(i, columns)));
    same(found.get('wrapped'), naive.filtered(picture, naive.box(9), 'wrap'));
  });

  it('so are the poolings and the three upsamplings', async () => {
    const definition = read('09-upsampling');
    const { rows, columns } = definition.settings.size!;
    const ran = outputs(definition, await runDefinition(definition, (i) => pixelAt(i, columns)));
    const picture = { rows, columns, values: Array.from({ length: rows * columns }, (_, i) => pixelAt(i, columns)) };
    const small = naive.maxPooled(picture, 2);
    same(ran.get('nearest'), naive.nearest(small, 2));
    same(ran.get('nails'), naive.nails(small, 2));
    same(ran.get('bilinear'), naive.bilinear(small, 2));
    same(ran.get('unpooled'), naive.maxUnpooled(picture, 2));

    const pooling = read('06-max-pooling');
    const size = pooling.settings.size!;
    const pooled = outputs(pooling, await runDefinition(pooling, (i) => pixelAt(i, size.columns)));
    const values = Array.from({ length: size.rows * size.columns }, (_, i) => pixelAt(i, size.columns));
    const across = naive.filtered({ ...size, values }, matrix(SOBEL_X), 0);
    const edges = naive.mapped(across, (x) => Math.max(0, x));
    same(pooled.get('largest'), naive.maxPooled(edges, 2));
    same(pooled.get('average'), naive.meanPooled(edges, 2));
  });

  it('odd sizes go back where they came from', async () => {
    const definition = readDefinition(
      'input: 7x5x1\nlayers:\n  - maxpool: 2x2\n    name: p\n  - maxunpool: p\n    name: back\n',
    );
    assert.deepEqual(definition.diagnostics, []);
    const ran = outputs(definition, await runDefinition(definition, (i) => ((i * 37) % 35) + 1));
    const picture = { rows: 5, columns: 7, values: Array.from({ length: 35 }, (_, i) => ((i * 37) % 35) + 1) };
    same(ran.get('back'), naive.maxUnpooled(picture, 2));
  });
});
