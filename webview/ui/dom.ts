/** Making elements. Text from a model only ever becomes a text node. */
export interface Props {
  readonly class?: string;
  readonly text?: string;
  readonly title?: string;
  readonly role?: string;
  /** Attributes as they are written; null leaves one out. */
  readonly attrs?: Readonly<Record<string, string | number | boolean | null>>;
  readonly style?: Readonly<Record<string, string>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
}

export type Child = Node | string | null | false | undefined;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.text !== undefined) element.textContent = props.text;
  if (props.title !== undefined) element.title = props.title;
  if (props.role) element.setAttribute('role', props.role);
  for (const [name, value] of Object.entries(props.attrs ?? {}))
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  for (const [name, value] of Object.entries(props.style ?? {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(props.on ?? {}))
    element.addEventListener(name, listener as (event: Event) => void);
  append(element, children);
  return element;
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) if (child) parent.appendChild(typeof child === 'string' ? new Text(child) : child);
}

/** A text of `t` whose places are still open, with these nodes in them. */
export function placed(text: string, ...nodes: readonly (Node | string)[]): (Node | string)[] {
  return text.split(/\{(\d+)\}/).flatMap((part, at) => {
    if (at % 2 === 0) return part ? [part] : [];
    const node = nodes[Number(part)];
    return node ? [node] : [];
  });
}

/** Puts these children in place of those there. */
export function fill(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren();
  append(parent, children);
}

/** The same, and the keyboard stays in there: on what says the same as what it was on, or else on the first of its kind. */
export function refill(parent: Element, ...children: readonly Child[]): void {
  const had = document.activeElement;
  if (!had || had === parent || !parent.contains(had)) {
    fill(parent, ...children);
    return;
  }
  const alike = (): HTMLElement[] =>
    [...parent.querySelectorAll<HTMLElement>(had.localName)].filter(
      (one) => one.textContent === had.textContent && one.ariaLabel === had.ariaLabel,
    );
  const place = alike().indexOf(had as HTMLElement);
  fill(parent, ...children);
  const next = alike()[place] ?? parent.querySelector<HTMLElement>(had.localName) ?? parent.querySelector('button');
  next?.focus({ preventScroll: true });
}

/** A codicon; decoration for a screen reader unless it has a label. */
export function icon(name: string, label?: string): HTMLElement {
  return el('i', {
    class: `codicon codicon-${name}`,
    attrs: label === undefined ? { 'aria-hidden': 'true' } : { role: 'img', 'aria-label': label },
  });
}
