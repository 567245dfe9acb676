/** What is wrong, under the header: at most one message, the worst, and how many more there are. Never a dialog. */
import './messageBar.css';
import { t } from '../../src/core/l10n/l10n';
import type { SceneProblem } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { el, fill, icon } from '../ui/dom';

interface Message {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly code: string;
  readonly node: number | null;
  readonly more: number;
}

const WEIGHT = { error: 2, warning: 1, info: 0 } as const;

function worst({ message, scene }: AppState): Message | null {
  const problems = (scene?.problems ?? []).filter((p) => p.severity !== 'info');
  if (message) return { ...message, code: '', node: null, more: problems.length };
  const first = problems.reduce<SceneProblem | null>(
    (a, p) => (a === null || WEIGHT[p.severity] > WEIGHT[a.severity] ? p : a),
    null,
  );
  if (!first) return null;
  return {
    severity: first.severity,
    text: first.message,
    code: first.code,
    node: first.node,
    more: problems.length - 1,
  };
}

/** Up to the first full stop is what; the rest is where and what can be done. */
function parts(text: string): readonly [string, string] {
  const end = /[.:](?=\s)/.exec(text);
  if (!end || end.index > 120) return text.length > 120 ? ['', text] : [text, ''];
  return [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()];
}

export function mountMessageBar(parent: HTMLElement, context: PageContext): void {
  const { store, host } = context;
  /** Put away by hand until there is another one. */
  let dismissed = '';
  const link = (text: string, run: () => void): HTMLElement =>
    el('button', { class: 'link', text, attrs: { type: 'button' }, on: { click: run } });
  const show = (): void => {
    const found = worst(store.get());
    const key = found ? `${found.code}|${found.text}` : '';
    parent.hidden = !found || key === dismissed;
    if (!found || parent.hidden) return;
    parent.className = `message message-${found.severity}`;
    const [what, rest] = parts(found.text);
    const { node } = found;
    fill(
      parent,
      icon(found.severity),
      el(
        'div',
        { class: 'message-text' },
        what ? el('b', { text: what }) : null,
        rest ? ` ${rest}` : null,
        el(
          'div',
          { class: 'message-links' },
          node === null
            ? null
            : link(t('Show in graph'), () => {
                store.dispatch({ do: 'select', node });
                context.stage?.reveal(node);
              }),
          link(t('Copy the message'), () => void host.copy(found.text)),
          found.more > 0 ? link(t('+{0} more', found.more), () => void host.reveal('problems')) : null,
          found.code ? el('span', { class: 'code dim', text: found.code }) : null,
        ),
      ),
      el(
        'button',
        {
          class: 'tool',
          title: t('Close'),
          attrs: { type: 'button', 'aria-label': t('Close') },
          on: {
            click: () => {
              dismissed = key;
              store.dispatch({ do: 'message', message: null });
              show();
            },
          },
        },
        icon('close'),
      ),
    );
    context.announce(found.text, found.severity === 'error');
  };
  show();
  store.subscribe((state, previous) => {
    if (state.message !== previous.message || state.scene?.problems !== previous.scene?.problems) show();
  });
}
