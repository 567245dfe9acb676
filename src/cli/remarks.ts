import type { Facts } from '../core/analysis';
import { foldableNorms } from '../core/analysis/foldable';
import { unproductive } from '../core/analysis/effectiveField';
import { bytes, count } from '../core/view/numbers';
import { printable } from '../core/view/plainText';
import { grouped } from '../core/view/table';
import type { Scene } from '../core/view/types';

/** Plain spaces: what is on a terminal gets copied. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

const number = (n: number | null): string => (n === null ? 'unknown' : grouped(n));
const short = (n: number | null): string => (n === null || n < 1e4 ? '' : ` (${plain(count(n))})`);
const size = (n: number | null): string => (n === null ? 'unknown' : plain(bytes(n)));
const plural = (n: number, thing: string): string => `${grouped(n)} ${thing}${n === 1 ? '' : 's'}`;

export function heading({ title, header }: Scene): string {
  const { format, opset, producer, operators, input } = header;
  const facts = [format, opset, producer, plural(operators, 'operator'), input && `input ${input}`].filter(Boolean);
  return printable(`${title}  ${facts.join(' · ')}`) + '\n\n';
}

/** Signs used in the column `Sees`, said only where they occur. */
function legend({ fields }: Facts): readonly string[] {
  const seen = fields.filter((f) => f !== null);
  return [
    seen.some((f) => !f.aligned) ? '≠  paths meet here whose units do not look at the same places' : '',
    seen.some((f) => !f.dense) ? '°  pixels inside of the receptive field are not used' : '',
    seen.some((f) => f.whole) ? 'all  a global operator lies before: a unit may see whatever reaches it' : '',
  ];
}

const ROLES: Readonly<Record<string, string>> = {
  weight: 'weights',
  bias: 'biases',
  bn_scale: 'batch norm scales',
  bn_bias: 'batch norm shifts',
  bn_mean: 'batch norm means',
  bn_var: 'batch norm variances',
  scale: 'norm scales',
  elementwise_const: 'elementwise constants',
};

const hasOpenSize = ({ graph, types }: Facts): boolean =>
  graph.inputs.some((value) => types[value]?.shape?.some((extent) => typeof extent !== 'number'));

/** What the table cannot say: sums, memory, and hints. */
export function remarks(facts: Facts): string {
  const { totals } = facts;
  const roles = Object.entries(totals.byRole).filter(([, n]) => n > 0);
  const weights = Object.entries(totals.weightBytesByType).map(([dtype, n]) => `${size(n)} ${dtype}`);
  const { inSubgraphs: inside } = totals;
  const folds = foldableNorms(facts).size;
  const idle = unproductive(facts).length;
  const lines = [
    ...legend(facts),
    `Parameters   ${number(totals.parameters)}${short(totals.parameters)}`,
    roles.length > 1
      ? `             ${roles.map(([role, n]) => `${grouped(n)} ${ROLES[role] ?? role}`).join(', ')}`
      : '',
    `MACs         ${number(totals.macs)}${short(totals.macs)}`,
    totals.macs === null && hasOpenSize(facts)
      ? `             a size of the input is open: --input NAME=1x3x224x224 gives it a number`
      : '',
    weights.length ? `Weights      ${weights.join(', ')}` : '',
    `Activations  ${size(totals.activationBytes)}, at most ${size(totals.peakBytes)} at a time`,
    inside.parameters || inside.macs
      ? `In bodies    ${number(inside.parameters)} parameters and ${number(inside.macs)} MACs of If, Loop and Scan, not counted above`
      : '',
    folds ? `${plural(folds, 'batch norm')} could be folded into the layer before.` : '',
    idle
      ? `${plural(idle, 'convolution')} already ${idle === 1 ? 'sees' : 'see'} more than the whole image: unproductive.`
      : '',
  ];
  return lines.flatMap((line) => (line === '' ? [] : [`${line}\n`])).join('');
}
