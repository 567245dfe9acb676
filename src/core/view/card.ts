/** What is said of an operator while the pointer rests on it. */
import type { Facts } from '../analysis/facts';
import { dimText } from '../ir/dim';
import type { Node, ValueId } from '../ir/types';
import { t } from '../l10n/l10n';
import { dataInputs } from './flow';
import { seesRows } from './fieldRows';
import { hintRows } from './hints';
import { formulaView } from './mathml';
import { bytes, count, integer, share, size } from './numbers';
import { factRow, plain, quiet } from './rows';
import type { Drawing } from './scene';
import { productOf, rolesText } from './synapseView';
import type { FactRow, FormulaView, HoverCard, TextPart } from './types';

/** More sizes than these are counted, not listed. */
const LISTED = 4;
/** A formula of extents longer than this says less than a question mark. */
const LONGEST = 60;

/** `64×55×55 · 5 of 32×55×55`: few are listed, of many equal neighbours stand together. */
function sizes(facts: Facts, values: readonly ValueId[]): string {
  if (values.length < LISTED) return values.map((value) => size(facts.types[value] ?? null) || '?').join(' · ');
  const runs: { text: string; n: number }[] = [];
  for (const value of values) {
    const text = size(facts.types[value] ?? null) || '?';
    const last = runs.at(-1);
    if (last?.text === text) last.n++;
    else runs.push({ text, n: 1 });
  }
  const texts = runs.map(({ text, n }) => (n > 1 ? t('{0} of {1}', n, text) : text));
  if (texts.length <= LISTED) return texts.join(' · ');
  return `${texts.slice(0, LISTED - 1).join(' · ')} · … ${t('{0} in all', integer(values.length))}`;
}

const outputsOf = (node: Node): readonly ValueId[] => node.outputs.filter((v): v is ValueId => v !== null);

export function sizeRows(facts: Facts, node: Node): readonly FactRow[] {
  const inputs = dataInputs(facts, node);
  const outputs = outputsOf(node);
  return [
    ...(inputs.length ? [factRow('in', t('In'), sizes(facts, inputs))] : []),
    ...(outputs.length ? [factRow('out', t('Out'), sizes(facts, outputs))] : []),
  ];
}

/** `27.9 M · 8.0 % of the net`; none for operators that multiply nothing. */
export function macsRow(facts: Facts, node: Node): FactRow | null {
  const own = facts.nodes[node.id];
  const macs = own?.macs ?? null;
  if (macs === 0) return null;
  if (macs !== null) {
    const part = facts.totals.macs === null ? '' : share(macs, facts.totals.macs);
    const parts = [plain(count(macs)), ...(part ? [quiet(` · ${t('{0} of the net', part)}`)] : [])];
    return factRow('macs', 'MACs', parts, t('{0} multiply-accumulates', integer(macs)));
  }
  const formula = own?.context && own.def?.macs ? own.def.macs(own.context) : null;
  if (typeof formula === 'object' && formula !== null && formula.text.length <= LONGEST) {
    return factRow('macs', 'MACs', [plain(dimText(formula)), quiet(` · ${t('for extents the file leaves open')}`)]);
  }
  const why = own?.def ? t('sizes are not known') : t('the operator is not known');
  return factRow('macs', 'MACs', [plain('?'), quiet(` · ${why}`)]);
}

function synapseRows(facts: Facts, node: Node): readonly FactRow[] {
  const { parameters = [], parameterCount = 0 } = facts.nodes[node.id] ?? {};
  if (!parameters.length) return [];
  const shared = parameters.some((p) => p.shared) ? t('Some of them are used by other operators as well.') : undefined;
  return [
    factRow('synapses', t('Synapses'), productOf(parameters, parameterCount)),
    factRow('roles', t('By role'), rolesText(parameters), shared),
    shareRow(facts, parameterCount),
  ];
}

function shareRow({ totals }: Facts, own: number): FactRow {
  const exact = t('{0} of {1} parameters', integer(own), integer(totals.parameters));
  return factRow('share', t('Share of the net'), share(own, totals.parameters) || '?', exact);
}

/** Bytes of what it hands on. */
export function memoryRow(facts: Facts, node: Node): FactRow | null {
  const [first] = outputsOf(node);
  const type = first === undefined ? null : (facts.types[first] ?? null);
  if (!type || type.container) return null;
  const own = facts.nodes[node.id]?.activationBytes ?? null;
  const parts: readonly TextPart[] = [plain(own === null ? '?' : bytes(own)), quiet(` · ${type.dtype}`)];
  return factRow(
    'memory',
    t('Activations'),
    parts,
    own === null ? t('sizes are not known') : t('{0} bytes', integer(own)),
  );
}

function formulaOf({ facts, flow }: Drawing, node: Node): FormulaView | null {
  const { def, context } = facts.nodes[node.id] ?? {};
  const formula = (context && def?.formula?.(context)) ?? null;
  if (!formula) return null;
  // A batch of one picture needs no letter's range.
  const ranges = formula.ranges.filter(({ letters, count: n }) => n !== 1 || letters.join() !== 'b');
  const after = facts.nodes[flow.pill[node.id] ?? -1];
  const fused = after?.context ? after.def?.activation?.(after.context) : undefined;
  return formulaView({ ...formula, ranges }, fused === undefined ? null : { text: fused });
}

/** Null where there is no such operator. */
export function hoverCard(drawing: Drawing, id: number): HoverCard | null {
  const { facts, flow, problems } = drawing;
  const node = facts.graph.nodes[id];
  if (!node) return null;
  const { def, context } = facts.nodes[node.id] ?? {};
  const fused = flow.fused[node.id]?.map((part) => part.title) ?? [];
  const rows = [
    ...sizeRows(facts, node),
    ...seesRows(facts, outputsOf(node)[0]),
    ...synapseRows(facts, node),
    macsRow(facts, node),
    ...hintRows(facts, node),
  ];
  return {
    node: id,
    family: def?.family ?? 'shape',
    title: def?.title ?? node.op,
    label: (context ? (def?.label?.(context) ?? []) : []).join(' · '),
    fused: fused.length ? t('with {0}', fused.join(', ')) : '',
    path: pathOf(drawing, node),
    summary: def ? def.summary : t('ConvLens does not know this operator: what is said of it is what the file says.'),
    rows: rows.filter((row) => row !== null),
    formula: formulaOf(drawing, node),
    problems: problems.filter((p) => p.node === id),
  };
}

/** The operator's name; where the file gives none, that of its module or of what it makes. */
function pathOf({ facts, grouping }: Drawing, node: Node): string {
  if (node.name) return node.name;
  const module = grouping.groups[grouping.groupOf[node.id] ?? -1]?.path ?? '';
  const own = grouping.ownName[node.id] ?? '';
  const [first] = outputsOf(node);
  return (
    [module, own].filter(Boolean).join('.') || (first === undefined ? '' : (facts.graph.values[first]?.name ?? ''))
  );
}
