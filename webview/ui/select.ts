import { el, icon } from './dom';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

export interface Select<T extends string> {
  readonly element: HTMLElement;
  show(value: T): void;
  /** Whether it can be chosen. */
  offer(value: T, on: boolean): void;
}

/** A drop-down list in the look of VS Code's. */
export function select<T extends string>(
  label: string,
  options: readonly Option<T>[],
  chosen: (value: T) => void,
): Select<T> {
  const list = el(
    'select',
    { title: label, attrs: { 'aria-label': label } },
    ...options.map((option) => el('option', { text: option.label, attrs: { value: option.value } })),
  );
  list.addEventListener('change', () => chosen(list.value as T));
  return {
    element: el('span', { class: 'select' }, list, icon('chevron-down')),
    show: (value) => (list.value = value),
    offer(value, on) {
      for (const option of list.options) if (option.value === value) option.disabled = !on;
    },
  };
}
