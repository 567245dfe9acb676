/** The one place that knows the UI toolkit: registers its elements and makes them. */
import './controls.css';
import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import { el, icon, type Child } from './dom';

let registered = false;
function registerToolkit(): void {
  if (registered) return;
  registered = true;
  provideVSCodeDesignSystem().register(vsCodeButton());
}

export interface ButtonProps {
  readonly appearance?: 'primary' | 'secondary';
  readonly icon?: string;
  readonly testId?: string;
  readonly onClick: () => void;
}

/** A button of the toolkit; `label` may be changed later with `setButton`. */
export function button(label: string, props: ButtonProps): HTMLElement {
  registerToolkit();
  const element = document.createElement('vscode-button');
  element.setAttribute('appearance', props.appearance ?? 'primary');
  if (props.testId) element.dataset.testid = props.testId;
  element.addEventListener('click', () => {
    if (!element.hasAttribute('disabled')) props.onClick();
  });
  setButton(element, label, props.icon);
  return element;
}

export function setButton(element: HTMLElement, label: string, iconName?: string): void {
  const children: Child[] = [label];
  if (iconName) {
    const sign = icon(iconName);
    sign.slot = 'start';
    children.unshift(sign);
  }
  element.replaceChildren(...children.flatMap((c) => (c ? [typeof c === 'string' ? new Text(c) : c] : [])));
}

/** A tool of a bar: an icon in a 26×24 target. */
export function tool(
  name: string,
  label: string,
  onClick: (event: MouseEvent) => void,
  attrs: Readonly<Record<string, string | null>> = {},
): HTMLButtonElement {
  return el(
    'button',
    { class: 'tool', title: label, attrs: { type: 'button', 'aria-label': label, ...attrs }, on: { click: onClick } },
    icon(name),
  );
}
