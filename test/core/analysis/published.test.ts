import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import { describeCorpus } from '../../support/corpus';
import { openFile } from '../../support/openFile';
import { modelOf } from '../../support/onnxModel';
import { publishedNet, type PublishedNet } from '../../support/publishedNets';

interface Row {
  readonly endpoint: string;
  readonly size: number;
  readonly stride: number;
  /** Effective padding at 224 and 321 pixels. */
  readonly padding: Readonly<Record<number, number>>;
}

function readTable(folder: string): ReadonlyMap<string, readonly Row[]> {
  const lines = readFileSync(join(folder, 'truth', 'published_receptive_fields.csv'), 'utf8')
    .trim()
    .split('\n');
  const networks = new Map<string, Row[]>();
  for (const line of lines.slice(1)) {
    const [network = '', endpoint = '', size, stride, , at224, at321] = line.split(',');
    const row = {
      endpoint,
      size: Number(size),
      stride: Number(stride),
      padding: { 224: Number(at224), 321: Number(at321) },
    };
    networks.set(network, [...(networks.get(network) ?? []), row]);
  }
  return networks;
}

function disagreements(net: PublishedNet, facts: Facts, size: number, rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => {
    const tensor = net.endpoints.get(row.endpoint);
    const id = tensor === undefined ? undefined : facts.graph.valueByName.get(tensor);
    const field = id === undefined ? null : facts.fields[id];
    if (!field) return [`${row.endpoint}: no field`];
    const found = [...field.size, ...field.smallest, ...field.stride, ...field.start.map((s) => -(s ?? 0) + 0)].join(
      ' ',
    );
    const { size: pixels, stride } = row;
    const padding = row.padding[size];
    const want = [pixels, pixels, pixels, pixels, stride, stride, padding, padding].join(' ');
    return found === want ? [] : [`${row.endpoint} at ${size}: ${found} ≠ ${want}`];
  });
}

describeCorpus('Receptive fields that Araujo, Norris and Sim published', (folder) => {
  for (const [network, rows] of readTable(folder)) {
    it(`${network}: ${rows.length} layers`, () => {
      const wrong = [224, 321].flatMap((size) => {
        const net = publishedNet(network, size);
        assert.ok(net, 'described');
        return disagreements(net, analyze(modelOf(net.spec)), size, rows);
      });
      assert.deepEqual(wrong, []);
    });
  }
});

/** Nets of torchvision in the corpus; exporters had folded the norms of these into the convolutions before them. */
const NETS: Readonly<Record<string, { readonly weights: string; readonly folded: boolean }>> = {
  alexnet: { weights: 'AlexNet', folded: false },
  densenet121: { weights: 'DenseNet121', folded: true },
  googlenet_eval: { weights: 'GoogLeNet', folded: true },
  mobilenet_v2: { weights: 'MobileNet_V2', folded: true },
  resnet18: { weights: 'ResNet18', folded: true },
  resnet50: { weights: 'ResNet50', folded: true },
  resnet152: { weights: 'ResNet152', folded: true },
  squeezenet1_1: { weights: 'SqueezeNet1_1', folded: false },
  vgg16: { weights: 'VGG16', folded: false },
};

describeCorpus('Parameters and multiplications that torchvision publishes', (folder) => {
  const table = readFileSync(join(folder, 'truth', 'published_params_gmacs.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const published = new Map(
    table.map((line) => {
      const [, weights = '', entry = '', parameters, gmacs] = line.split(',');
      return [`${weights} ${entry}`, { parameters: Number(parameters), gmacs: Number(gmacs) }] as const;
    }),
  );

  for (const [name, { weights, folded }] of Object.entries(NETS)) {
    it(name, async () => {
      const row = published.get(`${weights}_Weights IMAGENET1K_V1`);
      assert.ok(row);
      const { model } = await openFile(join(folder, 'models', `${name}.onnx`));
      const { nodes, totals } = analyze(model!);
      const learned = totals.parameters - totals.byRole.bn_mean - totals.byRole.bn_var;
      // A norm folded away had a scale and a shift for each channel; what is left of both is one bias.
      const scales = nodes.reduce((sum, { def, parameters }) => {
        const bias = def?.name === 'Conv' ? parameters.find((p) => p.role === 'bias') : undefined;
        return sum + (folded ? (bias?.count ?? 0) : 0);
      }, 0);
      assert.equal(learned + scales, row.parameters);
      assert.equal((totals.macs! / 1e9).toFixed(3), row.gmacs.toFixed(3));
    });
  }
});
