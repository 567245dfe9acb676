/** Kernels that nobody had to learn, and what stands beyond the border. */
import { unitField } from '../analysis/exactField';
import type { Constant, Node } from '../ir/types';
import { t } from '../l10n/l10n';
import { decimal, integer } from '../view/numbers';
import { factRow } from '../view/rows';
import { besideStep, chosen, layers, named, outputOf, planOf, shapeOf, type Content, type CourseNet } from './net';
import type { CourseBlock, CourseGrid } from './types';

/** Kernels with more rows are not read number by number. */
const LARGEST = 9;

/** The first numbers of a constant that is kept with the graph; null for one that lies in a file, or is longer than what is kept. */
function firstNumbers({ elements }: Constant, count: number): readonly number[] | null {
  if (elements.kind === 'inline') {
    const numbers = elements.values.slice(0, count).map(Number);
    return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
  }
  if (elements.kind !== 'made' || elements.recipe.kind !== 'cycle') return null;
  const { values } = elements.recipe;
  return values.length ? Array.from({ length: count }, (_, i) => values[i % values.length]!) : null;
}

/** The kernel of the first output and input channel. */
function kernelOf({ facts }: CourseNet, { id, name }: Node): CourseGrid | null {
  const weight = facts.nodes[id]?.parameters.find(({ role }) => role === 'weight');
  const constant = weight ? facts.graph.values[weight.source]?.constant : null;
  const [rows, columns] = weight?.shape.slice(2) ?? [];
  if (!constant || rows === undefined || columns === undefined || Math.max(rows, columns) > LARGEST) return null;
  const cells = firstNumbers(constant, rows * columns);
  if (!cells) return null;
  const sum = cells.reduce((all, one) => all + one, 0);
  // Fractions like 1/9 add up to nearly one.
  const rounded = Math.round(sum * 1e6) / 1e6;
  return {
    title: headName({ name }),
    caption: t('sum {0}', decimal(rounded)),
    rows,
    columns,
    cells,
    look: 'digits',
  };
}

/** Of a head with one filter, the head's. */
const headName = ({ name }: Pick<Node, 'name'>): string => name.replace(/\/filter\d*$/, '');

export function classics(net: CourseNet): Content {
  const filters = layers(net);
  const grids = filters.map((node) => kernelOf(net, node)).filter((grid) => grid !== null);
  const first = chosen(net, filters);
  return {
    blocks: [
      { kind: 'grids', title: t('The kernels of this net'), grids },
      { kind: 'note', text: t('A sum of 1 keeps the brightness; a sum of 0 answers to differences alone.') },
    ],
    steps: [
      { text: t('Run it on a picture'), action: { do: 'run' } },
      ...besideStep(['smooth', 'difference', 'corners', 'edges'].map((name) => named(net, name))),
      ...(first
        ? [
            {
              text: t('Look at the maps of {0}', headName(first)),
              action: { do: 'tab', tab: 'maps', node: first.id } as const,
            },
          ]
        : []),
    ],
  };
}

export function borders(net: CourseNet): Content {
  const plan = planOf(net);
  const rows = layers(net).flatMap((node) => {
    const value = outputOf(node);
    const shape = shapeOf(net, node);
    const field = plan && value !== null ? unitField(plan, value, [0, 0]) : null;
    if (!shape || !field) return [];
    const outside = field.padding === null ? '?' : integer(field.padding);
    const seen = t('{0} seen + {1} outside', integer(field.pixels), outside);
    return [factRow(node.name, headName(node), `${shape.slice(2).join('×')} · ${seen}`)];
  });
  const blocks: CourseBlock[] = [{ kind: 'facts', title: t('Pixels of the unit in the upper left corner'), rows }];
  const white = named(net, 'white');
  // A neutral value is what there is to see.
  const node = chosen(net, white ? [white, ...layers(net)] : layers(net));
  return {
    blocks,
    steps: [
      { text: t('Run it on a picture'), action: { do: 'run' } },
      ...besideStep(['none', 'black', 'white', 'mirrored'].map((name) => named(net, name))),
      ...(node
        ? [
            {
              text: t('Look at the maps of {0}', headName(node)),
              action: { do: 'tab', tab: 'maps', node: node.id } as const,
            },
            {
              text: t('Open the microscope on {0}', headName(node)),
              action: { do: 'tab', tab: 'microscope', node: node.id } as const,
            },
          ]
        : []),
    ],
  };
}
