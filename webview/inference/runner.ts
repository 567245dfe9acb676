/** The page's end of running: what is chosen, how far it is, what came out. */
import type { ImageEntry, RunSource } from '../../src/protocol/host';
import { explain } from '../../src/core/failure';
import { t } from '../../src/core/l10n/l10n';
import { topClasses } from '../../src/core/scores';
import type { RunState } from '../state/app';
import type { PageContext } from '../state/context';
import type { Runner } from '../state/runner';
import { mapPicture } from '../ui/paintMap';
import { watchTheme } from '../ui/theme';
import { createCache } from './cache';
import { createGallery, createSource } from './choices';
import { createComparison } from './comparison';
import { Cancelled } from './engine';
import { fedInputs, feedsFor, otherInputs, unseenNotes, type Feeds } from './feeds';
import { followUp } from './followUp';
import type { RunReply, WireTensor } from './messages';
import { readPicture } from './modelBytes';
import { providerLine, threadsLine } from './provider';
import { createSessions } from './sessions';
import type { ModelSession } from './session';
import { createSettings } from './settings';
import { createStrip, samePicture, spokenResult, stripResult } from './strip';
import { createTensors } from './tensors';
import { createThumbnails } from './thumbnails';
import { createWork } from './work';

/** Tensors kept of one run. */
const KEPT_BYTES = 256e6;

export function createRunner(context: PageContext): Runner {
  const { store, host } = context;
  const cache = createCache(KEPT_BYTES);
  const gallery = createGallery(host);
  const settings = createSettings(host);
  let known: RunSource | null = null;
  const source = createSource(host, (answer) => {
    known = answer;
    settings.learn(answer);
  });
  const { idOf, nameOf } = source;
  const sessions = createSessions(context);
  let picture: Runner['picture'] = null;
  let notes: readonly string[] = [];
  let unseen: ReadonlySet<number> = new Set();
  /** What the last run was fed with. */
  let fed: Feeds['request'] | null = null;
  /** Counts runs, so that what is left of an older one knows to be quiet. */
  let current = 0;
  const tell = (run: Partial<RunState>): void => store.dispatch({ do: 'run', run });
  const keep = (tensors: readonly WireTensor[]): void => {
    for (const tensor of tensors) {
      const value = idOf(tensor.name);
      if (value !== undefined) cache.put({ ...tensor, value });
    }
    tell({ fetched: { tensors: cache.count, bytes: cache.bytes } });
  };
  const isUnseen = (name: string): boolean => unseen.has(idOf(name) ?? -1);
  const comparison = createComparison({ context, sessions, settings, source, fed: () => fed, unseen: isUnseen });
  const work = createWork({ context, sessions, source, fed: () => fed, chosen: () => settings.preparation });
  const strip = createStrip({ context, sessions, settings, source: source.get });

  /** What to fetch with the run itself: the outputs and what is being looked at. */
  function wanted(from: RunSource): string[] {
    const { scene, selection } = store.get();
    const node = selection === null ? undefined : scene?.nodes[selection];
    const pill = node?.pill ? scene?.nodes[node.pill.node] : undefined;
    const names = [node, pill].flatMap((one) => one?.outputs.flatMap(({ value }) => nameOf(value) ?? []) ?? []);
    return [...new Set([...from.outputs, ...names])].filter((name) => !isUnseen(name));
  }

  async function start(): Promise<void> {
    const serial = ++current;
    const stale = (): boolean => serial !== current;
    const say = (phase: RunState['phase'], text: string): void => {
      if (!stale()) tell({ phase, text, hint: '' });
    };
    work.stop();
    try {
      const from = await source.get();
      if (from.obstacle) {
        tell({ phase: 'failed', text: from.obstacle.what, hint: from.obstacle.hint });
        return;
      }
      say('preparing', t('Preparing the input'));
      const bytes = settings.chosen ? await readPicture(settings.chosen) : null;
      const done = await sessions.inTurn(async () => {
        if (stale()) return null;
        const running = await sessions.ensure(settings.choice);
        // Another model came while a session was opened: it must not get the one of before.
        if (stale()) return null;
        const feeds = feedsFor(from, bytes, settings.preparation, settings.fillings);
        const answer = await running.feed(feeds.request);
        picture = answer.picture;
        await running.load(from, say);
        unseen = new Set((running.started?.unseen ?? []).flatMap((name) => idOf(name) ?? []));
        if (stale()) return null;
        say('running', t('Running'));
        const reply = await running.run(wanted(from));
        if (stale()) return null;
        cache.clear();
        cache.pin(fedInputs(from, answer.tensors));
        fed = feeds.request;
        notes = [
          ...(await sessions.remarks(settings.choice)),
          ...from.notes,
          ...feeds.notes,
          ...unseenNotes(running.started?.unseen ?? []),
        ];
        await finish(running, from, reply);
        return { running, request: feeds.request, reply };
      });
      if (!done) return;
      const missing = (): readonly string[] =>
        from.values.filter(({ value, name }) => !cache.get(value) && !isUnseen(name)).map(({ name }) => name);
      await followUp({ ...done, context, sessions, source: from, choice: settings.choice, missing, keep, tell, stale });
    } catch (error) {
      if (!stale()) fail(error);
    }
  }

  async function finish(running: ModelSession, from: RunSource, reply: RunReply): Promise<void> {
    keep(reply.tensors);
    const outputs = from.outputs.flatMap((name) => reply.tensors.find((tensor) => tensor.name === name) ?? []);
    const top5 = outputs.map((output) => topClasses(output, from.labels)).find((top) => top !== null) ?? null;
    const { started } = running;
    const { why, any } = await sessions.adapter();
    const first = store.get().run;
    if (settings.chosen) strip.told(settings.chosen, stripResult(reply.tensors, from, reply.ms));
    tell({
      phase: 'done',
      text: t('run complete'),
      hint: '',
      image: settings.chosen?.name ?? null,
      provider: started ? providerLine(running.provider, started) : running.provider,
      webgpu: any,
      providerWhy: started ? `${threadsLine(started)} ${why}` : '',
      ms: reply.ms,
      firstMs: first.serial === 0 ? reply.ms : first.firstMs,
      top5,
      serial: first.serial + 1,
      heap: reply.heap,
    });
    context.announce(spokenResult(reply.ms, top5?.[0] ?? null));
  }

  const cancelled = (): void =>
    tell({ phase: store.get().run.serial > 0 ? 'done' : 'idle', text: t('Cancelled'), hint: '' });

  function fail(error: unknown): void {
    if (error instanceof Cancelled) {
      cancelled();
      return;
    }
    const { what, hint } = explain(error, sessions.current?.provider);
    // After running out of memory the runtime is of no more use.
    sessions.replace(null);
    tell({ phase: 'failed', text: what, hint });
    context.announce(`${what} ${hint}`, true);
    void host.log({ level: 'error', text: error instanceof Error ? error.message : String(error) });
  }

  const tensors = createTensors({
    store,
    cache,
    sessions,
    nameOf: (value) => (unseen.has(value) ? null : (nameOf(value) ?? null)),
    current: () => current,
    keep,
    fail,
  });
  const thumbnails = createThumbnails({
    store,
    peek: (value) => cache.get(value),
    fetch: tensors.fetch,
    picture: mapPicture,
    changed: () => context.stage?.redraw(),
  });
  // Colours around zero are others in light themes.
  watchTheme(thumbnails.drop);

  /** Another file or other sizes: nothing of the old model is of use any more, but what the user chose is. */
  store.subscribe((state, previous) => {
    if (state.scene === previous.scene || !previous.scene) return;
    current++;
    work.stop();
    comparison.forget();
    sessions.replace(null);
    cache.clear();
    source.reset();
    strip.outdate();
    settings.reset();
    picture = fed = known = null;
    const nothing = { top5: null, serial: 0, ms: null, firstMs: null, heap: null, times: null };
    tell({ phase: 'idle', text: state.run.image ? t('The model has changed: run again') : '', hint: '', ...nothing });
  });

  async function choose(image: ImageEntry): Promise<void> {
    gallery.add(image);
    strip.add([image]);
    settings.chosen = image;
    await start();
  }
  /** Again with other settings, where there is something to run. */
  async function again(): Promise<void> {
    strip.outdate();
    if (settings.chosen || store.get().run.serial > 0) await start();
  }

  return {
    async run() {
      const from = await source.get().catch(() => null);
      const needsImage = !from || from.inputs.some((input) => input.image);
      if (store.get().mode === 'graph') store.dispatch({ do: 'mode', mode: 'workbench', tab: 'maps' });
      if (settings.chosen || (from && !needsImage) || from?.obstacle) await start();
      else tell({ phase: 'idle', text: t('Choose a picture') });
    },
    choose,
    async pick() {
      const image = await host.pickImage();
      if (image) await choose({ ...image, group: 'picked' });
    },
    async addAll(images) {
      strip.add(images);
      const [first] = images;
      if (!settings.chosen && first) await choose(first);
      await strip.runAll();
    },
    runAll: strip.runAll,
    async drop(image) {
      const next = strip.remove(image);
      if (next && settings.chosen && samePicture(settings.chosen, image)) await choose(next);
    },
    cancel() {
      current++;
      strip.stop();
      work.stop();
      sessions.replace(null);
      cancelled();
    },
    source: source.get,
    images: gallery.list,
    get chosen() {
      return settings.chosen;
    },
    get preparation() {
      return settings.preparation;
    },
    async prepare(next) {
      settings.prepare(next);
      await again();
    },
    get providerChoice() {
      return settings.choice;
    },
    async setProvider(next) {
      if (next === settings.choice) return;
      settings.provide(next);
      sessions.replace(null);
      await again();
    },
    get others() {
      return known ? otherInputs(known, settings.fillings) : [];
    },
    async fill(input, filling) {
      settings.fill(input, filling);
      await again();
    },
    async fillFromFile(input) {
      const file = await host.pickTensor();
      if (!file) return;
      settings.fill(input, { kind: 'file', ...file });
      await again();
    },
    measure: work.measure,
    occlude: work.occlude,
    stopWork() {
      comparison.stop();
      strip.stop();
      work.stop();
    },
    keepRun: comparison.keep,
    keptTensor: comparison.tensor,
    compareAll: comparison.compareAll,
    compareWithModel: comparison.keepOther,
    get picture() {
      return picture;
    },
    get notes() {
      return notes;
    },
    get unseen() {
      return unseen;
    },
    tensor: tensors.get,
    peek: (value) => cache.get(value),
    thumbnails,
  };
}
