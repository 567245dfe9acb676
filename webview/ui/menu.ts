/** A small pop-up menu below a tool; walked by arrows, closed by Escape or a click elsewhere. */
import './menu.css';
import { el, icon } from './dom';

export interface MenuEntry {
  readonly label: string;
  readonly hint?: string;
  readonly icon?: string;
  readonly checked?: boolean;
  readonly run: () => void;
}

let close: (() => void) | null = null;

/** Below what opened it, or at a point of the page. */
export function openMenu(
  anchor: HTMLElement,
  label: string,
  entries: readonly (MenuEntry | null)[],
  at: { readonly x: number; readonly y: number } | null = null,
): void {
  close?.();
  const items = entries.map((entry) => (entry ? row(entry) : el('div', { class: 'menu-line', role: 'separator' })));
  const menu = el('div', { class: 'menu', role: 'menu', attrs: { 'aria-label': label } }, ...items);
  document.body.append(menu);
  const box = anchor.getBoundingClientRect();
  const [left, top] = at ? [at.x, at.y] : [box.left, box.bottom + 4];
  menu.style.top = `${Math.max(4, Math.min(top, window.innerHeight - menu.offsetHeight - 4))}px`;
  menu.style.left = `${Math.max(4, Math.min(left, window.innerWidth - menu.offsetWidth - 4))}px`;
  if (!at) anchor.setAttribute('aria-expanded', 'true');
  const buttons = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  buttons[0]?.focus();
  const outside = (event: PointerEvent): void => {
    if (!menu.contains(event.target as Node) && (at || !anchor.contains(event.target as Node))) close?.();
  };
  const keys = (event: KeyboardEvent): void => {
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) buttons[(at + step + buttons.length) % buttons.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') {
      close?.();
      anchor.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  menu.addEventListener('keydown', keys);
  document.addEventListener('pointerdown', outside, true);
  close = () => {
    menu.remove();
    if (!at) anchor.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    close = null;
  };
}

function row(entry: MenuEntry): HTMLElement {
  const checkable = entry.checked !== undefined;
  const sign = checkable ? (entry.checked ? 'check' : 'blank') : entry.icon;
  return el(
    'button',
    {
      class: 'menu-entry',
      role: checkable ? 'menuitemradio' : 'menuitem',
      attrs: { type: 'button', tabindex: -1, 'aria-checked': checkable ? String(entry.checked) : null },
      on: {
        click: () => {
          close?.();
          entry.run();
        },
      },
    },
    sign ? icon(sign) : el('i', { class: 'codicon codicon-blank' }),
    el('span', { class: 'menu-label', text: entry.label }),
    entry.hint ? el('span', { class: 'menu-hint', text: entry.hint }) : null,
  );
}
