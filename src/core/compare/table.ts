/** Two models as one table, one row a layer: what it is in the second, what it was in the first, and by how much it grew. */
import { t } from '../l10n/l10n';
import { fullName, labels, operatorText } from '../view/layerTable';
import { grouped, type Cell, type Column, type Table } from '../view/table';
import type { DiffMark, LayerChange, Scene, SceneNode } from '../view/types';

type Was = NonNullable<LayerChange['was']>;

/** What the layer is in either model; null in the one that does not have it. */
const sides = (node: SceneNode): { readonly was: Was | null; readonly is: SceneNode | null } => ({
  was: node.change?.was ?? null,
  is: node.mark === 'removed' ? null : node,
});

const moduleOf = ({ groups }: Scene, { group }: SceneNode): string => groups[group ?? -1]?.path ?? '';

/** `64×56×56 → 64×28×28`, or the one they agree on. */
const both = (was: string | undefined, is: string | undefined): string =>
  was === undefined || is === undefined || was === is ? (is ?? was ?? '') : `${was || '?'} → ${is || '?'}`;

const signed = (change: number | null | undefined): Cell =>
  change === undefined || change === 0
    ? ''
    : change === null
      ? null
      : `${change > 0 ? '+' : '−'}${grouped(Math.abs(change))}`;

/** What sees everything, or nothing, has no number that could grow. */
function grownField(node: SceneNode): Cell {
  const { was, is } = sides(node);
  if (!was || !is || was.sees === is.sees) return '';
  const by = node.change?.sees ?? null;
  return by === null ? both(String(was.sees ?? ''), String(is.sees ?? '')) : signed(by);
}

const number = (title: string): Column => ({ title, right: true });

const MARKS: Readonly<Record<DiffMark | 'same', string>> = {
  added: t('added'),
  removed: t('removed'),
  changed: t('changed'),
  follows: t('follows'),
  same: t('same'),
};

/** As people read it: for Markdown and LaTeX. */
export const comparedFlat = (scene: Scene, nodes: readonly SceneNode[]): Table => ({
  columns: [
    { title: t('Difference') },
    { title: t('Layer') },
    { title: t('Operator') },
    ...[t('Output'), t('Sees, px'), 'Δ', t('Parameters'), 'Δ', 'MACs', 'Δ'].map(number),
  ],
  rows: nodes.map((node) => {
    const { was, is } = sides(node);
    const { change, mark } = node;
    const shown = is ?? was;
    return [
      MARKS[mark ?? 'same'],
      fullName({ node, module: moduleOf(scene, node) }),
      operatorText(node),
      both(was?.sizeOut, is?.sizeOut),
      ...[String(shown?.sees ?? ''), grownField(node)],
      ...[shown?.parameters ?? null, signed(change?.parameters)],
      ...[shown?.macs ?? null, signed(change?.macs)],
    ];
  }),
});

/** One fact a column, for spreadsheets and scripts; numbers are bare, and null on the side that has no such layer. */
export function comparedPlain(scene: Scene, nodes: readonly SceneNode[]): Table {
  const text = ['difference', 'name', 'module', 'op', 'attributes_before', 'attributes', 'output_before', 'output'];
  const counted = ['index', 'sees', 'parameters', 'macs'].flatMap((name) => [`${name}_before`, name]);
  const grown = ['sees_change', 'parameters_change', 'macs_change', 'elements_change'];
  return {
    columns: [...text.map((title) => ({ title })), ...[...counted, ...grown].map(number)],
    rows: nodes.map((node) => {
      const { was, is } = sides(node);
      const { change } = node;
      const attributes = [was, is].map((side) => (side ? labels(side).join(' ') : ''));
      const sizes = [was, is].map((side) => (side?.sizeOut ?? '').replace(/×/g, 'x'));
      return [
        ...[node.mark ?? 'same', node.name, moduleOf(scene, node), node.op],
        ...[...attributes, ...sizes],
        ...[was?.place ?? null, is ? (change?.place ?? null) : null],
        ...[was?.sees ?? null, is?.sees ?? null],
        ...[was?.parameters ?? null, is?.parameters ?? null],
        ...[was?.macs ?? null, is?.macs ?? null],
        ...[change?.sees, change?.parameters, change?.macs, change?.elements].map((grown) => grown ?? null),
      ];
    }),
  };
}
