/** Where in a tensor the features lie that a new head could read: a fold over how axes run along each other, which knows no operator. */
import { dimEquals, dimText } from '../ir/dim';
import type { HeadPlace } from '../ir/head';
import type { ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Dependence } from '../ops/dependence';
import type { Facts } from './facts';
import { isIdentity, linksOf, type Link } from './fieldLinks';
import { imageAxes } from './imageAxes';

/** Axes of one tensor. */
interface Places {
  /** Null: pictures lie on no axis of their own. */
  readonly batch: number | null;
  /** More than one where features were parted, as for the heads of an attention; none: it cannot be told. */
  readonly features: readonly number[];
}

const NOWHERE: Places = { batch: null, features: [] };

/** The axes a head needs of a tensor, or why it can have none. */
export function headPlace(facts: Facts, value: ValueId): HeadPlace | string {
  const shape = facts.types[value]?.shape;
  if (!shape || shape.length < 2) return t('A head needs to know how many channels there are.');
  const { batch, features } = placesIn(facts, value);
  const first = batch ?? (sameBatch(facts, value) ? 0 : null);
  if (first === null) return t('A head needs the pictures of a batch on an axis of their own.');
  const [axis, more] = shape.length === 2 ? [1 - first] : features;
  if (axis === undefined || more !== undefined || axis === first)
    return t(
      'A head needs to know which axis holds the features: of {0} that cannot be told.',
      shape.map(dimText).join('×'),
    );
  return { batch: first, features: axis };
}

/** Whether the first axis is as long as that of the picture. */
function sameBatch({ imageInput, types }: Facts, value: ValueId): boolean {
  const [own, given] = [types[value]?.shape, imageInput === null ? null : types[imageInput]?.shape];
  return own?.length !== undefined && given?.length !== undefined && dimEquals(own[0] ?? null, given[0] ?? null);
}

/** Follows batch and features from the inputs to this value. */
function placesIn({ graph, types, constant, nodes, imageInput }: Facts, value: ValueId): Places {
  const found = new Map<ValueId, Places>();
  for (const id of graph.inputs) {
    const shape = types[id]?.shape;
    if (!shape?.length) continue;
    const space = imageAxes(shape);
    const rest = shape.map((_, axis) => axis).filter((axis) => axis > 0 && !space.includes(axis));
    found.set(id, { batch: 0, features: id === imageInput && rest.length === 1 ? rest : [] });
  }
  for (const node of graph.nodes) {
    const links = linksOf(node, nodes[node.id], types, constant);
    const alone = new Set(links.map(({ from }) => from)).size === 1;
    for (const link of links) {
      const now = found.get(link.to) ?? NOWHERE;
      const next = onward(found.get(link.from) ?? NOWHERE, link, alone);
      // Of several inputs the first that tells: a sum lies as each of its parts.
      found.set(link.to, {
        batch: now.batch ?? next.batch,
        features: now.features.length ? now.features : next.features,
      });
    }
    if (node.outputs.includes(value)) break;
  }
  return found.get(value) ?? NOWHERE;
}

/** Through one operator; `alone`: nothing else that is computed comes in, so what a new axis holds comes from weights. */
function onward(before: Places, { dependence, toShape }: Link, alone: boolean): Places {
  if (!dependence) return NOWHERE;
  const { axes } = dependence;
  const onto = (from: number): number => axes.findIndex((links) => links.some((link) => link.from === from));
  const batch = before.batch === null ? -1 : onto(before.batch);
  const features = before.features.map(onto).filter((axis) => axis >= 0);
  const fresh = axes.flatMap((links, axis) => (links.length === 0 ? [axis] : []));
  const moved = features.length
    ? together(before.features, features, axes, toShape)
    : fresh.length === 1 && alone
      ? fresh
      : [];
  const apart = batch >= 0 && axes[batch]!.length === 1 && isIdentity(axes[batch]![0]!.map);
  return { batch: apart ? batch : null, features: moved };
}

/** The axes that features on `before` lie on now, of which `after` are those that run along them. */
function together(
  before: readonly number[],
  after: readonly number[],
  axes: Dependence['axes'],
  shape: Link['toShape'],
): readonly number[] {
  const [axis] = after as [number];
  const links = axes[axis]!;
  if (before.length > 1) {
    const merged =
      after.length === before.length && after.every((one) => one === axis) && links.length === before.length;
    const moved = new Set(after).size === before.length && after.every((one) => axes[one]!.length === 1);
    return merged ? [axis] : moved ? after : [];
  }
  // With rows and columns in one axis they are features no more.
  if (links.length > 1) return [];
  const { map } = links[0]!;
  if (map.kind !== 'window' || map.window.kernel === 1 || map.window.kernel !== map.window.stride) return [axis];
  // Parted: the axes behind hold the rest.
  const parts = [axis];
  for (let rest = map.window.kernel, next = axis + 1; rest > 1; next++) {
    const extent = shape?.[next];
    if (typeof extent !== 'number' || extent < 1 || axes[next]!.length) return [];
    parts.push(next);
    rest /= extent;
  }
  return parts;
}
