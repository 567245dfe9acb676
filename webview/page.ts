/** What every page of ours is put together from: the wire to the host, a context, and what is said where that fails. */
import { t } from '../src/core/l10n/l10n';
import type { Assets, HostApi } from '../src/protocol/host';
import type { Port } from '../src/protocol/rpc';
import type { Frame } from './frame';
import type { PageContext } from './state/context';
import { breath } from './state/turns';
import { el } from './ui/dom';

export interface VsCodeApi {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The host's end may be asked for once only. */
export function reachHost(): { readonly api: VsCodeApi; readonly port: Port } {
  const api = acquireVsCodeApi();
  const port: Port = {
    post: (message, transfer) => api.postMessage(message, transfer),
    listen(listener) {
      const heard = (event: MessageEvent): void => listener(event.data);
      window.addEventListener('message', heard);
      return () => window.removeEventListener('message', heard);
    },
  };
  return { api, port };
}

/** Whatever goes wrong in the page and is told nowhere else, broken promises too, goes into the host's log. */
export function logErrors(host: Pick<HostApi, 'log'>): void {
  const log = (text: string): void => void host.log({ level: 'error', text }).catch(() => undefined);
  window.addEventListener('error', ({ message }) => log(message));
  window.addEventListener('unhandledrejection', ({ reason }) =>
    log(reason instanceof Error ? reason.message : String(reason)),
  );
}

/** Enough to show why nothing else is there. */
export const bareContext = (store: PageContext['store'], host: HostApi): PageContext => ({
  store,
  host,
  assets: {} as Assets,
  stage: null,
  runner: null,
  history: null,
  announce: () => undefined,
});

/** The context of a page that has something to show. */
export const fullContext = (store: PageContext['store'], host: HostApi, frame: Frame, assets: Assets): PageContext => ({
  ...bareContext(store, host),
  assets,
  announce(text, urgent = false) {
    (urgent ? frame.assertive : frame.polite).textContent = text;
  },
});

/** Runs what puts a page together; where that fails, the page says so. */
export function startPage(start: () => Promise<void>): void {
  // In a turn of its own: the script has just been compiled, and its modules made.
  void breath()
    .then(start)
    .catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      document.body.append(
        el('p', { class: 'broken', role: 'alert', text: t('This page could not be put together: {0}', text) }),
      );
      // The host's log gets it from here, and so does the console of the developer tools.
      throw error;
    });
}
