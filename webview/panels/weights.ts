/** One stored tensor of weights: its range, how its values are spread, and its kernels as images; read when it comes into sight. */
import './weights.css';
import { t } from '../../src/core/l10n/l10n';
import type { WeightRow } from '../../src/core/view/types';
import type { HostApi } from '../../src/protocol/host';
import { PagedTensor, sampleOf, type ReadElements, type Sample } from '../state/pagedTensor';
import { histogram, layerStatistics, type Statistics } from '../state/statistics';
import { scaleFor } from '../ui/colourMaps';
import { el, fill, icon } from '../ui/dom';
import { bytes, integer, percent } from '../ui/numbers';
import { histogramBars } from './histogram';
import { createKernels, type KernelView } from './kernels';
import { valueText } from './valueText';

const BINS = 61;
/** So few are told one by one. */
const TOLD = 12;

export interface WeightView {
  /** At the right of its heading. */
  readonly aside: HTMLElement;
  readonly element: HTMLElement;
  dispose(): void;
}

/** Samples of the tensors looked at last, so that walking back reads nothing again; they go with their host's file. */
const KEPT = 12;
const samples = new WeakMap<HostApi, Map<string, Sample>>();
export const forgetSamples = (host: HostApi): void => void samples.delete(host);

function remember(host: HostApi, key: string, sample: Sample): void {
  const kept = samples.get(host) ?? new Map<string, Sample>();
  samples.set(host, kept);
  kept.set(key, sample);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}

export function createWeights(row: WeightRow, host: HostApi): WeightView {
  const body = el('div', { class: 'weights-body' });
  const aside = el('span');
  const element = el(
    'div',
    { class: 'weights', attrs: { 'data-weights': row.value } },
    body,
    el('div', { class: 'weights-file', text: fileText(row), title: row.name }),
  );
  if (row.stored !== 'file') {
    const sign = row.stored === 'missing' ? icon('warning', t('missing')) : null;
    fill(body, el('div', { class: 'weights-none' }, sign, el('span', { text: reasonText(row) })));
    return { aside, element, dispose: () => undefined };
  }
  if (row.count === 0) return { aside, element, dispose: () => undefined };

  let gone = false;
  const read: ReadElements = async (from, count) => (await host.tensor({ value: row.value, from, count })).values;
  const problem = (text: string): void => {
    fill(body, el('div', { class: 'weights-none' }, icon('warning', t('unreadable')), el('span', { text })));
  };
  const paged = new PagedTensor(row.count, read, (error) => {
    if (gone) return;
    if (error === null) kernels?.refresh();
    else problem(error);
  });
  const name = `${row.role} ${row.size}`;
  const kernels: KernelView | null = row.kernels ? createKernels(row.kernels, paged, name) : null;
  const spread = el('div', { class: 'weights-spread' });
  fill(body, spread, kernels?.element);

  const start = async (): Promise<void> => {
    const key = `${row.value}/${row.count}`;
    try {
      const sample = samples.get(host)?.get(key) ?? (await sampleOf(row.count, read, () => gone));
      if (!sample || gone) return;
      remember(host, key, sample);
      const statistics = statisticsOf(sample);
      aside.textContent = statistics.count === statistics.notFinite ? '' : t('mean {0}', valueText(statistics.mean));
      fill(spread, ...spreadOf(sample, statistics));
      kernels?.paint(Math.max(Math.abs(statistics.min), Math.abs(statistics.max)) || 1);
    } catch (error) {
      if (!gone) problem(error instanceof Error ? error.message : String(error));
    }
  };
  const seen = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      seen.disconnect();
      void start();
    },
    { rootMargin: '200px' },
  );
  seen.observe(element);
  return {
    aside,
    element,
    dispose() {
      gone = true;
      seen.disconnect();
      kernels?.dispose();
    },
  };
}

function fileText({ name, dtype, bytes: size, shared, port }: WeightRow): string {
  const parts = [port && name ? `${port} = ${name}` : name, dtype, size === null ? '' : bytes(size)];
  return [...parts, shared ? t('used by other operators too') : ''].filter(Boolean).join(' · ');
}

const reasonText = ({ stored, reason }: WeightRow): string =>
  stored === 'missing' ? t('Cannot be read: {0}', reason) : t('No values to show: {0}', reason);

function statisticsOf({ values }: Sample): Statistics {
  const { length } = values;
  return layerStatistics({ kind: 'vector', axes: 0, channels: 1, height: 1, width: length, data: values });
}

function spreadOf({ values, total, whole }: Sample, statistics: Statistics): HTMLElement[] {
  const { min, max, deviation, zeros, notFinite, count } = statistics;
  const list: HTMLElement[] = [];
  if (total <= TOLD) {
    const texts = Array.from(values, valueText);
    list.push(el('div', { class: 'weights-told', text: texts.join(' · ') }));
  } else if (count > notFinite) {
    const scale = scaleFor(min, max);
    const low = min >= 0 ? 0 : scale.low;
    const high = max > 0 || min < 0 ? scale.high : 1;
    list.push(
      el(
        'div',
        { class: 'weights-histogram' },
        histogramBars(histogram(values, values.length, low, high, BINS), low, high, scale),
      ),
      el(
        'div',
        { class: 'weights-ends' },
        el('span', { text: valueText(low) }),
        low < 0 ? el('span', { text: '0' }) : null,
        el('span', { text: valueText(high) }),
      ),
    );
  }
  const facts = [
    count > notFinite ? `${valueText(min)} … ${valueText(max)}` : '',
    count > notFinite ? `σ ${valueText(deviation)}` : '',
    zeros ? t('{0} zero', percent(zeros / count)) : '',
    whole ? '' : t('sampled: {0} of {1}', integer(values.length), integer(total)),
  ].filter(Boolean);
  list.push(el('div', { class: 'weights-facts', text: facts.join(' · ') }));
  if (notFinite)
    list.push(
      el(
        'div',
        { class: 'weights-none' },
        icon('warning'),
        ' ',
        whole ? t('{0} not finite', integer(notFinite)) : t('{0} not finite in the sample', integer(notFinite)),
      ),
    );
  return list;
}
