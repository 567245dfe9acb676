/** Reads the profile onnxruntime prints: one event a line, microseconds, a run's kernels before the run itself. */

/** One kernel, on average over the runs that count. */
export interface KernelTime {
  /** Number of the node in the runtime's graph. */
  readonly index: number;
  readonly name: string;
  readonly op: string;
  readonly ms: number;
}

export interface Profile {
  readonly kernels: readonly KernelTime[];
  /** Whole runs on average, kernels and all between them. */
  readonly ms: number;
  readonly runs: number;
}

interface Event {
  readonly cat: string;
  readonly dur: number;
  readonly name: string;
  readonly args: { readonly node_index?: string; readonly op_name?: string };
}

const KERNEL = '_kernel_time';

function eventOf(line: string): Event | null {
  const text = line.trim().replace(/,$/, '');
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as Event;
  } catch {
    return null;
  }
}

/** The mean over all runs but the first `warm`; null when there is none left. */
export function readProfile(lines: readonly string[], warm: number): Profile | null {
  const sums = new Map<string, KernelTime>();
  let pending: Event[] = [];
  let [seen, total] = [0, 0];
  for (const line of lines) {
    const event = eventOf(line);
    if (event?.cat === 'Node' && event.name.endsWith(KERNEL)) pending.push(event);
    if (event?.name !== 'model_run') continue;
    if (++seen > warm) {
      total += event.dur;
      for (const { name, dur, args } of pending) {
        const [index, op] = [Number(args.node_index ?? -1), args.op_name ?? ''];
        const said = name.slice(0, -KERNEL.length);
        // What has no name in the file is given one by the runtime.
        const own = { index, op, name: said === `${op}_${index}` ? '' : said };
        const key = `${own.index}/${own.op}/${own.name}`;
        sums.set(key, { ...own, ms: (sums.get(key)?.ms ?? 0) + dur / 1000 });
      }
    }
    pending = [];
  }
  const runs = seen - warm;
  if (runs <= 0) return null;
  const kernels = [...sums.values()].map((kernel) => ({ ...kernel, ms: kernel.ms / runs }));
  return { kernels, ms: total / runs / 1000, runs };
}

interface Layer {
  readonly op: string;
  readonly name: string;
}

/**
 * Times by layer of the file. The runtime numbers nodes as in the file but leaves Constants out; where operator and name disagree
 * with that, the name decides if it is the only one of its kind. What belongs to no layer (casts the runtime put in) is summed.
 */
export function timesByLayer(
  layers: readonly Layer[],
  { kernels }: Profile,
): { readonly ms: readonly (number | null)[]; readonly other: number } {
  const ms = new Array<number | null>(layers.length).fill(null);
  const numbered = layers.flatMap(({ op }, at) => (op === 'Constant' ? [] : [at]));
  const named = new Map<string, number[]>();
  layers.forEach(({ op, name }, at) => {
    const key = `${op}/${name}`;
    named.set(key, [...(named.get(key) ?? []), at]);
  });
  let other = 0;
  for (const { index, name, op, ms: time } of kernels) {
    const byNumber = numbered[index];
    const same = named.get(`${op}/${name}`) ?? [];
    const fits = byNumber !== undefined && layers[byNumber]!.op === op && layers[byNumber]!.name === name;
    const at = fits ? byNumber : same.length === 1 ? same[0] : undefined;
    if (at === undefined) other += time;
    else ms[at] = (ms[at] ?? 0) + time;
  }
  return { ms, other };
}
