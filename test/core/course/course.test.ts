import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { chapterOfNet, courseView, editsOf } from '../../../src/core/course';
import { CHAPTERS, samplePath } from '../../../src/core/course/chapters';
import { example } from '../../../src/core/course/pooling';
import { synapsesOf } from '../../../src/core/course/synapses';
import type { CourseBlock, CourseView } from '../../../src/core/course/types';
import { readDefinition } from '../../../src/core/formats/cnn/definition';
import { draw } from '../../../src/core/view/scene';
import { SAMPLE_DEFINITIONS } from '../../../src/host/samples/manifest';
import { runDefinition } from '../../support/runDefinition';

const sourceOf = (id: string): string =>
  readFileSync(path.resolve(__dirname, `../../../samples/lecture/${id}.cnn.yaml`), 'utf8');
const drawn = (source: string) => draw(analyze(readDefinition(source).model));

function view(id: string, settings: Readonly<Record<string, number>> = {}, source = sourceOf(id)): CourseView {
  return courseView(drawn(source), source, { node: null, settings });
}

const blocksOf = <K extends CourseBlock['kind']>(
  { blocks }: CourseView,
  kind: K,
): readonly Extract<CourseBlock, { readonly kind: K }>[] =>
  blocks.filter((block): block is Extract<CourseBlock, { readonly kind: K }> => block.kind === kind);

/** The value of a fact, without the blanks between thousands. */
function fact(of: CourseView, key: string): string {
  const row = blocksOf(of, 'facts')
    .flatMap(({ rows }) => rows)
    .find((one) => one.key === key);
  assert.ok(row, key);
  return row.value.replace(/\s/g, ' ').replace(/(\d) (?=\d{3})/g, '$1');
}

describe('chapters of the course', () => {
  it('are the samples of the lecture, in their order', () => {
    const samples = SAMPLE_DEFINITIONS.filter(({ kind }) => kind === 'lecture').map((sample) => sample.path);
    assert.deepEqual(CHAPTERS.map(samplePath), samples);
  });

  for (const [at, { id, edits }] of CHAPTERS.entries()) {
    it(`${id} is recognised, shows something of its net, and can be changed and changed back`, () => {
      const source = sourceOf(id);
      const shown = view(id);
      assert.equal(shown.at, at);
      assert.ok(shown.blocks.length > 0 && shown.text.length === 2 && shown.question.endsWith('?'));
      assert.ok(shown.steps.length > edits.length, 'more to do than changes of the text');
      const { nodes } = drawn(source).facts.graph;
      for (const { action } of shown.steps) {
        if ('node' in action && action.node !== null) assert.ok(nodes[action.node], 'a layer that is there');
        if (action.do === 'sample') assert.ok(SAMPLE_DEFINITIONS.some((sample) => sample.path === action.path));
      }
      for (const { id: wanted } of edits) {
        const apply = (text: string): string => {
          const found = editsOf(CHAPTERS[at]!, text).find((one) => one.id === wanted);
          assert.ok(found, wanted);
          const { span, text: put } = found.edit;
          return text.slice(0, span.start) + put + text.slice(span.end);
        };
        const changed = apply(source);
        assert.notEqual(changed, source);
        const definition = readDefinition(changed);
        assert.deepEqual(
          definition.diagnostics.filter(({ severity }) => severity === 'error'),
          [],
        );
        assert.equal(chapterOfNet(drawn(changed))?.id, id);
        assert.ok(view(id, {}, changed).blocks.length > 0);
        assert.equal(apply(changed), source);
      }
    });
  }

  it('survive any prefix of their text, and any setting', () => {
    for (const { id } of CHAPTERS) {
      const source = sourceOf(id);
      fc.assert(
        fc.property(fc.nat(source.length), fc.double(), (end, value) => {
          const shown = view(id, { size: value, kernel: value, classes: value }, source.slice(0, end));
          assert.doesNotMatch(JSON.stringify(shown), /NaN|Infinity|undefined/);
        }),
        { numRuns: 12 },
      );
    }
  });

  it('say nothing of a net that is not of the course', () => {
    const shown = view('01-notation', {}, 'name: Mine\ninput: 8x8x1\nlayers:\n  - conv: 2 3x3\n');
    assert.equal(shown.at, null);
    assert.equal(shown.chapters.length, 13);
    assert.deepEqual([shown.blocks, shown.steps], [[], []]);
  });

  it('change no word in a comment, nor a part of another', () => {
    const unseen = CHAPTERS.find(({ id }) => id === '07-unseen-pixels')!;
    assert.deepEqual(editsOf(unseen, '# stride 3\n- conv: 4 5x5 stride 32\n'), []);
  });
});

describe('synapses of a layer both ways', () => {
  it('are those that are there when each is counted', () => {
    const small = fc.integer({ min: 1, max: 4 });
    fc.assert(
      fc.property(small, fc.constantFrom(1, 3), small, small, fc.boolean(), (size, kernel, cin, cout, bias) => {
        let [full, unshared] = [0, 0];
        for (let neuron = 0; neuron < size * size * cout; neuron++) {
          for (let i = 0; i < size * size * cin; i++) full++;
          for (let i = 0; i < kernel * kernel * cin; i++) unshared++;
          if (bias) [full, unshared] = [full + 1, unshared + 1];
        }
        const counted = synapsesOf({ size, kernel, channelsIn: cin, channelsOut: cout, bias });
        assert.deepEqual(counted, { full, unshared, shared: unshared / (size * size) });
      }),
    );
  });

  it('are at first those of the net, by its own weights', () => {
    const { graph, nodes } = drawn(sourceOf('02-fully-connected')).facts;
    const own = (op: string): string => String(nodes[graph.nodes.find((node) => node.op === op)!.id]!.parameterCount);
    const shown = view('02-fully-connected');
    assert.deepEqual([fact(shown, 'full'), fact(shown, 'shared')], [own('Gemm'), own('Conv')]);
    const moved = view('02-fully-connected', { size: 32, kernel: 5 });
    assert.deepEqual([fact(moved, 'full'), fact(moved, 'shared')], ['12587008', '304']);
    assert.equal(fact(moved, 'full-formula'), '32·32·4·(32·32·3+1)');
  });

  it('take what a slider cannot say for what it can', () => {
    const said = blocksOf(view('02-fully-connected', { size: 1e9, kernel: 4.2 }), 'slider').map(({ value }) => value);
    assert.deepEqual(said, [64, 5]);
  });
});

describe('live pieces of the course', () => {
  const gridsOf = (of: CourseView): ReadonlyMap<string, readonly number[]> =>
    new Map(blocksOf(of, 'grids').flatMap(({ grids }) => grids.map(({ title, cells }) => [title, cells] as const)));
  /** The text's own layers on the picture of the panel, in onnxruntime. */
  async function holdsTo(source: string, settings: Readonly<Record<string, number>>, names: readonly string[]) {
    const grids = gridsOf(view('09-upsampling', settings, source));
    const picture = grids.get('picture')!;
    const side = Math.sqrt(picture.length);
    const small = readDefinition(source.replace('64x64x1', `${side}x${side}x1`));
    const ran = await runDefinition(small, (at) => picture[at]!);
    assert.deepEqual([...grids.keys()], ['picture', 'maximum', ...names]);
    for (const name of names) {
      const ended = [...ran].find(([output]) => output.startsWith(name))![1].data;
      const drawn = grids.get(name)!;
      assert.equal(drawn.length, ended.length);
      drawn.forEach((value, at) => assert.ok(Math.abs(value - Number(ended[at])) < 1e-5, `${name} ${at}`));
    }
  }
  const WAYS = ['nearest', 'nails', 'bilinear', 'unpooled'] as const;

  it('upsample as onnxruntime does, whatever digits stand in the picture', async () => {
    const source = sourceOf('09-upsampling');
    await holdsTo(source, {}, WAYS);
    await holdsTo(source, { 'cell.0': 9, 'cell.5': 0, 'cell.15': 2, 'cell.99': 4, 'cell.3': 77 }, WAYS);
    assert.deepEqual(gridsOf(view('09-upsampling', { 'cell.0': 9 }, source)).get('maximum')![0], 9);
  });

  it('follow the text: other windows, other factors, other ways back and none', async () => {
    const source = sourceOf('09-upsampling');
    await holdsTo(source.replace('maxpool: 2x2', 'maxpool: 4x4'), { 'cell.9': 9 }, WAYS);
    await holdsTo(source.replace('nearest: 2x', 'nearest: 4x'), {}, WAYS);
    await holdsTo(source.replace('  - head: [nails: 2x]\n    name: nails\n', ''), {}, [
      'nearest',
      'bilinear',
      'unpooled',
    ]);
    // Weights that were drawn by lot are no way back that can be followed by eye.
    const learnt = source.replace('nails: 2x', 'transposed: 1 2x2 stride 2');
    assert.deepEqual([...gridsOf(view('09-upsampling', {}, learnt)).keys()].includes('nails'), false);
    const none = view('09-upsampling', {}, source.slice(0, source.indexOf('  - head:')));
    assert.match(blocksOf(none, 'note')[0]!.text, /Nothing leads back/);
  });

  it('pool the digits that are written', () => {
    const digits = Object.fromEntries(
      example(2)
        .flat()
        .map((_, at) => [`cell.${at}`, at % 10]),
    );
    const grids = gridsOf(view('06-max-pooling', digits));
    assert.deepEqual(grids.get('picture'), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5]);
    assert.deepEqual(grids.get('maximum'), [5, 7, 9, 5]);
    assert.deepEqual(grids.get('mean'), [2.5, 4.5, 5.5, 2.5]);
  });

  it('lead to layers side by side that end in pictures one can compare', () => {
    for (const [id, names] of [
      ['04-classic-kernels', ['smooth', 'difference', 'corners', 'edges']],
      ['05-borders', ['none', 'black', 'white', 'mirrored']],
      ['06-max-pooling', ['edges', 'largest', 'average']],
      ['09-upsampling', WAYS],
    ] as const) {
      const { graph } = drawn(sourceOf(id)).facts;
      const actions = view(id).steps.map(({ action }) => action);
      const nodes = actions.flatMap((action) => (action.do === 'beside' ? action.nodes : []));
      assert.deepEqual(
        nodes.map((node) => graph.nodes[node]!.name.split('/')[0]),
        names,
      );
    }
    const one = sourceOf('05-borders').replace(/ {2}- head:[^\n]*\n {4}name: (none|black|white)\n/g, '');
    assert.ok(!view('05-borders', {}, one).steps.some(({ action }) => action.do === 'beside'));
  });

  it('draw what units of two nets see side by side, each in the picture', () => {
    const [flat, deep] = blocksOf(view('08-receptive-field'), 'fields')[0]!.fields;
    for (const [field, sizes] of [
      [flat!, [3, 5, 7, 9, 11, 13]],
      [deep!, [3, 5, 10, 14, 24, 32]],
    ] as const) {
      assert.deepEqual([field.rows, field.columns], [96, 96]);
      assert.deepEqual(
        field.boxes.map(([top, bottom]) => bottom - top + 1),
        sizes,
      );
      for (const [top, bottom, left, right] of field.boxes)
        assert.ok(top <= 48 && 48 <= bottom && left <= 48 && 48 <= right, 'around the middle');
    }
  });

  it('count pixels never seen, none where the stride is as large as the kernel', () => {
    // Eleven windows of two along 32 pixels: 10 of them left out.
    assert.match(fact(view('07-unseen-pixels'), 'unseen'), new RegExp(`^${32 * 32 - 22 * 22} `));
    const source = sourceOf('07-unseen-pixels').replace('stride 3', 'stride 2');
    assert.match(fact(view('07-unseen-pixels', {}, source), 'unseen'), /^0 /);
  });

  it('show the grid that dilated taps fall on', () => {
    const [grids] = blocksOf(view('10-dilated'), 'grids');
    const [holes, whole] = grids!.grids;
    assert.deepEqual([holes!.rows, holes!.columns], [13, 13]);
    holes!.cells.forEach((lit, at) => {
      assert.equal(lit, Math.floor(at / 13) % 2 === 0 && (at % 13) % 2 === 0 ? 1 : 0);
    });
    assert.ok(whole!.cells.every((lit) => lit === 1));
  });

  it('tell two nets of equal depth apart by what their units see', () => {
    const [bars] = blocksOf(view('08-receptive-field'), 'bars');
    // Twice two of six layers between poolings: strides 1, 2 and 4.
    assert.deepEqual(
      bars!.bars.map(({ values }) => values[0]),
      [3, 5, 7, 9, 11, 13],
    );
    assert.deepEqual(
      bars!.bars.map(({ values }) => values[1]),
      [3, 5, 10, 14, 24, 32],
    );
  });

  it('count what a new head learns', () => {
    assert.equal(fact(view('13-reuse', { classes: 25 }), 'head'), '825 = (32 + 1) · 25');
    assert.equal(fact(view('13-reuse'), 'layers'), '3 of 4');
  });

  it('find deep nets with skips and auxiliary outputs near to their outputs', () => {
    assert.deepEqual(
      ['short', 'long'].map((key) => fact(view('12-resnet18'), key)),
      ['6 layers at most', '18 layers at most'],
    );
    const { bars } = blocksOf(view('11-inception'), 'bars')[0]!;
    assert.deepEqual(bars[0]!.values, [3, 4]);
  });
});
