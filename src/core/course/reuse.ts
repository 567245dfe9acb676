/** What another task can begin with: the net without its head, and what a new one has to learn. */
import { isLayer } from '../analysis/gradientPath';
import { headPlace } from '../analysis/headPlace';
import { headChannels, headSynapses } from '../ir/head';
import type { Node, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import { integer, share } from '../view/numbers';
import { factRow } from '../view/rows';
import { knownShape, layers, named, outputOf, setting, type Content, type CourseNet } from './net';

const CLASSES = [2, 1000, 1] as const;

/** Everything that this value needs. */
function before({ facts: { graph } }: CourseNet, value: ValueId): readonly Node[] {
  const values = new Set([value]);
  const nodes = new Set<Node>();
  for (const at of values) {
    const producer = graph.values[at]?.producer ?? null;
    const node = producer === null ? undefined : graph.nodes[producer];
    if (!node || nodes.has(node)) continue;
    nodes.add(node);
    for (const input of node.inputs) if (input !== null) values.add(input);
  }
  return [...nodes];
}

/** Where to cut: the selected layer, else that called features, else what the last layer reads. */
function cutAt(net: CourseNet): Node | null {
  const { nodes } = net.facts.graph;
  const last = layers(net).at(-1);
  const read = last?.inputs.find((value) => value !== null && !net.facts.constant[value]) ?? null;
  const producer = read === null ? null : (net.facts.graph.values[read]?.producer ?? null);
  const usual = named(net, 'features') ?? (producer === null ? null : (nodes[producer] ?? null));
  const wanted = net.node === null ? null : (nodes[net.node] ?? null);
  return wanted && wanted.id !== last?.id && outputOf(wanted) !== null ? wanted : usual;
}

export function head(net: CourseNet): Content {
  const node = cutAt(net);
  const value = node && outputOf(node);
  const { facts } = net;
  if (!node || value === null) return { blocks: [], steps: [] };
  const kept = before(net, value);
  // A weight that two layers share is counted once.
  const parameters = new Map(
    kept.flatMap(({ id }) => facts.nodes[id]?.parameters.map((p) => [p.source, p.count] as const) ?? []),
  );
  const remain = [...parameters.values()].reduce((all, one) => all + one, 0);
  const channels = headChannels(facts.types[value] ?? null, headPlace(facts, value));
  const usual = Math.min(CLASSES[1], Math.max(CLASSES[0], outputClasses(net) ?? 10));
  const classes = setting(net, 'classes', usual, CLASSES);
  return {
    blocks: [
      {
        kind: 'facts',
        title: t('Cut behind {0}', node.name),
        rows: [
          factRow('operators', t('Operators that remain'), t('{0} of {1}', kept.length, facts.graph.nodes.length)),
          factRow(
            'layers',
            t('Layers that remain'),
            t('{0} of {1}', kept.filter(({ id }) => isLayer(facts, id)).length, layers(net).length),
          ),
          factRow(
            'synapses',
            t('Synapses that remain'),
            `${integer(remain)} · ${share(remain, facts.totals.parameters)}`,
          ),
        ],
      },
      {
        kind: 'slider',
        id: 'classes',
        label: t('Classes of the new head'),
        min: CLASSES[0],
        max: CLASSES[1],
        step: CLASSES[2],
        value: classes,
        text: integer(classes),
      },
      ...(typeof channels === 'string'
        ? [{ kind: 'note', text: channels } as const]
        : [
            {
              kind: 'facts',
              title: t('A new head learns'),
              rows: [
                factRow(
                  'head',
                  t('Synapses'),
                  `${integer(headSynapses(channels, classes))} = (${integer(channels)} + 1) · ${integer(classes)}`,
                ),
              ],
            } as const,
          ]),
    ],
    steps: [
      { text: t('Select {0}', node.name), action: { do: 'select', node: node.id } },
      { text: t('Cut here…'), action: { do: 'cut', node: node.id } },
    ],
  };
}

/** Of the first output, where it is a vector. */
function outputClasses({ facts }: CourseNet): number | null {
  const [output] = facts.graph.outputs;
  const shape = output === undefined ? null : knownShape(facts, output);
  return shape?.length === 2 ? shape[1]! : null;
}
