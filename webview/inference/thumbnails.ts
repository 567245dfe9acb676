/** Small pictures of the strongest maps of layers in sight, made between frames. */
import type { AppState, AppStore } from '../state/app';
import type { RunTensor, Thumbnail, Thumbnails } from '../state/runner';
import { channelStatistics } from '../state/statistics';
import { viewTensor, type TensorView } from '../state/tensorView';
import { scaleFor, type ColourScale } from '../ui/colourMaps';
import type { Grid } from '../ui/paintMap';

const STRONGEST = 4;
/** Layers whose pictures are kept: more than fit on any screen. */
const KEPT = 256;
/** Tensors asked for at a time: a part of what is kept of a run. */
const AT_ONCE_BYTES = 64e6;
/** What a tensor of unknown size counts for. */
const UNKNOWN_BYTES = 8e6;
/** The camera rests for this long before anything is asked for; longer where each question is a slow run. */
const [LEAST_REST_MS, MOST_REST_MS] = [120, 800];
/** Work between two frames. */
const SLICE_MS = 8;

interface Parts {
  readonly store: AppStore;
  readonly peek: (value: number) => RunTensor | null;
  /** Makes tensors be at hand, as far as there are any. */
  readonly fetch: (values: readonly number[]) => Promise<void>;
  readonly picture: (grid: Grid, scale: ColourScale) => Promise<CanvasImageSource>;
  /** There is more to draw. */
  readonly changed: () => void;
}

const close = (list: readonly Thumbnail[]): void => {
  for (const { picture } of list) if ('close' in picture && typeof picture.close === 'function') picture.close();
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The output one looks at: after the activation that hangs on the layer. Null where it has none. */
function shownValue({ scene }: AppState, node: number): { readonly value: number; readonly axes: number } | null {
  const layer = scene?.nodes[node];
  const output = (layer?.pill ? scene?.nodes[layer.pill.node] : layer)?.outputs[0];
  return layer && output ? { value: output.value, axes: layer.spatial.length } : null;
}

/** Thumbnails of the last run; those of an older one, or of another model, are dropped at once. */
export function createThumbnails({
  store,
  peek,
  fetch,
  picture,
  changed,
}: Parts): Thumbnails & { readonly drop: () => void } {
  const made = new Map<number, readonly Thumbnail[]>();
  let wanted: readonly number[] = [];
  /** Of a figure that waits for them. */
  let due: readonly number[] = [];
  let working: Promise<void> | null = null;
  /** Counts up with each run and model: what was begun for an older one is thrown away. */
  let era = 0;

  const drop = (): void => {
    era++;
    wanted = due = [];
    for (const list of made.values()) close(list);
    made.clear();
  };
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene || state.run.serial !== previous.run.serial) drop();
  });

  const keep = (node: number, list: readonly Thumbnail[]): void => {
    made.set(node, list);
    for (const [old, pictures] of made) {
      if (made.size <= Math.max(KEPT, due.length)) break;
      made.delete(old);
      close(pictures);
    }
  };
  const missing = (): readonly number[] => [...new Set([...due, ...wanted])].filter((node) => !made.has(node));
  const ran = (): boolean => store.get().run.serial > 0 && store.get().run.phase === 'done';

  /** As many of the wanted as may be asked for at once, at least one. */
  function batch(): readonly number[] {
    const { scene } = store.get();
    let bytes = 0;
    return missing().filter((node, at) => {
      bytes += scene?.nodes[node]?.activationBytes ?? UNKNOWN_BYTES;
      return at === 0 || bytes <= AT_ONCE_BYTES;
    });
  }

  function rest(): Promise<void> {
    const ms = store.get().run.ms ?? 0;
    return wait(Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, ms / 4)));
  }

  const start = (first: Promise<void>): Promise<void> => (working = first.then(work).finally(() => (working = null)));

  async function work(): Promise<void> {
    for (let nodes = batch(); nodes.length > 0; nodes = batch()) {
      const own = era;
      const values = nodes.flatMap((node) => shownValue(store.get(), node)?.value ?? []);
      await fetch(values.filter((value) => !peek(value)));
      for (const node of nodes) {
        if (own !== era) break;
        const shown = shownValue(store.get(), node);
        const tensor = shown && peek(shown.value);
        // What cannot be painted is not asked for again.
        const list = tensor ? await strongest(viewTensor(tensor, shown.axes), picture).catch(() => []) : [];
        if (own !== era) close(list);
        else keep(node, list);
        if (list.length > 0) changed();
      }
    }
  }

  return {
    of(node) {
      const list = made.get(node);
      if (!list) return [];
      // Put back as the youngest.
      made.delete(node);
      made.set(node, list);
      return list;
    },
    want(nodes) {
      wanted = ran() ? nodes.slice(0, KEPT) : [];
      if (!working && missing().length > 0) void start(rest());
    },
    async make(nodes) {
      if (!ran()) return;
      due = [...new Set(nodes)];
      await working;
      if (missing().length > 0) await start(Promise.resolve());
      due = [];
    },
    drop,
  };
}

/** The maps whose means are largest, whatever their sign, on the scale of the whole layer. */
async function strongest(view: TensorView, picture: Parts['picture']): Promise<Thumbnail[]> {
  const { data, height, width, channels } = view;
  if (view.kind !== 'maps' || view.axes !== 2 || data.length === 0) return [];
  const means = new Float64Array(channels);
  let [min, max] = [Infinity, -Infinity];
  let since = performance.now();
  for (let channel = 0; channel < channels; channel++) {
    const one = channelStatistics(view, channel);
    if (one.notFinite < one.count) [min, max] = [Math.min(min, one.min), Math.max(max, one.max)];
    means[channel] = Math.abs(one.mean);
    if (performance.now() - since < SLICE_MS) continue;
    await wait(0);
    since = performance.now();
  }
  const order = Array.from(means.keys()).sort((a, b) => means[b]! - means[a]! || a - b);
  // Nothing but NaN has no range.
  const scale = min <= max ? scaleFor(min, max) : scaleFor(0, 0);
  const list: Thumbnail[] = [];
  try {
    for (const channel of order.slice(0, STRONGEST)) {
      const grid = { data, from: channel * height * width, height, width };
      list.push({ channel, picture: await picture(grid, scale), width, height });
    }
  } catch (error) {
    close(list);
    throw error;
  }
  return list;
}
