/** The pictures a model was run on, side by side, each with what came out; all of them run at once where the model takes that. */
import { explain } from '../../src/core/failure';
import { marked } from '../../src/core/l10n/decimals';
import { t } from '../../src/core/l10n/l10n';
import { topClasses } from '../../src/core/scores';
import type { ImageEntry, RunSource } from '../../src/protocol/host';
import type { RunState, StripPicture } from '../state/app';
import type { PageContext } from '../state/context';
import { Cancelled } from './engine';
import { feedsFor } from './feeds';
import type { FeedRequest, WireTensor } from './messages';
import { readPicture } from './modelBytes';
import type { Sessions } from './sessions';
import type { Settings } from './settings';

/** Pictures in one run, where the model takes any number. */
const BATCH = 8;

export interface Strip {
  /** Puts pictures into the strip that are not there yet; one of the same name is replaced. */
  add(images: readonly ImageEntry[]): void;
  /** What came out for a picture. */
  told(image: ImageEntry, result: Pick<StripPicture, 'top' | 'ms'>): void;
  /** Takes a picture out; gives the one beside it. */
  remove(image: ImageEntry): ImageEntry | null;
  /** Another preparation, another model: what came out before counts no longer. */
  outdate(): void;
  /** Runs every picture; says in the state whether in batches or one after another, and why. */
  readonly runAll: () => Promise<void>;
  stop(): void;
}

interface Parts {
  readonly context: PageContext;
  readonly sessions: Sessions;
  readonly settings: Settings;
  readonly source: () => Promise<RunSource>;
}

export const samePicture = (a: ImageEntry, b: ImageEntry): boolean => a.name === b.name && a.group === b.group;

/** The result of one picture as the strip tells it: the most probable class of the first output that has classes. */
export function stripResult(
  tensors: readonly WireTensor[],
  { outputs, labels }: Pick<RunSource, 'outputs' | 'labels'>,
  ms: number,
): Pick<StripPicture, 'top' | 'ms'> {
  for (const name of outputs) {
    const output = tensors.find((tensor) => tensor.name === name);
    const top = output && topClasses(output, labels, 1);
    if (top?.[0]) return { top: top[0], ms };
  }
  return { top: null, ms };
}

export function createStrip({ context, sessions, settings, source }: Parts): Strip {
  const { store } = context;
  let current = 0;
  /** Counts what results depend on: one of before does not count. */
  let era = 0;
  const tell = (run: Partial<RunState>): void => store.dispatch({ do: 'run', run });
  const list = (): readonly StripPicture[] => store.get().run.strip;
  const told: Strip['told'] = (image, result) =>
    tell({ strip: list().map((one) => (samePicture(one.image, image) ? { ...one, ...result } : one)) });

  /** Whether several pictures fit into one run: an open batch, and no other input that would have to fit it. */
  const takesAny = (request: FeedRequest): boolean =>
    request.others.length === 0 && request.image?.dims.length === 4 && request.image.dims[0] === null;

  async function runSome(
    from: RunSource,
    pictures: readonly StripPicture[],
    requests: readonly FeedRequest[],
    together: boolean,
  ): Promise<number> {
    const { current: session } = sessions;
    if (!session?.started) throw new Cancelled('Cancelled');
    const asked = era;
    const { replies, ms } = await session.runMany({ requests, fetch: from.outputs, together });
    if (asked !== era) throw new Cancelled('Cancelled');
    replies.forEach(({ tensors, ms: own }, i) => told(pictures[i]!.image, stripResult(tensors, from, own)));
    return ms;
  }

  async function runAll(): Promise<void> {
    const own = ++current;
    const pictures = list();
    tell({ working: { what: 'pictures', done: 0 }, stripHow: null });
    try {
      const from = await source();
      if (from.obstacle) {
        warn(from.obstacle);
        return;
      }
      const requests = await Promise.all(
        pictures.map(
          async ({ image }) =>
            feedsFor(from, await readPicture(image), settings.preparation, settings.fillings).request,
        ),
      );
      await sessions.inTurn(async () => {
        const session = await sessions.ensure(settings.choice);
        // Another model came while it was opened: it must not get the one of before.
        if (own === current) await session.load(from, () => undefined);
      });
      let together = requests.every(takesAny);
      let [done, total, refused] = [0, 0, false];
      while (done < pictures.length && own === current) {
        const count = together ? BATCH : 1;
        const some = [pictures.slice(done, done + count), requests.slice(done, done + count)] as const;
        try {
          total += await sessions.inTurn(() => runSome(from, ...some, together));
        } catch (error) {
          // Not every model that says so takes any batch.
          if (!together || error instanceof Cancelled) throw error;
          together = false;
          refused = true;
          continue;
        }
        // Stopped meanwhile: whoever did that has told so.
        if (own !== current) return;
        done += some[0].length;
        tell({ working: { what: 'pictures', done: done / pictures.length } });
      }
      if (own === current) tell({ stripHow: howWords(pictures.length, total, together, refused) });
    } catch (error) {
      if (own === current && !(error instanceof Cancelled)) warn(explain(error));
    } finally {
      if (own === current) tell({ working: null });
    }
  }

  function warn({ what, hint }: { readonly what: string; readonly hint: string }): void {
    store.dispatch({ do: 'message', message: { severity: 'warning', text: `${what} ${hint}` } });
  }

  return {
    add(images) {
      const fresh = images.filter((image) => !list().some((one) => samePicture(one.image, image)));
      const kept = list().map((one) => {
        const again = images.find((image) => samePicture(image, one.image));
        return again && again.bytes !== one.image.bytes ? { image: again, top: null, ms: null } : one;
      });
      tell({ strip: [...kept, ...fresh.map((image) => ({ image, top: null, ms: null }))] });
    },
    told,
    remove(image) {
      const at = list().findIndex((one) => samePicture(one.image, image));
      const rest = list().filter((_, i) => i !== at);
      tell({ strip: rest });
      return rest[Math.min(at, rest.length - 1)]?.image ?? null;
    },
    outdate() {
      current++;
      era++;
      const { working } = store.get().run;
      const strip = list().map(({ image }) => ({ image, top: null, ms: null }));
      tell({ strip, stripHow: null, working: working?.what === 'pictures' ? null : working });
    },
    runAll,
    stop() {
      current++;
    },
  };
}

/** A run for a screen reader: how long it took, and the strongest class where there are classes. */
export function spokenResult(ms: number, best: StripPicture['top']): string {
  const took = ms.toFixed(0);
  if (!best) return t('run complete, {0} milliseconds', took);
  const name = best.label ?? t('class {0}', best.index);
  return t('run complete, {0} milliseconds, {1} {2} percent', took, name, (best.probability * 100).toFixed(0));
}

function howWords(count: number, ms: number, together: boolean, refused: boolean): string {
  const each = marked((ms / count).toFixed(1));
  if (together) return t('Up to {0} in one run: {1} ms each', BATCH, each);
  return refused
    ? t('One by one, a batch was refused: {0} ms each', each)
    : t('One by one, the batch is 1: {0} ms each', each);
}
