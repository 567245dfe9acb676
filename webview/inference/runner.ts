/** The page's end of running: what is chosen, how far it is, what came out. */
import type { ImageEntry, Preparation, RunSource } from '../../src/protocol/host';
import type { RunState } from '../state/app';
import type { PageContext } from '../state/context';
import type { ProviderChoice, Runner, RunTensor } from '../state/runner';
import { createCache } from './cache';
import { createGallery, createSource } from './choices';
import { topFive } from './classes';
import { Cancelled } from './engine';
import { explain } from './failure';
import { fedInputs, feedsFor, unseenNotes } from './feeds';
import type { RunReply, WireTensor } from './messages';
import { readPicture } from './modelBytes';
import { lookForAdapter, providerLine, threadsLine, type AdapterVerdict } from './provider';
import { openSession, type ModelSession } from './session';
import { createThumbnails } from './thumbnails';
import { tryWebgpu } from './trial';

/** Tensors kept of one run. */
const KEPT_BYTES = 256e6;
/** Below this all maps of the model are fetched in the background after a run, so that walking the layers does not wait. */
const EAGER_BYTES = 64e6;
/** A second run, for the time without warming up, is only worth it when it is short. */
const WARM_RUN_MS = 1500;
/** Nets faster than this gain nothing by a trial of another provider that takes seconds itself. */
const TRIAL_FROM_MS = 50;

export function createRunner(context: PageContext): Runner {
  const { store, host, assets } = context;
  const cache = createCache(KEPT_BYTES);
  const thumbnails = createThumbnails(store, (value) => cache.get(value));
  const gallery = createGallery(host);
  const source = createSource(host, (answer) => {
    preparation ??= answer.preparation;
  });
  const { idOf, nameOf } = source;
  let session: ModelSession | null = null;
  let adapter: Promise<AdapterVerdict> | null = null;
  let chosen: ImageEntry | null = null;
  let preparation: Preparation | null = null;
  let choice: ProviderChoice = 'auto';
  let picture: Runner['picture'] = null;
  let notes: readonly string[] = [];
  let unseen: ReadonlySet<number> = new Set();
  /** Counts runs, so that what is left of an older one knows to be quiet. */
  let current = 0;
  /** The runtime does one thing at a time. */
  let queue: Promise<unknown> = Promise.resolve();

  const tell = (run: Partial<RunState>): void => store.dispatch({ do: 'run', run });
  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const next = queue.then(job, job);
    queue = next.catch(() => undefined);
    return next;
  };

  const keep = (tensors: readonly WireTensor[]): void => {
    for (const tensor of tensors) {
      const value = idOf(tensor.name);
      if (value !== undefined) cache.put({ ...tensor, value });
    }
  };

  function stopSession(): void {
    session?.stop();
    session = null;
  }

  /** What to fetch with the run itself: the outputs and what is being looked at. */
  function wanted(from: RunSource): string[] {
    const { scene, selection } = store.get();
    const node = selection === null ? undefined : scene?.nodes[selection];
    const pill = node?.pill ? scene?.nodes[node.pill.node] : undefined;
    const names = [node, pill].flatMap((one) => one?.outputs.map((output) => nameOf(output.value)) ?? []);
    return unique([...from.outputs, ...names]).filter((name) => !isUnseen(name));
  }
  const isUnseen = (name: string): boolean => unseen.has(idOf(name) ?? -1);

  async function ensureSession(): Promise<ModelSession> {
    adapter ??= lookForAdapter();
    if (choice === 'webgpu' && !(await adapter).any) {
      choice = 'wasm';
      throw new Error(`${(await adapter).why} The model runs on WASM.`);
    }
    const provider = choice === 'webgpu' ? 'webgpu' : (session?.provider ?? 'wasm');
    if (session?.provider !== provider) stopSession();
    session ??= await openSession(provider, host, assets);
    return session;
  }

  async function start(): Promise<void> {
    const serial = ++current;
    const stale = (): boolean => serial !== current;
    const say = (phase: RunState['phase'], text: string): void => {
      if (!stale()) tell({ phase, text, hint: '' });
    };
    try {
      const from = await source.get();
      if (from.obstacle) {
        tell({ phase: 'failed', text: from.obstacle.what, hint: from.obstacle.hint });
        return;
      }
      say('preparing', 'Preparing the image');
      const bytes = chosen ? await readPicture(chosen) : null;
      await inTurn(async () => {
        if (stale()) return;
        const running = await ensureSession();
        const feeds = feedsFor(from, bytes, preparation);
        const answer = await running.feed(feeds.request);
        picture = answer.picture;
        await running.load(from, say);
        unseen = new Set((running.started?.unseen ?? []).flatMap((name) => idOf(name) ?? []));
        if (stale()) return;
        say('running', 'Running');
        const reply = await running.run(wanted(from));
        if (stale()) return;
        cache.clear();
        cache.pin(fedInputs(from, answer.tensors));
        await finish(running, from, reply, [...feeds.notes, ...unseenNotes(running.started?.unseen ?? [])]);
        await afterwards(running, from, reply, stale);
      });
    } catch (error) {
      if (!stale()) fail(error);
    }
  }

  async function finish(
    running: ModelSession,
    from: RunSource,
    reply: RunReply,
    all: readonly string[],
  ): Promise<void> {
    keep(reply.tensors);
    notes = all;
    const outputs = from.outputs.flatMap((name) => reply.tensors.find((tensor) => tensor.name === name) ?? []);
    const top5 = outputs.map((output) => topFive(output, from.labels)).find((top) => top !== null) ?? null;
    const { started } = running;
    const first = store.get().run;
    tell({
      phase: 'done',
      text: 'run complete',
      hint: '',
      image: chosen?.name ?? null,
      provider: started ? providerLine(running.provider, started) : running.provider,
      providerWhy: started ? `${threadsLine(started)} ${(await (adapter ?? lookForAdapter())).why}` : '',
      ms: reply.ms,
      firstMs: first.serial === 0 ? reply.ms : first.firstMs,
      top5,
      serial: first.serial + 1,
      fetched: { tensors: cache.count, bytes: cache.bytes },
    });
    const best = top5?.[0];
    const said = best ? `, ${best.label ?? `class ${best.index}`} ${(best.probability * 100).toFixed(0)} percent` : '';
    context.announce(`run complete, ${reply.ms.toFixed(0)} milliseconds${said}`);
  }

  /** What can wait until the result stands there: the time when warm, a trial of WebGPU, the maps of all other layers. */
  async function afterwards(
    running: ModelSession,
    from: RunSource,
    reply: RunReply,
    stale: () => boolean,
  ): Promise<void> {
    const small = reply.ms < WARM_RUN_MS;
    let { ms } = reply;
    if (small) ({ ms } = await running.run(from.outputs.filter((name) => !isUnseen(name))));
    if (stale()) return;
    tell({ ms });
    const verdict = await adapter;
    if (choice === 'auto' && running.provider === 'wasm' && verdict?.real && ms > TRIAL_FROM_MS) {
      const bytes = chosen ? await readPicture(chosen) : null;
      const request = feedsFor(from, bytes, preparation).request;
      const result = await tryWebgpu({ host, assets, source: from, request, reference: reply, ms });
      if (stale()) result.session?.stop();
      else if (result.session) {
        running.stop();
        session = result.session;
        tell({ provider: 'WebGPU', providerWhy: `${verdict.why} ${result.why}`, ms: result.ms });
      } else tell({ providerWhy: `${store.get().run.providerWhy} ${result.why}` });
    }
    const total = store.get().scene?.nodes.reduce((sum, node) => sum + (node.activationBytes ?? 0), 0) ?? Infinity;
    if (stale() || !small || !session || total > EAGER_BYTES) return;
    const rest = from.values.filter(({ value, name }) => !cache.get(value) && !isUnseen(name)).map(({ name }) => name);
    if (rest.length === 0) return;
    keep((await session.run(rest)).tensors);
    if (!stale()) tell({ fetched: { tensors: cache.count, bytes: cache.bytes } });
  }

  function fail(error: unknown): void {
    if (error instanceof Cancelled) {
      tell({ phase: store.get().run.serial > 0 ? 'done' : 'idle', text: 'Cancelled', hint: '' });
      return;
    }
    const { what, hint } = explain(error, session?.provider);
    // After running out of memory the runtime is of no more use.
    stopSession();
    tell({ phase: 'failed', text: what, hint });
    context.announce(`${what} ${hint}`, true);
    void host.log({ level: 'error', text: error instanceof Error ? error.message : String(error) });
  }

  async function tensor(value: number): Promise<RunTensor | null> {
    const at = cache.get(value);
    if (at) return at;
    if (store.get().run.serial === 0 || unseen.has(value)) return null;
    const serial = current;
    return inTurn(async () => {
      const fetched = cache.get(value);
      const name = nameOf(value);
      if (fetched || name === undefined || !session?.started || serial !== current) return fetched;
      keep((await session.run([name])).tensors);
      tell({ fetched: { tensors: cache.count, bytes: cache.bytes } });
      return cache.get(value);
    }).catch((error: unknown) => {
      if (!(error instanceof Cancelled)) fail(error);
      return null;
    });
  }

  /** Another file or other sizes: nothing of the old model is of use any more, but what the user chose is. */
  store.subscribe((state, previous) => {
    if (state.scene === previous.scene || !previous.scene) return;
    current++;
    stopSession();
    cache.clear();
    source.reset();
    picture = preparation = null;
    const image = state.run.image;
    tell({
      phase: 'idle',
      text: image ? 'The model has changed: run again' : '',
      hint: '',
      top5: null,
      serial: 0,
      ms: null,
      firstMs: null,
    });
  });

  async function choose(image: ImageEntry): Promise<void> {
    gallery.add(image);
    chosen = image;
    await start();
  }

  return {
    async run() {
      const from = await source.get().catch(() => null);
      const needsImage = !from || from.inputs.some((input) => input.image);
      if (store.get().mode === 'graph') store.dispatch({ do: 'mode', mode: 'workbench', tab: 'maps' });
      if (chosen || (from && !needsImage) || from?.obstacle) await start();
      else tell({ phase: 'idle', text: 'Choose a picture' });
    },
    choose,
    async pick() {
      const image = await host.pickImage();
      if (image) await choose({ ...image, group: 'picked' });
    },
    cancel() {
      current++;
      stopSession();
      tell({ phase: store.get().run.serial > 0 ? 'done' : 'idle', text: 'Cancelled', hint: '' });
    },
    source: source.get,
    images: gallery.list,
    get chosen() {
      return chosen;
    },
    get preparation() {
      return preparation;
    },
    async prepare(next) {
      preparation = next;
      if (chosen) await start();
    },
    get providerChoice() {
      return choice;
    },
    async setProvider(next) {
      if (next === choice) return;
      choice = next;
      stopSession();
      if (chosen) await start();
    },
    get picture() {
      return picture;
    },
    get notes() {
      return notes;
    },
    get unseen() {
      return unseen;
    },
    tensor,
    peek: (value) => cache.get(value),
    thumbnails,
  };
}

const unique = <T>(items: readonly (T | undefined)[]): T[] => [...new Set(items.filter((item) => item !== undefined))];
