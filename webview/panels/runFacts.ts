/** How the picture was prepared, what it ran on and how long it took: one line each, opened up for changing. */
import './runFacts.css';
import { t } from '../../src/core/l10n/l10n';
import type { Preparation, RunSource } from '../../src/protocol/host';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import type { ProviderChoice, Runner } from '../state/runner';
import { showScene } from '../state/scenes';
import { el, refill } from '../ui/dom';
import { bytes, duration } from '../ui/numbers';
import { select } from '../ui/select';
import { fillTimes } from './layerTimes';
import { preparationForm, preparationLine } from './preparation';
import { fillInputsForm, inputsLine } from './runInputs';

const PROVIDERS: readonly { readonly value: ProviderChoice; readonly label: string }[] = [
  { value: 'auto', label: t('Choose by a trial') },
  { value: 'wasm', label: 'WASM' },
  { value: 'webgpu', label: 'WebGPU' },
];

export interface RunFactsPanel {
  readonly element: HTMLElement;
  show(state: AppState, source: RunSource | null): void;
}

export function createRunFacts(context: PageContext, runner: Runner): RunFactsPanel {
  const rows = el('div', { class: 'kv wb-small run-facts' });
  const form = el('div', { attrs: { hidden: true } });
  const inputs = el('div', { attrs: { hidden: true } });
  const why = el('p', { class: 'wb-note wide' });
  const provider = select<ProviderChoice>(t('Provider'), PROVIDERS, (choice) => void runner.setProvider(choice));
  const other = el('button', {
    class: 'link wide',
    attrs: { type: 'button', 'data-testid': 'compare-provider' },
    on: { click: () => void compareProviders(context, runner) },
  });
  const choices = el(
    'div',
    { attrs: { hidden: true } },
    el('div', { class: 'wb-form' }, el('span', { text: t('Run on') }), provider.element, other, why),
  );
  const times = el('div', { class: 'times', attrs: { hidden: true } });
  const preparationButton = opener(form, 'preparation');
  const inputsButton = opener(inputs, 'inputs');
  const providerButton = opener(choices, 'provider');
  const timeButton = opener(times, 'time');
  const memory = el('span', {
    title: t('What the runtime’s own memory has grown to; it never shrinks, and ends at 4 GB'),
  });
  const kept = el('span', { class: 'wb-cut', attrs: { 'data-testid': 'kept' } });
  /** Forms are only made anew for other numbers, or the field that is being typed into would be lost. */
  let drawn: Preparation | null = null;
  let filled = '';

  function lines({ run }: AppState): HTMLElement[] {
    const found: HTMLElement[] = [];
    const line = (label: string, value: HTMLElement, text: string): void => {
      value.textContent = text;
      found.push(el('span', { text: label }), value);
    };
    if (runner.preparation) line(t('Preparation'), preparationButton, preparationLine(runner.preparation));
    if (runner.others.length > 0) line(t('Other inputs'), inputsButton, inputsLine(runner.others));
    if (run.provider) line(t('Provider'), providerButton, run.provider);
    if (run.ms !== null) {
      line(t('Time'), timeButton, duration(run.ms));
      const first =
        run.firstMs !== null && run.firstMs !== run.ms ? ` · ${t('first run {0}', duration(run.firstMs))}` : '';
      timeButton.append(el('span', { class: 'only-wide', text: first }));
    }
    if (run.heap !== null) line(t('Memory'), memory, bytes(run.heap));
    if (run.kept !== null) line(t('Kept'), kept, run.kept);
    return found;
  }

  return {
    element: el('div', {}, rows, form, inputs, choices, times),
    show(state, source) {
      const { run } = state;
      const found = lines(state);
      const same =
        found.length === rows.children.length && found.every((one, at) => at % 2 === 0 || rows.children[at] === one);
      // A button that has the focus must not be taken out of the page.
      if (!same) refill(rows, ...found);
      provider.show(runner.providerChoice);
      provider.offer('webgpu', run.webgpu !== false);
      other.hidden = run.webgpu !== true || run.provider === null;
      other.textContent = t('Compare with a run on {0}', otherProvider(run) === 'wasm' ? 'WASM' : 'WebGPU');
      why.textContent = run.providerWhy;
      fillTimes(times, state, context, runner);
      const { preparation, others } = runner;
      const words = inputsLine(others);
      if (others.length > 0 && words !== filled) {
        filled = words;
        fillInputsForm(inputs, others, runner, () => void askSize(context));
      }
      if (preparation && preparation !== drawn) {
        drawn = preparation;
        const guessed = source?.preparation ?? null;
        refill(
          form,
          preparationForm(preparation, guessed, (next) => void runner.prepare(next)),
        );
      }
    },
  };
}

const otherProvider = ({ provider }: AppState['run']): 'wasm' | 'webgpu' => (provider === 'WebGPU' ? 'wasm' : 'webgpu');

/** Keeps the run at hand and runs the same on the other provider. */
async function compareProviders({ store }: PageContext, runner: Runner): Promise<void> {
  const to = otherProvider(store.get().run);
  runner.keepRun(true);
  await runner.setProvider(to);
}

/** Another size of the inputs, asked for by the host; everything is worked out anew. */
export async function askSize({ host, store }: PageContext): Promise<void> {
  const scene = await host.setInputSize(null);
  if (scene !== null) await showScene(store, scene);
}

/** A value that opens what is below it. */
function opener(part: HTMLElement, testId: string): HTMLElement {
  const element = el('button', {
    class: 'link-quiet',
    title: t('Open'),
    attrs: { type: 'button', 'aria-expanded': 'false', 'data-testid': testId },
    on: {
      click: () => {
        part.hidden = !part.hidden;
        element.setAttribute('aria-expanded', String(!part.hidden));
      },
    },
  });
  return element;
}
