/** How the picture was prepared, what it ran on and how long it took: one line each, opened up for changing. */
import './runFacts.css';
import type { Preparation, RunSource } from '../../src/protocol/host';
import type { AppState } from '../state/app';
import type { ProviderChoice, Runner } from '../state/runner';
import { el, fill } from '../ui/dom';
import { duration } from '../ui/numbers';
import { select } from '../ui/select';
import { preparationForm, preparationLine } from './preparation';

const PROVIDERS: readonly { readonly value: ProviderChoice; readonly label: string }[] = [
  { value: 'auto', label: 'Choose by a trial' },
  { value: 'wasm', label: 'WASM' },
  { value: 'webgpu', label: 'WebGPU' },
];

export interface RunFactsPanel {
  readonly element: HTMLElement;
  show(run: AppState['run'], source: RunSource | null): void;
}

export function createRunFacts(runner: Runner): RunFactsPanel {
  const rows = el('div', { class: 'kv wb-small run-facts' });
  const form = el('div', { attrs: { hidden: true } });
  const why = el('p', { class: 'wb-note wide' });
  const provider = select<ProviderChoice>('Provider', PROVIDERS, (choice) => void runner.setProvider(choice));
  const choices = el(
    'div',
    { attrs: { hidden: true } },
    el('div', { class: 'wb-form' }, el('span', { text: 'Run on' }), provider.element, why),
  );
  const preparationButton = opener(form, 'preparation');
  const providerButton = opener(choices, 'provider');
  const time = el('span');
  /** The form is only made anew for other numbers, or the field that is being typed into would be lost. */
  let drawn: Preparation | null = null;

  return {
    element: el('div', {}, rows, form, choices),
    show(run, source) {
      const { preparation } = runner;
      const lines: HTMLElement[] = [];
      const line = (label: string, value: HTMLElement): void => {
        lines.push(el('span', { text: label }), value);
      };
      if (preparation) {
        preparationButton.textContent = preparationLine(preparation);
        line('Preparation', preparationButton);
      }
      if (run.provider) {
        providerButton.textContent = run.provider;
        line('Provider', providerButton);
      }
      if (run.ms !== null) {
        const first = run.firstMs !== null && run.firstMs !== run.ms ? ` · first run ${duration(run.firstMs)}` : '';
        fill(time, duration(run.ms), el('span', { class: 'only-wide', text: first }));
        time.title = first;
        line('Time', time);
      }
      if (
        lines.length !== rows.children.length ||
        lines.some((element, at) => at % 2 === 1 && rows.children[at] !== element)
      )
        fill(rows, ...lines);
      provider.show(runner.providerChoice);
      why.textContent = run.providerWhy;
      if (preparation && preparation !== drawn) {
        drawn = preparation;
        const guessed = source?.preparation ?? null;
        fill(
          form,
          preparationForm(preparation, guessed, (next) => void runner.prepare(next)),
        );
      }
    },
  };
}

/** A value that opens what is below it. */
function opener(part: HTMLElement, testId: string): HTMLElement {
  const element = el('button', {
    class: 'link-quiet',
    title: 'Open',
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
