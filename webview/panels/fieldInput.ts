/** Which input receptive fields refer to, where a model has several: a list in the header, entries in the menu of a narrow page. */
import './fieldInput.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { showScene } from '../state/scenes';
import { el, fill, icon } from '../ui/dom';
import type { MenuEntry } from '../ui/menu';

/** Everything is worked out again for this input; null asks which. */
export function chooseFieldInput({ host, store, announce }: PageContext, input: string | null): void {
  void host.setFieldInput(input).then(
    async (text) => {
      const scene = text === null ? null : await showScene(store, text);
      if (scene) announce(t('Receptive fields refer to {0}', scene.header.fieldInput?.chosen ?? t('the input')));
    },
    (error: unknown) => void host.log({ level: 'warn', text: `no field of input ${input ?? ''}: ${String(error)}` }),
  );
}

export interface FieldInputSelect {
  readonly element: HTMLElement;
  show(state: AppState): void;
}

/** Names come from the model: they are numbered here, and never a value of the page. */
export function fieldInputSelect(context: PageContext): FieldInputSelect {
  const list = el('select', {
    title: t('Input that receptive fields refer to'),
    attrs: { 'aria-label': t('Input that receptive fields refer to'), 'data-testid': 'field-input' },
  });
  list.addEventListener('change', () => {
    const name = choicesOf(context)[Number(list.value)]?.name;
    if (name !== undefined) chooseFieldInput(context, name);
  });
  const element = el(
    'span',
    { class: 'select wide-only field-input', attrs: { hidden: true } },
    icon('eye'),
    list,
    icon('chevron-down'),
  );
  return {
    element,
    show({ scene }) {
      const { fieldInput = null } = scene?.header ?? {};
      element.hidden = fieldInput === null;
      if (!fieldInput) return;
      const { choices, chosen } = fieldInput;
      fill(
        list,
        ...choices.map(({ name, size }, at) => el('option', { text: `${name} ${size}`, attrs: { value: at } })),
      );
      list.value = String(choices.findIndex(({ name }) => name === chosen));
    },
  };
}

const choicesOf = ({ store }: PageContext) => store.get().scene?.header.fieldInput?.choices ?? [];

/** The same as entries of a menu; none where there is no choice. */
export function fieldInputEntries(context: PageContext): (MenuEntry | null)[] {
  const chosen = context.store.get().scene?.header.fieldInput?.chosen;
  const entries = choicesOf(context).map(({ name, size }) => ({
    label: t('Fields in {0} {1}', name, size),
    checked: name === chosen,
    run: () => chooseFieldInput(context, name),
  }));
  return entries.length ? [null, ...entries] : [];
}
