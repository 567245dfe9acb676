/** How long a run takes, first and warm, and each of its layers once they were measured. */
import './layerTimes.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppState, LayerTimes } from '../state/app';
import type { PageContext } from '../state/context';
import type { Runner } from '../state/runner';
import { button } from '../ui/index';
import { el, refill } from '../ui/dom';
import { duration, percent } from '../ui/numbers';
import { placedName, shareRow } from './shareRow';

const SHOWN = 8;

/** Layers by time, the slowest first. */
export function slowest(times: LayerTimes): readonly { readonly node: number; readonly ms: number }[] {
  const measured = times.ms.flatMap((ms, node) => (ms === null ? [] : [{ node, ms }]));
  return measured.sort((a, b) => b.ms - a.ms || a.node - b.node);
}

function rows(times: LayerTimes, context: PageContext): HTMLElement[] {
  const order = slowest(times).slice(0, SHOWN);
  const most = order[0]?.ms ?? 0;
  return order.flatMap(({ node, ms }) => {
    const ofAll = percent(times.total > 0 ? Math.min(1, ms / times.total) : 0);
    return shareRow(context.store, node, most > 0 ? ms / most : 0, [duration(ms), ofAll]) ?? [];
  });
}

function measured(times: LayerTimes, context: PageContext): HTMLElement[] {
  const sum = times.ms.reduce<number>((all, ms) => all + (ms ?? 0), 0);
  const rest = Math.max(0, times.total - sum - times.other);
  const { store } = context;
  const [most] = slowest(times);
  const { scene } = store.get();
  const layer = most && scene?.nodes[most.node];
  const share = percent(times.total > 0 && most ? Math.min(1, most.ms / times.total) : 0);
  const way = (text: string, title: string, testId: string, go: () => void): HTMLElement =>
    el('button', {
      class: 'link-quiet',
      text,
      title,
      attrs: { type: 'button', 'data-testid': testId },
      on: { click: go },
    });
  return [
    scene && layer
      ? el('p', {
          class: 'wb-small time-most',
          attrs: { 'data-testid': 'time-most' },
          text: t('{0} takes most: {1} of a warm run.', placedName(scene, layer), share),
        })
      : el('p'),
    ...rows(times, context),
    el(
      'div',
      { class: 'time-ways' },
      way(t('On the graph'), t('Layers coloured by their time'), 'time-graph', () => {
        store.dispatch({ do: 'colourBy', by: 'time' });
        store.dispatch({ do: 'mode', mode: 'graph' });
      }),
      way(t('In the table'), t('The table of layers, the slowest first'), 'time-table', () =>
        store.dispatch({ do: 'table', by: 'time' }),
      ),
    ),
    el('p', {
      class: 'wb-note',
      text: [
        times.how,
        t('Layers {0}, between them {1}.', duration(sum), duration(rest)),
        times.other > 0 ? t('{0} of casts the runtime put in.', duration(times.other)) : '',
      ]
        .filter(Boolean)
        .join(' '),
    }),
  ];
}

export function fillTimes(parent: HTMLElement, state: AppState, context: PageContext, runner: Runner): void {
  const { run } = state;
  const busy = run.working?.what === 'times';
  const done = run.working?.done ?? 0;
  const progress = parent.querySelector('.time-progress');
  if (busy && progress) {
    // The button that stops it may have the focus: it stays where it is.
    progress.textContent = progressText(done);
    return;
  }
  const took = [
    run.firstMs === null ? '' : t('First run {0}, with the runtime warming up.', duration(run.firstMs)),
    run.ms === null ? '' : t('Warm {0}.', duration(run.ms)),
  ];
  const action = busy
    ? button(t('Stop'), { appearance: 'secondary', icon: 'debug-stop', onClick: () => runner.stopWork() })
    : button(run.times ? t('Measure again') : t('Measure each layer'), {
        appearance: 'secondary',
        testId: 'measure',
        onClick: () => void runner.measure(),
      });
  refill(
    parent,
    el('p', { class: 'wb-note', text: took.filter(Boolean).join(' ') }),
    ...(run.times ? measured(run.times, context) : []),
    el(
      'div',
      { class: 'wb-row time-action' },
      action,
      busy ? el('span', { class: 'wb-aside time-progress', text: progressText(done) }) : null,
    ),
  );
}

const progressText = (done: number): string =>
  done === 0 ? t('Starting a runtime of its own…') : t('{0} of the runs…', percent(done));
