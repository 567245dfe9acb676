/** The run that is kept to compare others with: another picture, another preparation, another provider. */
import { explain } from '../../src/core/failure';
import { t } from '../../src/core/l10n/l10n';
import type { RunSource } from '../../src/protocol/host';
import type { RunState } from '../state/app';
import type { PageContext } from '../state/context';
import { comparable, differencesOf, firstToDiffer, type LayerDifference } from '../state/differences';
import type { RunTensor } from '../state/runner';
import { createCache, type TensorCache } from './cache';
import { Cancelled } from './engine';
import type { FeedRequest, Provider, WireTensor } from './messages';
import { feedsFor } from './feeds';
import { readPicture } from './modelBytes';
import { openSession, type ModelSession } from './session';
import type { Sessions } from './sessions';
import type { Settings } from './settings';

const KEPT_BYTES = 128e6;
/** Tensors of each run that are compared at a time. */
const PART_BYTES = 64e6;

interface Kept {
  request: FeedRequest;
  readonly provider: Provider;
  readonly cache: TensorCache;
  /** Another model, on the picture of the run that is looked at. */
  readonly other: { readonly source: RunSource; readonly names: ReadonlyMap<number, string> } | null;
  /** Only where the run that is looked at has another provider, or is of another model. */
  own: ModelSession | null;
}

export interface Comparison {
  readonly keep: (on: boolean) => void;
  /** Asks for another model, to compare with as if its run were kept. */
  readonly keepOther: () => Promise<void>;
  readonly forget: () => void;
  /** Compares every layer, part by part, into the state. */
  readonly compareAll: () => Promise<void>;
  readonly stop: () => void;
  readonly tensor: (value: number) => Promise<RunTensor | null>;
}

interface Parts {
  readonly context: PageContext;
  readonly sessions: Sessions;
  readonly settings: Pick<Settings, 'chosen'>;
  readonly source: { readonly get: () => Promise<RunSource>; readonly nameOf: (value: number) => string | undefined };
  /** What the last run was fed with. */
  readonly fed: () => FeedRequest | null;
  /** Tensors this runtime does not give out. */
  readonly unseen: (name: string) => boolean;
}

interface Part {
  readonly node: number;
  readonly name: string;
  /** What the same is called in the kept run. */
  readonly theirs: string;
}

export function createComparison({ context, sessions, settings, source, fed, unseen }: Parts): Comparison {
  const { store, host, assets } = context;
  let kept: Kept | null = null;
  /** Counts comparisons of all layers, so that an older one knows to end. */
  let asked = 0;
  const forget = (): void => {
    stop();
    kept?.own?.stop();
    kept = null;
    if (store.get().run.kept !== null) store.dispatch({ do: 'run', run: { kept: null, differences: null } });
  };

  const theirName = ({ other }: Kept, value: number): string | undefined =>
    other ? other.names.get(value) : source.nameOf(value);

  /** Of the kept run: a session with its inputs in it, the current one for a moment where it has the same provider. */
  async function fetchFrom(run: Kept, names: readonly string[]): Promise<readonly WireTensor[]> {
    const { current } = sessions;
    const now = fed();
    if (!run.other && current?.started && current.provider === run.provider) {
      try {
        await current.feed(run.request);
        return await given(current, names);
      } finally {
        if (now) await current.feed(now);
      }
    }
    const own = (run.own ??= await opened(run));
    try {
      if (!own.started) {
        await own.feed(run.request);
        await own.load(run.other?.source ?? (await source.get()), () => undefined);
      }
      return await given(own, names);
    } catch (error) {
      // Half loaded, or out of memory, it is of no more use: the next question opens another.
      own.stop();
      run.own = null;
      throw error;
    }
  }

  async function opened(run: Kept): Promise<ModelSession> {
    const bytes = run.other ? { modelBytes: (path: string | null) => host.otherBytes(path) } : host;
    const session = await openSession(run.provider, bytes, assets);
    if (run === kept) return session;
    // Let go of meanwhile: nobody would ever stop it.
    session.stop();
    throw new Cancelled('Cancelled');
  }

  /** What the session has of these; what its runtime cannot give out is left out. */
  async function given(session: ModelSession, names: readonly string[]): Promise<readonly WireTensor[]> {
    const hidden = new Set(session.started?.unseen);
    const some = names.filter((name) => !hidden.has(name));
    return some.length > 0 ? (await session.run(some)).tensors : [];
  }

  /** Layers whose outputs can be asked for, in parts that fit into memory together. */
  function parts(run: Kept): readonly (readonly Part[])[] {
    const found: Part[][] = [];
    let room = 0;
    for (const { id, plumbing, outputs, activationBytes } of store.get().scene?.nodes ?? []) {
      const value = plumbing ? undefined : outputs[0]?.value;
      const name = value === undefined ? undefined : source.nameOf(value);
      const theirs = value === undefined ? undefined : theirName(run, value);
      if (name === undefined || theirs === undefined || unseen(name)) continue;
      room -= activationBytes ?? PART_BYTES;
      if (found.length === 0 || room < 0) {
        found.push([]);
        room = PART_BYTES - (activationBytes ?? PART_BYTES);
      }
      found[found.length - 1]!.push({ node: id, name, theirs });
    }
    return found;
  }

  async function compareSome(run: Kept, some: readonly Part[]): Promise<readonly LayerDifference[]> {
    const names = some.map(({ name }) => name);
    const fetched = await fetchFrom(run, [...new Set(some.map(({ theirs }) => theirs))]);
    const byName = new Map(fetched.map((tensor) => [tensor.name, tensor]));
    const ours = new Map(((await sessions.current?.run(names))?.tensors ?? []).map((tensor) => [tensor.name, tensor]));
    return some.flatMap(({ node, name, theirs }) => {
      const [a, b] = [ours.get(name), byName.get(theirs)];
      if (!a || !b) return [];
      return [{ node, numbers: a.dims.join() === b.dims.join() ? differencesOf(a.data, b.data) : null }];
    });
  }

  async function compareAll(): Promise<void> {
    const [run, own] = [kept, ++asked];
    if (!run) return;
    const tell = (state: Partial<RunState>): void => store.dispatch({ do: 'run', run: state });
    const all = parts(run);
    const found: LayerDifference[] = [];
    tell({ differences: null, working: { what: 'differences', done: 0 } });
    try {
      for (const [at, some] of all.entries()) {
        const next = await sessions.inTurn(async () => (own === asked && run === kept ? compareSome(run, some) : null));
        if (!next || own !== asked) return;
        found.push(...next);
        tell({ working: { what: 'differences', done: (at + 1) / all.length } });
      }
      tell({ differences: found });
      const first = firstToDiffer(found);
      const layer = first === null ? null : store.get().scene?.nodes[first];
      const alike = comparable(found)
        ? t('No layer differs')
        : t('No layer gives out values of the same size in both runs.');
      context.announce(layer ? t('The first layer to differ is {0}', layer.shortName) : alike);
    } catch (error) {
      if (own === asked) complain(error);
    } finally {
      if (own === asked) tell({ working: null });
    }
  }

  function warn(of: string, { what, hint }: { readonly what: string; readonly hint: string }): void {
    store.dispatch({ do: 'message', message: { severity: 'warning', text: `${of}${what} ${hint}` } });
  }

  function complain(error: unknown): void {
    if (!(error instanceof Cancelled)) warn('', explain(error));
  }

  function stop(): void {
    asked++;
    if (store.get().run.working?.what === 'differences') store.dispatch({ do: 'run', run: { working: null } });
  }

  /** What the other model gets of the picture at hand: its own preparation, or it would not be the same picture to it. */
  async function requestFor(from: RunSource): Promise<FeedRequest> {
    const bytes = settings.chosen ? await readPicture(settings.chosen) : null;
    const { saved, preparation } = from;
    return feedsFor(from, bytes, saved?.preparation ?? preparation, saved?.fillings).request;
  }

  async function keepOther(): Promise<void> {
    const { scene } = store.get();
    try {
      const answer = await host.otherRun();
      if (!answer) return;
      const { name, source: from, pairs } = answer;
      if (from.obstacle) {
        warn(`${name}: `, from.obstacle);
        return;
      }
      const request = await requestFor(from);
      // One may take one's time to choose: pairs are of the model as it was.
      if (store.get().scene !== scene) return;
      forget();
      const names = new Map(pairs.map((pair) => [pair.value, pair.name]));
      const provider = sessions.current?.provider ?? 'wasm';
      kept = { request, provider, cache: createCache(KEPT_BYTES), other: { source: from, names }, own: null };
      store.dispatch({ do: 'run', run: { kept: name } });
    } catch (error) {
      complain(error);
    }
  }

  /** Another model goes along to the next picture. */
  async function follow(run: Kept, from: RunSource): Promise<void> {
    await sessions.inTurn(async () => {
      run.request = await requestFor(from);
      run.cache.clear();
      await run.own?.feed(run.request);
    });
  }

  // What was compared is of the run before.
  store.subscribe(({ run }, before) => {
    if (run.serial === before.run.serial) return;
    stop();
    const last = kept;
    if (last?.other)
      void follow(last, last.other.source).catch((error: unknown) => {
        if (last !== kept) return;
        forget();
        complain(error);
      });
    if (run.differences) store.dispatch({ do: 'run', run: { differences: null } });
  });

  return {
    keep(on) {
      forget();
      const [request, { run }] = [fed(), store.get()];
      if (!on || !request || !sessions.current) return;
      kept = { request, provider: sessions.current.provider, cache: createCache(KEPT_BYTES), other: null, own: null };
      const words = [run.image, run.provider].filter((part) => part !== null).join(' · ');
      store.dispatch({ do: 'run', run: { kept: words } });
    },
    keepOther,
    forget,
    compareAll,
    stop,
    async tensor(value) {
      const run = kept;
      const name = run ? theirName(run, value) : undefined;
      if (!run || name === undefined) return null;
      return sessions
        .inTurn(async () => {
          const known = run.cache.get(value);
          if (known || run !== kept) return known;
          const [tensor] = await fetchFrom(run, [name]);
          if (tensor) run.cache.put({ ...tensor, value });
          return run.cache.get(value);
        })
        .catch((error: unknown) => {
          if (run === kept) complain(error);
          return null;
        });
    },
  };
}
