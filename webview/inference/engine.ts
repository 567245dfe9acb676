import { t, textsInUse } from '../../src/core/l10n/l10n';
import { connect, type Port } from '../../src/protocol/rpc';
import type { WorkerApi } from './messages';

/** A running worker; after `stop` its calls never settle, so whoever waits must race against it. */
export interface Engine {
  readonly api: WorkerApi;
  /** Rejects when the worker dies or is stopped. */
  readonly ended: Promise<never>;
  stop(): void;
}

/** Thrown at whoever waits for a run that the user has cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** A worker may not be started from a webview's address, so its text goes through a blob. */
export async function startEngine(address: string): Promise<Engine> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(t('The inference worker can’t be read ({0}).', response.status));
  const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
  const worker = new Worker(url);
  let end: (error: Error) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => (end = reject));
  // Nobody may be waiting when the worker ends.
  ended.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    end(new Error(event.message || t('The inference worker has stopped.')));
  });
  const port: Port = {
    post(message) {
      const argument = (message as { argument?: { transfer?: readonly ArrayBuffer[] } | null }).argument;
      worker.postMessage(message, [...(argument?.transfer ?? [])]);
    },
    listen(listener) {
      const heard = (event: MessageEvent): void => listener(event.data);
      worker.addEventListener('message', heard);
      return () => worker.removeEventListener('message', heard);
    },
  };
  const api = connect<WorkerApi>(port);
  void api.speak(textsInUse());
  return {
    api,
    ended,
    stop() {
      worker.terminate();
      URL.revokeObjectURL(url);
      end(new Cancelled('Cancelled'));
    },
  };
}
