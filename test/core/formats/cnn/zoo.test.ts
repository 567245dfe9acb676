import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type Facts } from '../../../../src/core/analysis';
import { readDefinition } from '../../../../src/core/formats/cnn/definition';
import { describeCorpus } from '../../../support/corpus';

const folder = join(__dirname, '../../../../samples/zoo');

function read(name: string): Facts {
  const source = readFileSync(join(folder, `${name}.cnn.yaml`), 'utf8');
  const { model, diagnostics } = readDefinition(source);
  assert.deepEqual(diagnostics, []);
  const lines = source.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  assert.ok(lines.length <= 60, `${lines.length} lines`);
  return analyze(model);
}

/** Learned numbers: what papers count. Running means and variances are not learned. */
const learned = ({ totals: { parameters, byRole } }: Facts): number => parameters - byRole.bn_mean - byRole.bn_var;

/** The same for the layers that lead to the first output, without auxiliary heads. */
function ofMainPath(facts: Facts): { readonly learned: number; readonly macs: number } {
  const { graph } = facts;
  const seen = new Set<number>();
  const queue = [graph.outputs[0]!];
  let [count, macs] = [0, 0];
  for (const value of queue) {
    const { producer } = graph.values[value]!;
    if (producer === null || seen.has(producer)) continue;
    seen.add(producer);
    const node = facts.nodes[producer]!;
    count += node.parameters
      .filter(({ role }) => role !== 'bn_mean' && role !== 'bn_var')
      .reduce((sum, parameter) => sum + parameter.count, 0);
    macs += node.macs ?? 0;
    queue.push(...graph.nodes[producer]!.inputs.filter((input) => input !== null));
  }
  return { learned: count, macs };
}

/** Operators whose field grows by their window. */
const WINDOWED = ['Conv', 'MaxPool'];

describeCorpus('published nets written as text', (corpus) => {
  const table = readFileSync(join(corpus, 'truth/published_params_gmacs.csv'), 'utf8').trim().split('\n').slice(1);
  const published = new Map(
    table.map((line) => {
      const [, weights = '', , parameters, gmacs] = line.split(',');
      return [weights, { parameters: Number(parameters), gmacs: Number(gmacs) }] as const;
    }),
  );

  for (const [name, weights] of [
    ['alexnet', 'AlexNet_Weights'],
    ['vgg16', 'VGG16_Weights'],
    ['resnet50', 'ResNet50_Weights'],
    ['googlenet', 'GoogLeNet_Weights'],
    ['densenet121', 'DenseNet121_Weights'],
    ['mobilenet-v2', 'MobileNet_V2_Weights'],
  ] as const) {
    it(`${name}: torchvision’s parameters and GMACs`, () => {
      const row = published.get(weights);
      assert.ok(row, weights);
      const found = ofMainPath(read(name));
      assert.equal(found.learned, row.parameters);
      assert.equal((found.macs / 1e9).toFixed(3), row.gmacs.toFixed(3));
    });
  }

  interface Truth {
    readonly totals: { readonly macs: number; readonly batch: number };
    readonly torch_oracle: { readonly torch_params: number };
    readonly tensors: Readonly<Record<string, { readonly exec: readonly number[] | null }>>;
    readonly graph_outputs: readonly string[];
    readonly receptive_field: {
      readonly tensors: Readonly<
        Record<
          string,
          {
            readonly op: string;
            readonly unclipped?: {
              readonly units: readonly { readonly lo: number[]; readonly hi: number[] }[];
              readonly rf_size?: readonly number[];
            };
          }
        >
      >;
    };
  }
  const truthOf = (name: string): Truth =>
    JSON.parse(readFileSync(join(corpus, 'truth', `${name}.json`), 'utf8')) as Truth;

  for (const [name, model] of [
    ['alexnet', 'alexnet'],
    ['vgg16', 'vgg16'],
    ['resnet50', 'resnet50'],
    ['googlenet', 'googlenet_aux_train'],
    ['densenet121', 'densenet121'],
    ['mobilenet-v2', 'mobilenet_v2'],
    ['unet', 'unet_paper'],
  ] as const)
    it(`${name}: the corpus’s parameters and MACs, to the last one`, () => {
      const { totals, torch_oracle } = truthOf(model);
      const facts = read(name);
      // Before the export, which folds batch norms away; with its auxiliary heads.
      assert.equal(learned(facts), torch_oracle.torch_params);
      assert.equal((facts.totals.macs ?? NaN) * totals.batch, totals.macs);
    });

  it('unet: the corpus’s size and receptive field of the paper’s net', () => {
    const truth = truthOf('unet_paper');
    const facts = read('unet');
    const output = facts.graph.outputs[0]!;
    const name = truth.graph_outputs[0]!;
    assert.deepEqual(facts.types[output]?.shape, truth.tensors[name]?.exec);
    // Transposed convolutions make neighbouring units differ: between the smallest and the largest of those measured.
    const units = truth.receptive_field.tensors[name]?.unclipped?.units ?? [];
    const rows = units.map(({ lo, hi }) => hi[0]! - lo[0]! + 1);
    assert.equal(facts.fields[output]?.size[0], Math.max(...rows));
    assert.equal(facts.fields[output].smallest[0], Math.min(...rows));
  });

  for (const [name, model] of [
    ['alexnet', 'alexnet'],
    ['vgg16', 'vgg16'],
    ['resnet50', 'resnet50'],
    ['googlenet', 'googlenet_aux_train'],
    ['densenet121', 'densenet121'],
    ['mobilenet-v2', 'mobilenet_v2'],
  ] as const)
    it(`${name}: what a unit of each convolution and maximum sees, as measured on the corpus’s model`, () => {
      const { tensors, receptive_field } = truthOf(model);
      const measured = Object.entries(receptive_field.tensors).flatMap(([tensor, { op, unclipped }]) => {
        const [rows] = unclipped?.rf_size ?? [];
        const [, ...size] = tensors[tensor]?.exec ?? [];
        return rows !== undefined && WINDOWED.includes(op) ? [`${op} ${size.join('×')} sees ${rows}`] : [];
      });
      const { graph, types, fields } = read(name);
      const said = graph.nodes.flatMap(({ op, outputs: [output] }) => {
        if (output === undefined || output === null || !WINDOWED.includes(op)) return [];
        const size = types[output]?.shape?.slice(1).map((extent) => (typeof extent === 'number' ? extent : '?')) ?? [];
        return [`${op} ${size.join('×')} sees ${fields[output]?.size[0]}`];
      });
      // Names differ between the two, and so may the order of branches. Of DenseNet only a few tensors were measured.
      const all = name !== 'densenet121';
      assert.ok(measured.length >= (all ? 8 : 3), `${measured.length}`);
      assert.deepEqual((all ? said : said.filter((layer) => measured.includes(layer))).sort(), measured.sort());
    });

  const vgg16Pools = (): readonly number[] =>
    readFileSync(join(corpus, 'truth/published_receptive_fields.csv'), 'utf8')
      .split('\n')
      .flatMap((line) => (/^vgg_16,pool\d/.test(line) ? [Number(line.split(',')[2])] : []));

  it('segnet: the parameters and costs of its convolutions one by one, and VGG-16’s published fields on the way down', () => {
    const down = [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512];
    const up = [512, 512, 512, 512, 512, 256, 256, 256, 128, 128, 64, 64, 12];
    const halved = [0, 0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 0, 0];
    const made = [...down, ...up];
    let [units, macs] = [0, 0];
    made.forEach((channels, i) => {
      const from = made[i - 1] ?? 3;
      const last = i === made.length - 1;
      units += channels * (from * 9 + 1) + (last ? 0 : 2 * channels);
      macs += channels * from * 9 * (352 / 2 ** halved[i]!) * (480 / 2 ** halved[i]!);
    });
    const facts = read('segnet');
    assert.equal(learned(facts), units);
    assert.equal(facts.totals.macs, macs);
    const pools = facts.graph.nodes.filter(({ op }) => op === 'MaxPool');
    const fields = pools.map(({ outputs: [values] }) => facts.fields[values!]?.size[0]);
    assert.equal(fields.length, 5);
    assert.deepEqual(fields, vgg16Pools());
  });
});
