/** Both ends of the wire between host, webview and workers: calls by name, errors as values, events one way. */
import type { Forms } from './heard';

export interface Port {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  /** Returns a function that stops listening. */
  listen(listener: (message: unknown) => void): () => void;
}

type Api<T> = { [K in keyof T]: (argument: never) => Promise<unknown> };

interface Call {
  readonly call: string;
  readonly id: number;
  readonly argument: unknown;
}
type Reply =
  | { readonly reply: number; readonly ok: true; readonly value: unknown }
  | { readonly reply: number; readonly ok: false; readonly error: string };

const isRecord = (m: unknown): m is Record<string, unknown> => typeof m === 'object' && m !== null;
const isCall = (m: unknown): m is Call => isRecord(m) && typeof m.call === 'string' && typeof m.id === 'number';
const isReply = (m: unknown): m is Reply => isRecord(m) && typeof m.reply === 'number';

/** Answers calls with the methods of `api`; an exception travels back as the call's error. */
export function serve<T extends Api<T>>(
  port: Port,
  api: T,
  onError?: (name: string, error: unknown) => void,
): () => void {
  return port.listen((message) => {
    if (!isCall(message)) return;
    const method = Object.hasOwn(api, message.call) ? api[message.call as keyof T] : undefined;
    const answer = async (): Promise<Reply> => {
      if (!method) return { reply: message.id, ok: false, error: `No method “${message.call}”` };
      try {
        return { reply: message.id, ok: true, value: await method.call(api, message.argument as never) };
      } catch (error) {
        onError?.(message.call, error);
        return { reply: message.id, ok: false, error: error instanceof Error ? error.message : String(error) };
      }
    };
    void answer().then((reply) => {
      port.post(reply);
    });
  });
}

/** The other end: every method posts a call and resolves with its reply. */
export function connect<T extends Api<T>>(port: Port): T {
  let next = 1;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  port.listen((message) => {
    if (!isReply(message)) return;
    const entry = waiting.get(message.reply);
    waiting.delete(message.reply);
    if (message.ok) entry?.resolve(message.value);
    else entry?.reject(new Error(message.error));
  });
  return new Proxy({} as T, {
    get: (_, name) => {
      // A proxy must not look like a promise to `await`.
      if (typeof name !== 'string' || name === 'then') return undefined;
      return (argument: unknown) =>
        new Promise((resolve, reject) => {
          const id = next++;
          waiting.set(id, { resolve, reject });
          port.post({ call: name, id, argument: argument ?? null } satisfies Call);
        });
    },
  });
}

export function emitter<E>(port: Port): <K extends keyof E & string>(name: K, value: E[K]) => void {
  return (name, value) => {
    port.post({ event: name, value });
  };
}

/** Listens to one-way events; one whose value has not the form agreed is nobody's. */
export function onEvents<E>(
  port: Port,
  forms: Forms<E>,
  handlers: { readonly [K in keyof E]?: (value: E[K]) => void },
): () => void {
  return port.listen((message) => {
    if (!isRecord(message) || typeof message.event !== 'string') return;
    if (!Object.hasOwn(handlers, message.event) || !Object.hasOwn(forms, message.event)) return;
    const name = message.event as keyof E;
    if (forms[name](message.value)) handlers[name]?.(message.value as E[keyof E]);
  });
}
