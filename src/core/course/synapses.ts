/** The same layer twice: how many synapses it has fully connected, and as a convolution (blueprint §3). */
import { t } from '../l10n/l10n';
import { count, factor, integer } from '../view/numbers';
import { factRow } from '../view/rows';
import { named, setting, shapeOf, type Content, type CourseNet } from './net';
import type { CourseBar, CourseBlock } from './types';

export interface LayerSize {
  /** Rows and columns of a square picture, before and after. */
  readonly size: number;
  readonly kernel: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  readonly bias: boolean;
}

/** Synapses of a layer that keeps the size of its picture: one kernel for all places, one for each, everything to everything. */
export function synapsesOf({ size, kernel, channelsIn, channelsOut, bias }: LayerSize): {
  readonly shared: number;
  readonly unshared: number;
  readonly full: number;
} {
  const places = size * size;
  const one = bias ? 1 : 0;
  const shared = channelsOut * (kernel * kernel * channelsIn + one);
  return { shared, unshared: places * shared, full: places * channelsOut * (places * channelsIn + one) };
}

const SIZES = [2, 64, 1] as const;
const KERNELS = [1, 11, 2] as const;

const numbers = (...factors: readonly (number | string)[]): string =>
  factors.map((one) => (typeof one === 'number' ? integer(one) : one)).join('·');

export function connected(net: CourseNet): Content {
  const node = named(net, 'window') ?? net.facts.graph.nodes.find(({ op }) => op === 'Conv') ?? null;
  if (!node) return { blocks: [], steps: [] };
  const facts = net.facts.nodes[node.id];
  const after = shapeOf(net, node);
  const weight = facts?.parameters.find(({ role }) => role === 'weight');
  const kernel = facts?.windows?.[0]?.kernel;
  if (!facts || after?.length !== 4 || !weight || kernel === undefined) return { blocks: [], steps: [] };
  const layer: LayerSize = {
    size: setting(net, 'size', after[3]!, SIZES),
    kernel: setting(net, 'kernel', kernel, KERNELS),
    channelsIn: weight.shape[1] ?? 1,
    channelsOut: after[1]!,
    bias: facts.parameters.some(({ role }) => role === 'bias'),
  };
  const all = named(net, 'everything');
  const blocks: CourseBlock[] = [
    slider('size', t('Width and height'), layer.size, SIZES, `${layer.size}×${layer.size}`),
    slider('kernel', t('Kernel'), layer.kernel, KERNELS, `${layer.kernel}×${layer.kernel}`),
    ...countBlocks(layer),
  ];
  return {
    blocks,
    steps: [
      ...(all
        ? [{ text: t('Select the layer that is fully connected'), action: { do: 'select', node: all.id } as const }]
        : []),
      { text: t('Select the convolution'), action: { do: 'select', node: node.id } },
    ],
  };
}

const slider = (
  id: string,
  label: string,
  value: number,
  [min, max, step]: readonly [number, number, number],
  text: string,
): CourseBlock => ({ kind: 'slider', id, label, min, max, step, value, text });

function countBlocks(layer: LayerSize): CourseBlock[] {
  const { size: n, kernel: k, channelsIn, channelsOut, bias } = layer;
  const { shared, unshared, full } = synapsesOf(layer);
  const one = bias ? '+1' : '';
  const bar = (label: string, value: number): CourseBar => ({
    label,
    values: [value],
    texts: [count(value)],
    node: null,
  });
  return [
    {
      kind: 'facts',
      title: t('Synapses from {0} to {1} channels', channelsIn, channelsOut),
      rows: [
        factRow('full', t('Fully connected'), integer(full)),
        factRow(
          'full-formula',
          `W·H·C′·(W·H·C${one})`,
          `${numbers(n, n, channelsOut)}·(${numbers(n, n, channelsIn)}${one})`,
        ),
        factRow('shared', t('Convolution'), integer(shared)),
        factRow('shared-formula', `C′·(K·K·C${one})`, `${numbers(channelsOut)}·(${numbers(k, k, channelsIn)}${one})`),
        factRow('ratio', t('Ratio'), t('{0} times as many', factor(full / shared))),
      ],
    },
    {
      kind: 'bars',
      title: t('On a scale of powers of ten'),
      series: [],
      bars: [bar(t('shared'), shared), bar(t('unshared'), unshared), bar(t('fully connected'), full)],
      log: true,
    },
  ];
}
