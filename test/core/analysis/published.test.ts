import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import { describeCorpus } from '../../support/corpus';
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
