/** Attributes of an operator as text: those of the file, and what it takes for those left out. */
import type { NodeFacts } from '../analysis/facts';
import { dimText } from '../ir/dim';
import type { Attr, Constant, Node } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Contents } from '../ops/operator';
import { attributeDefaults } from './attributeDefaults';
import { extents, integer } from './numbers';
import type { AttributeRow } from './types';

/** Entries of a list that are written out. */
const LISTED = 32;
/** Characters of a text that are written out. */
const LONGEST = 400;

/** Stored as 32 bits: nine digits say it all, seven say it as it was meant. */
const real = (n: number): string => String(Number(n.toPrecision(7)));

function listText(items: readonly string[], total = items.length): string {
  const shown = items.slice(0, LISTED).join(', ');
  return total > Math.min(LISTED, items.length) ? `${shown}, … ${t('{0} in all', integer(total))}` : shown;
}

const clipped = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

function tensorText({ dtype, shape, elements }: Constant): string {
  const what = `${dtype} ${extents(shape, true)}`;
  if (elements.kind !== 'inline' || !elements.values.length) return what;
  return `${what}: ${listText(elements.values.slice(0, LISTED).map(elementText), elements.values.length)}`;
}
const elementText = (v: number | bigint | string): string => (typeof v === 'number' ? real(v) : String(v));

function attributeText(attr: Attr): string {
  switch (attr.kind) {
    case 'int':
      return String(attr.value);
    case 'float':
      return real(attr.value);
    case 'ints':
      return listText(attr.value.slice(0, LISTED).map(String), attr.value.length);
    case 'floats':
      return listText(attr.value.slice(0, LISTED).map(real), attr.value.length);
    case 'string':
      return attr.value;
    case 'strings':
      return listText(attr.value.slice(0, LISTED), attr.value.length);
    case 'tensor':
      return tensorText(attr.value);
    case 'graph':
      return t('graph of {0} operators', integer(attr.value.nodes.length));
    case 'graphs':
      return t('{0} graphs', integer(attr.value.length));
    case 'other':
      return attr.value;
  }
}

/** Small constants' elements: `1, 64, −1`; '' where they are many or unknown. */
export function contentsText(contents: Contents | undefined): string {
  if (!contents || contents.values.length > LISTED || !contents.values.some((v) => v !== null)) return '';
  return contents.values.map((v) => (typeof v === 'number' ? real(v) : dimText(v))).join(', ');
}

export function attributeRows(node: Node, facts: NodeFacts | undefined): readonly AttributeRow[] {
  const given = [...node.attrs].map(([name, attr]) => ({
    name,
    value: clipped(attributeText(attr)),
    isDefault: false,
  }));
  if (node.domain !== '' || !facts?.context) return given;
  const axes = facts.windows?.length ?? 0;
  const auto = (facts.context.attrs.string('auto_pad', 'NOTSET') || 'NOTSET') !== 'NOTSET';
  const left = attributeDefaults(node.op, facts.context.opset).flatMap(({ name, value, perAxis }) => {
    if (node.attrs.has(name) || (perAxis && !axes) || (auto && name === 'pads')) return [];
    const text = perAxis
      ? Array<string>(axes * perAxis)
          .fill(value)
          .join(', ')
      : value.replaceAll(',', ', ');
    return [{ name, value: text, isDefault: true }];
  });
  return [...given, ...left];
}
