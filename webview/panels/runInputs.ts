/** Inputs that take no picture, and what each is filled with. */
import { t } from '../../src/core/l10n/l10n';
import type { Filling } from '../../src/protocol/host';
import type { OtherInput, Runner } from '../state/runner';
import { el, refill } from '../ui/dom';
import { integer } from '../ui/numbers';
import { select } from '../ui/select';

/** `pick` asks for a file; `file` is the one that was picked. */
type Kind = Filling['kind'] | 'pick';

const kindsFor = (filling: Filling): readonly { readonly value: Kind; readonly label: string }[] => [
  { value: 'zeros', label: t('zeros') },
  { value: 'constant', label: t('one number') },
  { value: 'noise', label: t('noise') },
  ...(filling.kind === 'file' ? ([{ value: 'file', label: filling.name }] as const) : []),
  { value: 'pick', label: t('array of NumPy…') },
];

const sizeOf = ({ shape }: OtherInput['input']): string =>
  shape.length === 0
    ? t('one number')
    : shape.map((extent) => (typeof extent === 'number' ? integer(extent) : extent)).join('×');

const wordsOf = (filling: Filling): string => {
  if (filling.kind === 'constant') return String(filling.value).replace('-', '\u2212');
  if (filling.kind === 'file') return filling.name;
  return filling.kind === 'noise' ? t('noise') : t('zeros');
};

/** `sr 16000, h zeros`. */
export const inputsLine = (others: readonly OtherInput[]): string =>
  others.map(({ input, filling }) => `${input.name} ${wordsOf(filling)}`).join(', ');

function numberField(other: OtherInput, runner: Runner): HTMLElement {
  const { input, filling } = other;
  const field = el('input', {
    class: 'wb-field',
    attrs: {
      type: 'text',
      inputmode: 'decimal',
      value: filling.kind === 'constant' ? String(filling.value) : '0',
      'aria-label': t('Number for {0}', input.name),
    },
  });
  field.addEventListener('change', () => {
    const value = Number(field.value.replace('\u2212', '-').replace(',', '.'));
    const usable = field.value.trim() !== '' && Number.isFinite(value);
    field.toggleAttribute('aria-invalid', !usable);
    if (usable) void runner.fill(input.name, { kind: 'constant', value });
  });
  return field;
}

function choose(kind: Kind, { input, filling }: OtherInput, runner: Runner): void {
  if (kind === 'pick') void runner.fillFromFile(input.name);
  else if (kind === 'constant')
    void runner.fill(input.name, { kind, value: filling.kind === 'constant' ? filling.value : 1 });
  // Other noise every time it is asked for.
  else if (kind === 'noise') void runner.fill(input.name, { kind, seed: Math.floor(Math.random() * 1e6) });
  else if (kind === 'zeros') void runner.fill(input.name, { kind });
}

export function fillInputsForm(
  parent: HTMLElement,
  others: readonly OtherInput[],
  runner: Runner,
  setSize: () => void,
): void {
  const rows = others.flatMap((other) => {
    const { input, filling } = other;
    const list = select<Kind>(t('What {0} is filled with', input.name), kindsFor(filling), (kind) => {
      // Whoever closes the dialog has chosen nothing.
      list.show(filling.kind);
      choose(kind, other, runner);
    });
    list.show(filling.kind);
    const name = el(
      'span',
      { class: 'wb-cut', title: `${input.name}, ${input.dtype}` },
      input.name,
      el('br'),
      el('span', { class: 'wb-aside', text: sizeOf(input) }),
    );
    const control = el(
      'span',
      { class: 'run-input' },
      list.element,
      filling.kind === 'constant' ? numberField(other, runner) : null,
    );
    return [name, control];
  });
  const open = others.some(({ input }) => input.shape.some((extent) => typeof extent !== 'number'))
    ? el(
        'p',
        { class: 'wb-note wide' },
        t('Extents with a name are open.'),
        ' ',
        el('button', { class: 'link', text: t('Set input size…'), attrs: { type: 'button' }, on: { click: setSize } }),
      )
    : null;
  refill(parent, el('div', { class: 'wb-form' }, ...rows, open));
}
