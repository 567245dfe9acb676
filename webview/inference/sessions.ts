/** The one session that runs, and the order in which it is asked: a runtime does one thing at a time. */
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import type { ProviderChoice } from '../state/runner';
import { lookForAdapter, type AdapterVerdict } from './provider';
import { openSession, type ModelSession } from './session';

export interface Sessions {
  readonly current: ModelSession | null;
  /** Looked for once. */
  adapter(): Promise<AdapterVerdict>;
  /** The session for what is chosen; WASM where WebGPU is wanted and there is none. */
  ensure(choice: ProviderChoice): Promise<ModelSession>;
  /** What the user should know about that: never swapped in silence. */
  remarks(choice: ProviderChoice): Promise<readonly string[]>;
  /** Takes another session; the old one is stopped. */
  replace(session: ModelSession | null): void;
  inTurn<T>(job: () => Promise<T>): Promise<T>;
}

export function createSessions({ host, assets }: PageContext): Sessions {
  let current: ModelSession | null = null;
  let adapter: Promise<AdapterVerdict> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const look = (): Promise<AdapterVerdict> => (adapter ??= lookForAdapter());
  const replace = (session: ModelSession | null): void => {
    if (current !== session) current?.stop();
    current = session;
  };
  return {
    get current() {
      return current;
    },
    adapter: look,
    async ensure(choice) {
      const wanted = choice === 'auto' ? (current?.provider ?? 'wasm') : choice;
      const provider = wanted === 'webgpu' && !(await look()).any ? 'wasm' : wanted;
      if (current?.provider !== provider) replace(await openSession(provider, host, assets));
      return current!;
    },
    async remarks(choice) {
      const { any, why } = await look();
      return choice === 'webgpu' && !any ? [t('WebGPU was chosen, but this ran on WASM. {0}', why)] : [];
    },
    replace,
    inTurn(job) {
      const next = queue.then(job, job);
      queue = next.catch(() => undefined);
      return next;
    },
  };
}
