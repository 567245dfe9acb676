import type { LayerRun } from '../formats/cnn/lower/wire';
import { t } from '../l10n/l10n';
import { integer, size } from '../view/numbers';
import { seesOf } from '../view/scene';
import type { Site, Snapshot } from './snapshot';

/** What a written layer comes to, in the figures that inlays, lenses and outlines show. */
export interface Figures {
  /** `64×112×112`; of several, the first and the last. */
  readonly size: string;
  /** `sees 7`, `sees all`; '' where there is no field. */
  readonly sees: string;
  readonly parameters: number;
  /** Written kernels, which nobody learns. */
  readonly fixed: boolean;
  readonly layers: number;
}

/** Runs inside a use of a block, or inside a head, belong to it. */
function* within(snapshot: Snapshot, run: LayerRun): Generator<LayerRun> {
  yield run;
  if (!run.block && run.kind?.name !== 'head') return;
  const { runs } = snapshot.definition;
  // What is inside follows at once, in the order of computation.
  for (let i = run.index + 1; i < runs.length && isInside(runs[i]!, run); i++) yield runs[i]!;
}

function isInside(run: LayerRun, outer: LayerRun): boolean {
  for (let { call } = run; call; { call } = call) if (call === outer) return true;
  return false;
}

/** Numbers a layer stores, each once however often it is used. */
export function parametersOf(snapshot: Snapshot, runs: readonly LayerRun[]): number {
  const { facts } = snapshot;
  const counted = new Map<number, number>();
  for (const run of runs) {
    for (const inner of within(snapshot, run)) {
      for (const node of inner.nodes) {
        for (const parameter of facts.nodes[node]?.parameters ?? []) counted.set(parameter.source, parameter.count);
      }
    }
  }
  let sum = 0;
  for (const count of counted.values()) sum += count;
  return sum;
}

/** What has weights of its own was given them; a block or a head is no more than what is inside of it. */
const isFixed = ({ facts }: Snapshot, { fixedWeights, nodes }: LayerRun): boolean =>
  fixedWeights || nodes.every((node) => !facts.nodes[node]?.parameters.length);

/** Null for a layer the net does not use. */
export function figuresOf(snapshot: Snapshot, { runs }: Site): Figures | null {
  const [first] = runs;
  const last = runs.at(-1);
  if (!first || !last) return null;
  return {
    size: fromTo(sizeOf(snapshot, first), sizeOf(snapshot, last)),
    sees: seesText(snapshot, first, last),
    parameters: parametersOf(snapshot, runs),
    fixed: runs.every((run) => [...within(snapshot, run)].every((inner) => isFixed(snapshot, inner))),
    layers: runs.length,
  };
}

const fromTo = (first: string, last: string): string => (first === last ? first : `${first} … ${last}`);

function valueOf({ facts }: Snapshot, { result }: LayerRun) {
  const id = result ? facts.graph.valueByName.get(result.tensor) : undefined;
  return id ?? null;
}

function sizeOf(snapshot: Snapshot, run: LayerRun): string {
  const value = valueOf(snapshot, run);
  const type = value === null ? null : (snapshot.facts.types[value] ?? null);
  // Half a size says less than none.
  return type?.shape?.every((extent) => extent !== null) ? size(type) : '?';
}

function seesText(snapshot: Snapshot, first: LayerRun, last: LayerRun): string {
  const sees = [first, last].map((run) => seesOf(snapshot.facts, valueOf(snapshot, run)));
  const [a = null, b = null] = sees;
  if (a === null || b === null) return '';
  if (a === 'all') return b === 'all' ? t('sees all') : t('sees all … {0}', integer(b));
  return b === 'all' ? t('sees {0} … all', integer(a)) : t('sees {0}', fromTo(integer(a), integer(b)));
}

/** `9 472 synapses`; '' for a layer without any. */
export function synapsesText({ parameters, fixed }: Figures): string {
  if (parameters === 0) return '';
  if (fixed) return t('{0} fixed weights', integer(parameters));
  return parameters === 1 ? t('{0} synapse', 1) : t('{0} synapses', integer(parameters));
}
