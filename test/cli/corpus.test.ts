import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import schema from '../../schemas/analysis.schema.json';
import { BAD } from '../support/badFiles';
import type { Spent } from '../support/badChild';
import { cli } from '../support/cli';
import { describeCorpus } from '../support/corpus';
import { type Schema, violations } from '../support/jsonSchema';

const analysisSchema = schema as unknown as Schema;

interface Document {
  readonly totals: { readonly parameters: number | null; readonly macs: number | null };
  readonly values: Readonly<Record<string, { readonly receptiveField: Readonly<Record<string, unknown>> | null }>>;
  readonly diagnostics: readonly { readonly severity: string; readonly code: string; readonly message: string }[];
}

const LONGEST = 1e7;

/** What the program says of a file as JSON, after looking that it is what was promised. */
function documentOf(out: string): Document {
  const document: unknown = JSON.parse(out);
  // Validating what a hundred thousand equal operators say would take longer than saying it.
  if (out.length < LONGEST) assert.deepEqual(violations(analysisSchema, document), []);
  // Read back, a number that is none would be null already; in the text it would still stand.
  assert.doesNotMatch(out.replace(/"(?:[^"\\]|\\.)*"/g, '""'), /NaN|Infinity/);
  return document as Document;
}

const severities = ({ diagnostics }: Document): ReadonlySet<string> => new Set(diagnostics.map((d) => d.severity));

describeCorpus('convlens analyze on the models of the corpus', (corpus) => {
  const folder = join(corpus, 'models');
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.onnx'))) {
    it(name, async () => {
      const { code, out, err } = await cli(['analyze', join(folder, name), '--json']);
      assert.equal(err, '');
      const document = documentOf(out);
      assert.equal(code, 0);
      assert.ok(!severities(document).has('error'));
      for (const form of ['--csv', '--markdown', '--latex']) {
        const written = await cli(['analyze', join(folder, name), form]);
        assert.equal(written.code, 0);
        assert.doesNotMatch(written.out, /NaN|Infinity|undefined|\[object/);
      }
      const table = await cli(['analyze', join(folder, name)]);
      assert.doesNotMatch(table.out, /NaN|Infinity|undefined|\[object/);
    }).timeout(20_000);
  }

  it('vgg16_light: 138,357,544 parameters, 15.470 GMACs, 212 pixels every 32 after the last pooling', async () => {
    const document = documentOf((await cli(['analyze', join(folder, 'vgg16_light.onnx'), '--json'])).out);
    assert.equal(document.totals.parameters, 138_357_544);
    assert.equal(((document.totals.macs ?? 0) / 1e9).toFixed(3), '15.470');
    const fields = Object.values(document.values).map((value) => value.receptiveField);
    const last = fields.filter((field) => field?.whole === false).at(-1);
    assert.deepEqual(
      [last?.size, last?.stride],
      [
        [212, 212],
        [32, 32],
      ],
    );
  });
});

/** A narrow space sets them apart for people. */
const THOUSANDS = /(\d)\u202f(?=\d{3}(\D|$))/g;

/** Files of the folder `bad` that are legal models, however strange. */
const LEGAL = new Set(['chain_100k.onnx', 'dims_2p62.onnx', 'names_html.onnx', 'names_proto_pollution.onnx']);

describeCorpus('convlens analyze on damaged and hostile files', (corpus) => {
  const folder = join(corpus, 'bad');
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.onnx'))) {
    it(`${name} ends with ${LEGAL.has(name) ? 0 : 1} and says why`, async () => {
      const { code, out } = await cli(['analyze', join(folder, name), '--json']);
      const document = documentOf(out);
      assert.equal(code, LEGAL.has(name) ? 0 : 1);
      assert.equal(severities(document).has('error'), code === 1);
      const said = document.diagnostics.map(({ message }) => message.replace(THOUSANDS, '$1'));
      for (const one of said) assert.ok(one.length > 10, one);
      const expected = BAD[name.slice(0, -'.onnx'.length)];
      if (expected?.says) assert.match(said.join(' '), expected.says);
      else if (expected) assert.deepEqual(said, []);
      if (name === 'chain_100k.onnx') return;
      const told = await cli(['analyze', join(folder, name)]);
      assert.equal(told.code, code);
      if (code) assert.match(told.err, /^error: .{10,}\[[\w-]+\/[\w-]+\]$/m);
    }).timeout(60_000);
  }

  it('takes neither long nor much memory for any of them', async () => {
    const child = promisify(execFile)(process.execPath, [
      ...['--require', 'tsx/cjs', '--max-old-space-size=1024', resolve(__dirname, '../support/badChild.ts'), folder],
    ]);
    const spent = JSON.parse((await child).stdout) as readonly Spent[];
    assert.ok(spent.length > 40);
    for (const { name, seconds, megabytes } of spent) {
      const chain = name === 'chain_100k.onnx';
      assert.ok(seconds < (chain ? 30 : 3), `${name} takes the processor ${String(seconds)} s`);
      assert.ok(megabytes < (chain ? 600 : 50), `${name} takes ${String(megabytes)} MiB more than those before it`);
    }
  }).timeout(120_000);
});

interface Unit {
  readonly unit: readonly number[];
  readonly lo: readonly number[] | null;
  readonly hi: readonly number[] | null;
  readonly count: number;
}

interface Truth {
  readonly executed: { readonly inputs?: readonly { readonly name: string; readonly dims: readonly number[] }[] };
  readonly receptive_field?: {
    readonly input: string;
    readonly tensors: Readonly<
      Record<
        string,
        {
          readonly global_: boolean;
          readonly canonical_canvas: readonly number[];
          readonly at_canonical_size?: readonly Unit[];
          readonly unclipped?: { readonly canvas: readonly number[]; readonly units: readonly Unit[] };
        }
      >
    >;
  };
}

interface Question {
  readonly line: string;
  readonly wanted: string;
}

/** Every unit that was measured, as a question and its answer. Where global branches were cut by hand there is nothing to ask. */
function questionsOf(truth: Truth): readonly Question[] {
  const { input = '', tensors = {} } = truth.receptive_field ?? {};
  const dims = truth.executed.inputs?.find(({ name }) => name === input)?.dims ?? [];
  return Object.entries(tensors).flatMap(([value, measured]) => {
    const ask = (canvas: readonly number[], units: readonly Unit[]): readonly Question[] =>
      units.map(({ unit, lo, hi, count }) => ({
        line: JSON.stringify({ value, at: unit, input: { [input]: [...dims.slice(0, -canvas.length), ...canvas] } }),
        wanted: JSON.stringify({ ranges: lo && hi ? lo.map((first, k) => [first, hi[k]]) : null, pixels: count }),
      }));
    const { canonical_canvas: canonical, at_canonical_size: small, unclipped: large } = measured;
    return [...ask(canonical, small ?? []), ...(large && !measured.global_ ? ask(large.canvas, large.units) : [])];
  });
}

/** The measurement resized to its own canvas, where the file resizes to 224×224 whatever comes in. */
const FIXED_RESIZE: ReadonlySet<string> = new Set(['fcn_resnet50 out', 'fcn_resnet50 aux']);

describeCorpus('convlens unit --queries - against fields measured by gradients', (corpus) => {
  const names = readdirSync(join(corpus, 'truth')).filter((entry) => entry.endsWith('.json'));
  for (const name of names.map((entry) => entry.slice(0, -'.json'.length))) {
    const path = join(corpus, 'models', `${name}.onnx`);
    if (!existsSync(path)) continue;
    const truth = JSON.parse(readFileSync(join(corpus, 'truth', `${name}.json`), 'utf8')) as Truth;
    const questions = questionsOf(truth).filter(({ line }) => {
      const { value } = JSON.parse(line) as { value: string };
      return !FIXED_RESIZE.has(`${name} ${value}`);
    });
    if (!questions.length) continue;
    it(`${name}: ${questions.length} units`, async () => {
      const { code, out, err } = await cli(['unit', path, '--queries', '-'], {
        stdin: questions.map(({ line }) => line),
      });
      assert.deepEqual([code, err], [0, '']);
      const answers = out.trimEnd().split('\n');
      assert.equal(answers.length, questions.length);
      const wrong = questions.flatMap(({ line, wanted }, i) => {
        const { ranges, pixels } = JSON.parse(answers[i]!) as Record<string, unknown>;
        const got = JSON.stringify({ ranges, pixels });
        return got === wanted ? [] : [`${line}: ${got} ≠ ${wanted}`];
      });
      assert.deepEqual(wrong, []);
    }).timeout(60_000);
  }
});

const program = resolve(__dirname, '../../dist/convlens.js');

/** As a script starts it. */
const start = (args: readonly string[], stdin = ''): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const options = { maxBuffer: 1 << 28 };
    const child = execFile(process.execPath, [program, ...args], options, (error, out, err) =>
      done({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    );
    child.stdin?.end(stdin);
  });

describeCorpus('node dist/convlens.js', (corpus) => {
  const model = (name: string): string => join(corpus, 'models', name);

  before(function () {
    if (!existsSync(program)) this.skip();
  });

  it('prints one JSON document through a pipe, however long', async () => {
    const { code, out, err } = await start(['analyze', model('densenet121_light.onnx'), '--json']);
    assert.deepEqual([code, err], [0, '']);
    assert.ok(out.length > 200_000);
    assert.equal(documentOf(out).totals.parameters, 8_040_040);
  }).timeout(20_000);

  it('ends with 1 for a file that is no model, and still prints a document', async () => {
    const { code, out } = await start(['analyze', join(corpus, 'bad', 'png.onnx'), '--json']);
    assert.equal(code, 1);
    assert.equal(documentOf(out).diagnostics[0]?.code, 'file/png');
  });

  it('ends with 2 when used wrongly', async () => {
    assert.equal((await start([])).code, 2);
  });

  it('answers questions as they come', async () => {
    const lines = '{"value":"input","at":[5,6]}\n\n{"value":"nowhere"}\n';
    const { code, out } = await start(['unit', model('bed_of_nails.onnx'), '--queries', '-'], lines);
    assert.equal(code, 2);
    const [first, second] = out.trimEnd().split('\n');
    assert.deepEqual(JSON.parse(first!), {
      ranges: [
        [5, 5],
        [6, 6],
      ],
      pixels: 1,
      padding: 0,
    });
    assert.match(second!, /no tensor and no layer “nowhere”/);
  });

  it('knows no fault of its own when the reader has seen enough', async () => {
    const command = `"${process.execPath}" "${program}" analyze "${model('densenet121.onnx')}" --json | head -c 100`;
    const err = await new Promise<string>((done) => {
      execFile('/bin/sh', ['-c', command], (_, __, stderr) => done(stderr));
    });
    assert.equal(err, '');
  });
});
