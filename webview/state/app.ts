import type { Scene } from '../../src/core/view/types';
import type { ImageEntry, UnitField } from '../../src/protocol/host';
import { nothingBeside, type Beside } from './beside';
import type { LayerDifference } from './differences';
import type { Lit } from './lit';
import { planFor } from './plans';
import { openAtFirst } from './repeats';
import { succession } from './successor';
import { createStore, type Store } from './store';

export type Tab = 'maps' | 'microscope' | 'coverage' | 'depth' | 'layers';
export type ColourBy = 'family' | 'parameters' | 'macs' | 'memory' | 'field' | 'time' | 'dtype';

/** How long each layer takes, ms a run on average. */
export interface LayerTimes {
  /** By node; null where the runtime ran none of that name (folded away before the run, or inside of another). */
  readonly ms: readonly (number | null)[];
  /** Kernels that belong to no layer of the file: casts the runtime put in. */
  readonly other: number;
  /** Whole runs, with everything between the kernels. */
  readonly total: number;
  readonly runs: number;
  /** How it was measured, in words. */
  readonly how: string;
}

/** Progress and results of running the model; tensors themselves live with the runner, not in the state. */
export interface RunState {
  readonly phase: 'idle' | 'preparing' | 'loading' | 'running' | 'done' | 'failed';
  /** What is going on, in words, or what went wrong. */
  readonly text: string;
  readonly hint: string;
  readonly image: string | null;
  readonly provider: string | null;
  readonly providerWhy: string;
  /** There is an adapter for WebGPU; null until it was looked for. */
  readonly webgpu: boolean | null;
  readonly ms: number | null;
  readonly firstMs: number | null;
  readonly top5:
    readonly { readonly index: number; readonly label: string | null; readonly probability: number }[] | null;
  /** Counts up with each finished run: what depends on tensors redraws. */
  readonly serial: number;
  /** Tensors of the last run that are at hand. */
  readonly fetched: { readonly tensors: number; readonly bytes: number };
  /** Bytes the runtime's memory has grown to; null before a run. */
  readonly heap: number | null;
  /** Of the layers, once they were measured. */
  readonly times: LayerTimes | null;
  /** The run kept for comparing, in words: its picture and what it ran on. */
  readonly kept: string | null;
  /** By how far every layer of the last run is apart from the kept one's, in the order of execution; null until they were compared. */
  readonly differences: readonly LayerDifference[] | null;
  /** Work beside a run: what, and which share of it is done. */
  readonly working: { readonly what: 'times' | 'field' | 'pictures' | 'differences'; readonly done: number } | null;
  /** Pictures to switch between. */
  readonly strip: readonly StripPicture[];
  /** How all of them were run together, in words; null when they were not. */
  readonly stripHow: string | null;
}

/** A picture the model was run on, or is to be. */
export interface StripPicture {
  readonly image: ImageEntry;
  /** The most probable class, where it was run and the net tells classes apart. */
  readonly top: { readonly index: number; readonly label: string | null; readonly probability: number } | null;
  /** Null until it was run as the model is fed now. */
  readonly ms: number | null;
}

export interface AppState {
  readonly phase: 'loading' | 'ready' | 'error';
  readonly scene: Scene | null;
  /** Bar under the header; the worst problem, with "+n more". */
  readonly message: { readonly severity: 'error' | 'warning' | 'info'; readonly text: string } | null;
  /** One layer is selected everywhere: node id. */
  readonly selection: number | null;
  /** Closed module that is selected instead of an operator: group index. */
  readonly selectedGroup: number | null;
  readonly hover: number | null;
  readonly inspectorOpen: boolean;
  readonly mode: 'graph' | 'workbench';
  /** The workbench stands below the stage instead of in its place; its share of the height. */
  readonly docked: boolean;
  readonly dockShare: number;
  /** Width of the inspector at the right, px. */
  readonly inspectorWidth: number;
  /** Sections of the inspector that are folded, by name. */
  readonly folded: ReadonlySet<string>;
  readonly tab: Tab;
  /** How the table of layers was asked to be sorted, the largest first; another object each time. */
  readonly tableBy: { readonly column: 'time' } | null;
  /** The course's panel; it is offered where the net on show is of the course. */
  readonly course: { readonly open: boolean; readonly offered: boolean };
  readonly direction: 'vertical' | 'horizontal';
  readonly openGroups: ReadonlySet<number>;
  readonly colourBy: ColourBy;
  readonly margin: boolean;
  readonly plumbing: boolean;
  /** Rows of equal modules are drawn once. */
  readonly fold: boolean;
  /** Boxes wear their strongest maps after a run, where they are large enough. */
  readonly thumbnails: boolean;
  readonly find: {
    readonly open: boolean;
    readonly query: string;
    readonly hits: readonly number[];
    readonly at: number;
  };
  /** Operators picked out: the rest fades. */
  readonly lit: Lit | null;
  readonly run: RunState;
  readonly channel: number;
  /** Unit looked at in the current map: spatial indices. */
  readonly unit: readonly number[] | null;
  readonly field: UnitField | null;
  /** Layers of the run that are looked at together. */
  readonly beside: Beside;
}

export type Action =
  /** `open`: modules that stand open from the start. */
  | { readonly do: 'scene'; readonly scene: Scene; readonly open?: ReadonlySet<number> }
  | { readonly do: 'failed'; readonly text: string }
  | { readonly do: 'message'; readonly message: AppState['message'] }
  | { readonly do: 'select'; readonly node: number | null; readonly group?: number | null }
  | { readonly do: 'hover'; readonly node: number | null }
  | { readonly do: 'inspector'; readonly open: boolean }
  | { readonly do: 'mode'; readonly mode: AppState['mode']; readonly tab?: Tab }
  | { readonly do: 'table'; readonly by: 'time' }
  | { readonly do: 'course'; readonly course: Partial<AppState['course']> }
  | { readonly do: 'dock'; readonly docked?: boolean; readonly share?: number }
  | { readonly do: 'inspectorWidth'; readonly width: number }
  | { readonly do: 'foldSection'; readonly section: string }
  | { readonly do: 'direction' }
  | { readonly do: 'groups'; readonly open: ReadonlySet<number> }
  | { readonly do: 'colourBy'; readonly by: ColourBy }
  | { readonly do: 'toggle'; readonly what: 'margin' | 'plumbing' | 'fold' | 'thumbnails' }
  | { readonly do: 'find'; readonly find: Partial<AppState['find']> }
  | { readonly do: 'lit'; readonly lit: Lit | null }
  | { readonly do: 'run'; readonly run: Partial<RunState> }
  | { readonly do: 'channel'; readonly channel: number }
  | { readonly do: 'unit'; readonly unit: readonly number[] | null }
  | { readonly do: 'field'; readonly field: UnitField | null }
  | { readonly do: 'beside'; readonly beside: Partial<Beside> };

export const initialState: AppState = {
  phase: 'loading',
  scene: null,
  message: null,
  selection: null,
  selectedGroup: null,
  hover: null,
  inspectorOpen: false,
  mode: 'graph',
  docked: false,
  dockShare: 0.55,
  inspectorWidth: 340,
  folded: new Set(),
  tab: 'maps',
  tableBy: null,
  course: { open: false, offered: false },
  direction: 'vertical',
  openGroups: new Set(),
  colourBy: 'family',
  margin: true,
  plumbing: false,
  fold: true,
  thumbnails: true,
  find: { open: false, query: '', hits: [], at: 0 },
  lit: null,
  run: {
    phase: 'idle',
    text: '',
    hint: '',
    image: null,
    provider: null,
    providerWhy: '',
    webgpu: null,
    ms: null,
    firstMs: null,
    top5: null,
    serial: 0,
    fetched: { tensors: 0, bytes: 0 },
    heap: null,
    times: null,
    kept: null,
    differences: null,
    working: null,
    strip: [],
    stripHow: null,
  },
  channel: 0,
  unit: null,
  field: null,
  beside: nothingBeside,
};

/** Layers stand side by side once there was a run; before, there is the picture to be chosen. */
export const besideShown = ({ beside, run }: AppState): boolean => beside.open && run.serial > 0;

/** Channel and place are looked at in several layers side by side: another selection leaves them. */
export const heldBeside = ({ beside }: AppState): boolean => beside.open && beside.place !== null;

/** Groups open at first, or those still there after a reload (by path: indices may have moved). */
function groupsFor(scene: Scene, previous: AppState): ReadonlySet<number> {
  const old = previous.scene;
  if (!old) return openAtFirst(planFor(scene), previous.fold);
  const paths = new Set([...previous.openGroups].map((g) => old.groups[g]?.path));
  return new Set(scene.groups.flatMap((group, index) => (paths.has(group.path) ? [index] : [])));
}

function reduce(state: AppState, action: Action): AppState {
  switch (action.do) {
    case 'scene': {
      const { scene, selection, beside } = state;
      // Asked of large models only where there is something to find again.
      const asked = scene !== null && (selection !== null || beside.layers.length > 0);
      const after = asked ? succession(scene, action.scene).node : (node: number): number => node;
      const kept = selection === null ? null : after(selection);
      const layers = beside.layers.flatMap((node) => after(node) ?? []);
      return {
        ...state,
        phase: 'ready',
        scene: action.scene,
        selection: kept,
        hover: null,
        lit: null,
        openGroups: action.open ?? groupsFor(action.scene, state),
        // What the unit sees was worked out for the scene before.
        unit: null,
        field: null,
        beside: { ...beside, layers },
      };
    }
    case 'failed':
      return { ...state, phase: 'error', message: { severity: 'error', text: action.text } };
    case 'message':
      return { ...state, message: action.message };
    case 'select': {
      const group = action.group ?? null;
      if (action.node === state.selection && group === state.selectedGroup) return state;
      // Side by side the channel was chosen for all of them.
      const channel = heldBeside(state) ? state.channel : 0;
      return { ...state, selection: action.node, selectedGroup: group, channel, unit: null, field: null };
    }
    case 'hover':
      return action.node === state.hover ? state : { ...state, hover: action.node };
    case 'inspector':
      return action.open === state.inspectorOpen ? state : { ...state, inspectorOpen: action.open };
    case 'mode':
      return { ...state, mode: action.mode, tab: action.tab ?? state.tab };
    case 'table':
      return { ...state, mode: 'workbench', tab: 'layers', tableBy: { column: action.by } };
    case 'course':
      return { ...state, course: { ...state.course, ...action.course } };
    case 'dock':
      return {
        ...state,
        docked: action.docked ?? state.docked,
        dockShare: Math.min(0.85, Math.max(0.2, action.share ?? state.dockShare)),
      };
    case 'inspectorWidth':
      return { ...state, inspectorWidth: Math.min(560, Math.max(280, action.width)) };
    case 'foldSection': {
      const folded = new Set(state.folded);
      if (!folded.delete(action.section)) folded.add(action.section);
      return { ...state, folded };
    }
    case 'direction':
      return { ...state, direction: state.direction === 'vertical' ? 'horizontal' : 'vertical' };
    case 'groups':
      return { ...state, openGroups: action.open };
    case 'colourBy':
      return { ...state, colourBy: action.by };
    case 'toggle':
      return { ...state, [action.what]: !state[action.what] };
    case 'find':
      return { ...state, find: { ...state.find, ...action.find } };
    case 'lit':
      return { ...state, lit: action.lit };
    case 'run':
      return { ...state, run: { ...state.run, ...action.run } };
    case 'channel':
      return action.channel === state.channel ? state : { ...state, channel: action.channel };
    case 'unit':
      return { ...state, unit: action.unit };
    case 'field':
      return { ...state, field: action.field };
    case 'beside':
      return { ...state, beside: { ...state.beside, ...action.beside } };
  }
}

export type AppStore = Store<AppState, Action>;
export const createAppStore = (first: AppState = initialState): AppStore => createStore(first, reduce);
