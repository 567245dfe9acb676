/** What could be done better, in words: information, never a problem. */
import { unproductiveBy } from '../analysis/effectiveField';
import type { Facts } from '../analysis/facts';
import { foldsInto } from '../analysis/foldable';
import type { Node } from '../ir/types';
import { t } from '../l10n/l10n';
import { unitOf } from './fieldRows';
import { integer } from './numbers';
import { factRow, quiet } from './rows';
import type { FactRow } from './types';

/** One number where all axes agree. */
const along = (extents: readonly number[]): string =>
  extents.every((n) => n === extents[0]) ? integer(extents[0]!) : extents.map(integer).join('×');

const WORDS: Readonly<Record<string, string>> = { px: 'pixels' };

/** `its input already sees 427 of 224 pixels`; '' for a layer that can still learn something new of the image. */
export function unproductiveText(facts: Facts, node: Node): string {
  const surplus = unproductiveBy(facts, node);
  if (!surplus) return '';
  const unit = unitOf(surplus.image.length);
  return t('its input already sees {0} of {1} {2}', along(surplus.sees), along(surplus.image), WORDS[unit] ?? unit);
}

function unproductiveRow(facts: Facts, node: Node): FactRow | null {
  const text = unproductiveText(facts, node);
  if (!text) return null;
  const why = t(
    'A wider view cannot bring in anything new. Layers like this do little in trained nets (Richter et al. 2021): a larger input makes use of them.',
  );
  return factRow('unproductive', t('Unproductive'), [quiet(text)], why);
}

function foldRow(facts: Facts, node: Node): FactRow | null {
  const { graph, nodes } = facts;
  const title = (id: number): string => nodes[id]?.def?.title ?? graph.nodes[id]?.op ?? '';
  const why = t(
    'When it only runs, its scale and shift for each channel can go into the weights and the bias: one layer less.',
  );
  const layer = foldsInto(facts, node);
  if (layer !== null) return factRow('folds', t('Foldable'), [quiet(t('into the {0} before it', title(layer)))], why);
  const [output = null] = node.outputs;
  const [reader, ...others] = output === null ? [] : (graph.consumers[output] ?? []);
  const norm = reader === undefined || others.length ? undefined : graph.nodes[reader];
  if (!norm || foldsInto(facts, norm) !== node.id) return null;
  return factRow('folds', t('Foldable'), [quiet(t('the {0} after it, into this layer', title(norm.id)))], why);
}

export const hintRows = (facts: Facts, node: Node): readonly FactRow[] =>
  [unproductiveRow(facts, node), foldRow(facts, node)].filter((row) => row !== null);
