/** What outlives the page: where one looked, what was open and selected. Modules by path, layers by name: numbers may move. */
import type { Plan } from '../../src/core/plan';
import type { Scene } from '../../src/core/view/types';
import type { AppState, ColourBy } from './app';
import type { Camera } from './context';

export interface Saved {
  readonly version: 1;
  /** The host's own, which it gets back when the window is loaded anew. */
  readonly place?: string;
  readonly camera: Camera | null;
  readonly open: readonly string[] | null;
  readonly selection: string | null;
  readonly direction: AppState['direction'];
  readonly colourBy: ColourBy;
  readonly margin: boolean;
  readonly plumbing: boolean;
  readonly fold: boolean;
  readonly thumbnails?: boolean;
  readonly course?: boolean;
  readonly inspectorOpen: boolean;
  readonly inspectorWidth: number;
  readonly folded?: readonly string[];
  readonly docked: boolean;
  readonly dockShare: number;
  /** Name of the input that receptive fields refer to; null where the host's own choice stands. */
  readonly fieldInput?: string | null;
}

export function save(state: AppState, camera: Camera | null, place: string): Saved {
  const { scene } = state;
  return {
    version: 1,
    place,
    camera,
    open: scene ? [...state.openGroups].flatMap((g) => scene.groups[g]?.path ?? []) : null,
    selection: state.selection === null ? null : (scene?.nodes[state.selection]?.name ?? null),
    direction: state.direction,
    colourBy: state.colourBy,
    margin: state.margin,
    plumbing: state.plumbing,
    fold: state.fold,
    thumbnails: state.thumbnails,
    course: state.course.open,
    inspectorOpen: state.inspectorOpen,
    inspectorWidth: state.inspectorWidth,
    folded: [...state.folded],
    docked: state.docked,
    dockShare: state.dockShare,
    fieldInput: scene?.header.fieldInput?.chosen ?? null,
  };
}

/** Null for anything that is not one of ours. */
export function readSaved(value: unknown): Saved | null {
  if (typeof value !== 'object' || value === null) return null;
  return (value as { version?: unknown }).version === 1 && 'direction' in value ? (value as Saved) : null;
}

/** The first state of a page that was here before. */
export function restored(initial: AppState, saved: Saved | null): AppState {
  if (!saved) return initial;
  const { direction, colourBy, margin, plumbing, fold, inspectorWidth, docked, dockShare } = saved;
  const folded = new Set(saved.folded);
  const kept = { direction, colourBy, margin, plumbing, fold, inspectorWidth, folded, docked, dockShare };
  const course = { ...initial.course, open: saved.course ?? false };
  return { ...initial, ...kept, course, thumbnails: saved.thumbnails ?? initial.thumbnails };
}

/** Modules that were open, by their paths in the drawing as it is now. */
export function openGroups(saved: Saved, { groups }: Pick<Plan, 'groups'>): ReadonlySet<number> | null {
  if (!saved.open) return null;
  const paths = new Set(saved.open);
  return new Set(groups.flatMap((g, i) => (paths.has(g.path) ? [i] : [])));
}

export function selected(saved: Saved, scene: Scene): number | null {
  if (!saved.selection) return null;
  const at = scene.nodes.findIndex((n) => n.name === saved.selection);
  return at < 0 ? null : at;
}

/** The input that receptive fields referred to, where the model still has it and refers to another. */
export function fieldInput(saved: Saved, { header }: Scene): string | null {
  const wanted = saved.fieldInput ?? null;
  if (!header.fieldInput || wanted === header.fieldInput.chosen) return null;
  return header.fieldInput.choices.some(({ name }) => name === wanted) ? wanted : null;
}
