/** How a tensor is written down: its axes, and what `A[i, j]`, `A[i, J]` and `A[I, J]` stand for in a real one. */
import { t } from '../l10n/l10n';
import { type Index, at, tensor, type TensorTerm } from '../ops/formula';
import { hoverCard } from '../view/card';
import { formulaView } from '../view/mathml';
import { integer } from '../view/numbers';
import { factRow } from '../view/rows';
import { chosen, layers, shapeOf, type Content, type CourseNet } from './net';
import type { CourseBlock } from './types';

const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);
const written = (extents: readonly number[]): string => extents.map(integer).join(' · ');

/** Any operator that makes a tensor of batch, channels, rows and columns. */
const pictures = (net: CourseNet) => net.facts.graph.nodes.filter((node) => shapeOf(net, node)?.length === 4);

export function notation(net: CourseNet): Content {
  const node = chosen(net, pictures(net));
  const shape = node && shapeOf(net, node);
  if (!node || !shape) return { blocks: [], steps: [] };
  const [batch, channels, rows, columns] = shape as [number, number, number, number];
  const formula = hoverCard(net.drawing, node.id)?.formula ?? null;
  const blocks: CourseBlock[] = [
    {
      kind: 'facts',
      title: t('What {0} hands on', node.name),
      rows: [
        factRow('B', t('B, pictures'), integer(batch)),
        factRow('C', t('C, channels'), integer(channels)),
        factRow('H', t('H, rows'), integer(rows)),
        factRow('W', t('W, columns'), integer(columns)),
        factRow('neurons', t('Neurons'), `${integer(product(shape))} = ${written(shape.slice(1))}`),
      ],
    },
    ...(formula ? [{ kind: 'formula', title: t('Its formula'), formula } as const] : []),
  ];
  return { blocks, steps: [...selectSteps(net), { text: t('See the volumes shrink and grow'), action: depth }] };
}

const depth = { do: 'tab', tab: 'depth', node: null } as const;

const selectSteps = (net: CourseNet) =>
  layers(net)
    .slice(0, 3)
    .map(({ id, name }) => ({ text: t('Select {0}', name), action: { do: 'select', node: id } as const }));

/** `Y[0, k, i, J]`: small letters for one, capitals for all. */
function term(indices: readonly (Index | string)[]): TensorTerm {
  return tensor('A', ...indices);
}

export function einstein(net: CourseNet): Content {
  const node = chosen(net, pictures(net));
  const shape = node && shapeOf(net, node);
  if (!node || !shape) return { blocks: [], steps: [] };
  const [, , rows, columns] = shape as [number, number, number, number];
  const zero: Index = { terms: [], constant: 0, divisor: 1 };
  const line = (last: readonly (Index | string)[]) =>
    formulaView({ left: term(last), right: term(last), ranges: [], notes: [] }, null);
  const one = (indices: readonly (Index | string)[]) => line([zero, 'k', ...indices]).text.split(' = ')[0]!;
  const places = product([rows, columns]);
  const formula = hoverCard(net.drawing, node.id)?.formula ?? null;
  const weights = net.facts.nodes[node.id]?.parameters.find(({ role }) => role === 'weight')?.count ?? null;
  const blocks: CourseBlock[] = [
    {
      kind: 'facts',
      title: t('A is what {0} hands on: {1}', node.name, shape.slice(1).join('×')),
      rows: [
        factRow('element', one([at('i'), at('j')]), t('one number: row i, column j of channel k')),
        factRow('row', one([at('i'), at('J')]), t('a row: {0} numbers, all columns of row i', integer(columns))),
        factRow('column', one([at('I'), at('j')]), t('a column: {0} numbers, all rows of column j', integer(rows))),
        factRow(
          'whole',
          one([at('I'), at('J')]),
          t('the whole channel: {0} numbers', `${integer(rows)} · ${integer(columns)} = ${integer(places)}`),
        ),
      ],
    },
    ...(formula ? [{ kind: 'formula', title: t('An index twice at the right is summed over'), formula } as const] : []),
    ...(weights === null
      ? []
      : [
          {
            kind: 'note',
            text: t('{0} weights, each used at {1} places: that is weight sharing.', integer(weights), integer(places)),
          } as const,
        ]),
  ];
  return {
    blocks,
    steps: [
      { text: t('Run it on a picture'), action: { do: 'run' } },
      { text: t('Open the microscope on {0}', node.name), action: { do: 'tab', tab: 'microscope', node: node.id } },
    ],
  };
}
