/** Synapses of a layer in words: as a product, by role, and the lecture's three ways of counting (blueprint §3). */
import type { Facts, Parameter } from '../analysis/facts';
import { type Dim, dimText } from '../ir/dim';
import type { NodeId } from '../ir/types';
import { t } from '../l10n/l10n';
import type { ParameterRole, Synapses } from '../ops/operator';
import { count, factor, integer } from './numbers';
import { plain, quiet, strong } from './rows';
import type { SynapseCount, SynapseView, TextPart } from './types';

const ROLES: Readonly<Record<ParameterRole, string>> = {
  weight: t('Weights'),
  bias: t('Bias'),
  bn_scale: t('Scale γ'),
  bn_bias: t('Shift β'),
  bn_mean: t('Mean μ'),
  bn_var: t('Variance σ²'),
  scale: t('Gain γ'),
  elementwise_const: t('Constant'),
};
export const roleName = (role: ParameterRole): string => ROLES[role];

/** `1 088 = 64·16·1·1 + 64`; a plain number where there is nothing to multiply. */
export function productOf(parameters: readonly Parameter[], total: number): readonly TextPart[] {
  const factors = parameters.map(({ shape }) => (shape.length ? shape.map(integer).join('·') : '1'));
  const sum = factors.join(' + ');
  return [plain(integer(total)), ...(sum === integer(total) || factors.length > 6 ? [] : [quiet(` = ${sum}`)])];
}

/** `weights 1 024 · bias 64`, summed by role. */
export function rolesText(parameters: readonly Parameter[]): string {
  const byRole = new Map<ParameterRole, number>();
  for (const { role, count: n } of parameters) byRole.set(role, (byRole.get(role) ?? 0) + n);
  return [...byRole].map(([role, n]) => `${ROLES[role].toLowerCase()} ${integer(n)}`).join(' · ');
}

const LABELS: Readonly<Record<keyof Synapses, string>> = {
  shared: t('shared'),
  unshared: t('unshared'),
  fullyConnected: t('fully connected'),
};

const numberOf = (d: Dim): number | null => (typeof d === 'number' && Number.isSafeInteger(d) ? d : null);

function countRow(key: keyof Synapses, d: Dim): SynapseCount {
  const label = LABELS[key];
  if (typeof d === 'object' && d !== null) return { key, label, value: null, text: d.text, exact: d.text };
  const value = numberOf(d);
  // Beyond 2⁵³ no count is exact, but its size still says what there is to say.
  if (value === null && typeof d === 'number' && Number.isFinite(d)) {
    return { key, label, value: d, text: count(d), exact: t('about {0}', count(d)) };
  }
  return { key, label, value, text: value === null ? '?' : count(value), exact: value === null ? '?' : integer(value) };
}

const scales = new WeakMap<Facts, number>();
const LEAST_SCALE = 6;

/** Power of ten that holds the largest count of any layer. */
function scaleOf(facts: Facts): number {
  const known = scales.get(facts);
  if (known !== undefined) return known;
  let most = 1;
  for (const { synapses } of facts.nodes) {
    for (const d of synapses ? [synapses.shared, synapses.unshared, synapses.fullyConnected] : []) {
      if (typeof d === 'number' && Number.isFinite(d)) most = Math.max(most, d);
    }
  }
  const scale = Math.max(LEAST_SCALE, Math.ceil(Math.log10(most)));
  scales.set(facts, scale);
  return scale;
}

/** Null for a layer without weights of its own. */
export function synapseView(facts: Facts, id: NodeId): SynapseView | null {
  const own = facts.nodes[id];
  if (!own?.parameters.length && !own?.synapses) return null;
  const counts = own.synapses
    ? (['shared', 'unshared', 'fullyConnected'] as const).map((key) => countRow(key, own.synapses![key]))
    : [];
  return {
    product: productOf(own.parameters, own.parameterCount),
    counts,
    sentence: counts.length ? sentenceOf(facts, id, counts) : [],
    scale: scaleOf(facts),
  };
}

function sentenceOf(facts: Facts, id: NodeId, counts: readonly SynapseCount[]): readonly TextPart[] {
  const [shared, unshared, full] = counts.map(({ value }) => value);
  if (!shared || !unshared || !full) {
    return [plain(t('How many times fewer these are depends on extents that the file leaves open.'))];
  }
  if (shared === full)
    return [plain(t('Every output has a weight of its own for every input: nothing is shared, nothing left out.'))];
  const own = facts.nodes[id];
  const transposed = own?.def?.family === 'upsampling';
  const { inputs, outputs } = own?.context ?? { inputs: [], outputs: [] };
  const shape = transposed ? inputs[0]?.type?.shape : outputs[0]?.shape;
  const places = (shape ?? []).slice(2).map(dimText).join('×');
  const kernel = (own?.windows ?? []).map((w) => w.kernel).join('×');
  const looking = ofChannels(facts, id, kernel);
  const sentence = transposed
    ? t(
        'Sharing one kernel over {0} places saves a factor of {1}; reaching only {2} another {3}.',
        places,
        MARK,
        looking,
        MARK,
      )
    : t(
        'Sharing one kernel over {0} places saves a factor of {1}; looking only at {2} another {3}.',
        places,
        MARK,
        looking,
        MARK,
      );
  const [before = '', between = '', after = ''] = sentence.split(MARK);
  const factors = [unshared / shared, full / unshared].map((n) => strong(factor(n)));
  return [plain(before), factors[0]!, plain(between), factors[1]!, plain(after)];
}

/** Stands in a sentence where a part of another tone comes. */
const MARK = '\u0000';

/** `3×3 of one channel`, `3×3 of 4 channels` where a group of channels is read, not all. */
function ofChannels(facts: Facts, id: NodeId, kernel: string): string {
  const group = facts.nodes[id]?.context?.attrs.int('group', 1) ?? 1;
  const weight = facts.nodes[id]?.parameters.find(({ role }) => role === 'weight');
  const read = weight?.shape[1];
  if (group <= 1 || read === undefined) return kernel;
  return read === 1 ? t('{0} of one channel', kernel) : t('{0} of {1} channels', kernel, integer(read));
}
