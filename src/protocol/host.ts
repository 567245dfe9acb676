/** What the webview may ask of the extension host, and what the host tells the webview. Everything is plain data. */
import type { CourseRequest, CourseView } from '../core/course/types';
import type { NodeSource } from '../core/explain/nodeSource';
import type { DepthFacts } from '../core/view/depth';
import type { Preparation } from '../core/image';
import type { HoverCard, Inspector, SceneProblem } from '../core/view/types';

export type { Preparation };

export const protocolVersion = 1;

/** Elements of one stored constant, as numbers (float16 and the like are decoded). */
export interface TensorSlice {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly from: number;
  readonly total: number;
  readonly values: Float32Array;
}

/** At most `count` elements of a stored constant from element `from` on; with `times` and `step` so many such runs, each `step` further on. */
export interface TensorRequest {
  readonly value: number;
  readonly from: number;
  readonly count: number;
  readonly times?: number;
  readonly step?: number;
  /** Of the model as it runs, where that is another than the one on show. */
  readonly running?: boolean;
}

export interface UnitField {
  /** One `[first, last]` per spatial axis of the image, clipped; null where the unit sees nothing. */
  readonly ranges: readonly (readonly [number, number])[] | null;
  /** Distinct pixels of the image. */
  readonly pixels: number;
  /** Pixels of the unclipped field that lie outside the image; null beyond counting. */
  readonly padding: number | null;
  /** The same field not clipped by the border: the theoretical box. */
  readonly box: readonly (readonly [number, number])[] | null;
  /** Lit pixels row by row as runs: `[row, firstColumn, lastColumn]`; for one spatial axis row is 0. Empty when everything in `ranges` is lit. */
  readonly runs: readonly (readonly [number, number, number])[];
}

/** What a unit needs of one tensor between the image and itself. */
export interface TrailStep {
  readonly value: number;
  /** Places along each axis of the image. */
  readonly extents: readonly number[];
  readonly ranges: readonly (readonly [number, number])[];
  readonly places: number;
  /** As in `UnitField`. */
  readonly runs: UnitField['runs'];
}

/** Units of a tensor that depend on one pixel of the image. */
export interface Dependents {
  readonly count: number;
  /** Units there are, counted once for all channels. */
  readonly of: number;
  readonly ranges: readonly (readonly [number, number])[] | null;
  /** As in `UnitField`. */
  readonly runs: UnitField['runs'];
}

export interface Coverage {
  readonly shape: readonly number[];
  readonly unseen: number;
  readonly min: number;
  readonly max: number;
  readonly counts: Float64Array | readonly number[];
}

export interface RunInput {
  readonly value: number;
  readonly name: string;
  readonly dtype: string;
  /** Symbolic extents as text. */
  readonly shape: readonly (number | string)[];
  readonly image: boolean;
}

/** What an input that takes no picture is filled with. */
export type Filling =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'constant'; readonly value: number }
  /** Normally distributed for fractions, zeros and ones for whole numbers; the same for the same seed. */
  | { readonly kind: 'noise'; readonly seed: number }
  /** An array of NumPy. */
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array };

/** How the user last ran a model; kept in the workspace. */
export interface RunSettings {
  /** Null: as guessed. */
  readonly preparation: Preparation | null;
  readonly provider: 'auto' | 'wasm' | 'webgpu';
  /** By name of the input; files are not kept. */
  readonly fillings: Readonly<Record<string, Filling>>;
}

/** What the inference worker needs. The weights never pass through here when `url` can be fetched. */
export interface RunSource {
  /** Webview URI of the model file, fetched by the page; null when the bytes must come through `modelBytes`. */
  readonly url: string | null;
  readonly size: number;
  /** Appended to the file: declares every intermediate tensor as an output (protobuf merges repeated messages). */
  readonly taps: Uint8Array;
  /** Names of all tensors that can be asked for, by value id. */
  readonly values: readonly { readonly value: number; readonly name: string }[];
  readonly outputs: readonly string[];
  readonly external: readonly { readonly path: string; readonly url: string | null; readonly size: number }[];
  readonly inputs: readonly RunInput[];
  readonly preparation: Preparation | null;
  readonly labels: { readonly names: readonly string[]; readonly source: string; readonly assumed: boolean } | null;
  /** How it was last run in this workspace, as far as that still fits. */
  readonly saved: RunSettings | null;
  /** What the user should know of what runs: that it is a narrow twin of the net on show, say. */
  readonly notes: readonly string[];
  /** Why the model can't run (weights missing, no input at all…); null when it can. */
  readonly obstacle: { readonly what: string; readonly hint: string } | null;
  readonly weights: 'trained' | 'untrained' | null;
}

/** Another model, to run beside the one on show. */
export interface OtherRun {
  readonly name: string;
  /** Bytes without an address come through `otherBytes`. */
  readonly source: RunSource;
  /** Values of the model on show, and the tensors of the other that correspond to them. */
  readonly pairs: readonly { readonly value: number; readonly name: string }[];
}

export interface ImageEntry {
  readonly name: string;
  /** Webview URI, fetched by the page; null when `bytes` carries the file. */
  readonly url: string | null;
  readonly bytes: Uint8Array | null;
  readonly group: 'model' | 'samples' | 'workspace' | 'picked' | 'test';
}

/** How the layer table is written outside of the page. */
export type TableFormat = 'csv' | 'markdown' | 'latex' | 'json';

/** Addresses of workers and the runtime as webview URIs. */
export interface Assets {
  readonly layoutWorker: string;
  readonly wasmWorker: string;
  readonly webgpuWorker: string;
  readonly wasm: string;
  readonly wasmWebgpu: string;
}

/** A scene as `columnsText` writes it: on its way a message is copied time and again, and text costs the least. */
export type SceneText = string;

/** A plan as `columnsText` writes it. */
export type PlanText = string;

export interface Opened {
  readonly version: number;
  readonly scene: SceneText;
  /** What the page keeps for the host, to open the same again when the window is loaded anew. */
  readonly place: string;
  /** Command the editor was opened with: run at once, say. */
  readonly initial: UiCommand | null;
}

/** Those of them that act on the graph. */
export interface GraphCommand {
  readonly kind:
    | 'fit'
    | 'toggleDirection'
    | 'toggleThumbnails'
    | 'traceUpstream'
    | 'traceDownstream'
    | 'highlightType'
    | 'back'
    | 'forward'
    | 'saveGraphSvg'
    | 'saveGraphPng';
}

/** Palette commands that act on the page. */
export type UiCommand =
  | GraphCommand
  | {
      readonly kind:
        'find' | 'layers' | 'runImage' | 'runSample' | 'setInputSize' | 'chooseFieldInput' | 'graph' | 'course';
    }
  /** Selects a layer and opens what tells about it. */
  | { readonly kind: 'select'; readonly node: number }
  | { readonly kind: 'selectGroup'; readonly group: number }
  /** Selects the layer that is looked at elsewhere; the focus stays where it is. */
  | { readonly kind: 'point'; readonly node: number };

export interface HostApi {
  /** Answered before the model is read: the page is put together meanwhile. */
  assets(): Promise<Assets>;
  open(): Promise<Opened>;
  card(node: number): Promise<HoverCard | null>;
  inspect(node: number): Promise<Inspector | null>;
  tensor(request: TensorRequest): Promise<TensorSlice>;
  /** What a unit of this node is computed from; null for a number that is no node. */
  unitSource(node: number): Promise<NodeSource | null>;
  /** Exact field of the unit at these spatial indices of the value. */
  unitField(request: { readonly value: number; readonly at: readonly number[] }): Promise<UnitField | null>;
  /** What the unit needs of every tensor it depends on, the image first and itself last. */
  unitTrail(request: { readonly value: number; readonly at: readonly number[] }): Promise<readonly TrailStep[] | null>;
  /** Which units of the value depend on this pixel. */
  dependents(request: { readonly value: number; readonly pixel: readonly number[] }): Promise<Dependents | null>;
  coverage(value: number): Promise<Coverage | null>;
  runSource(): Promise<RunSource>;
  /** The model file, or an external data file by its path, when it can't be fetched by URL. */
  modelBytes(path: string | null): Promise<Uint8Array>;
  /** Asks which other model to compare with; null when the user thinks better of it. */
  otherRun(): Promise<OtherRun | null>;
  /** As `modelBytes`, of the model `otherRun` answered with last. */
  otherBytes(path: string | null): Promise<Uint8Array>;
  images(): Promise<readonly ImageEntry[]>;
  /** Asks the user for a picture; null when they think better of it. */
  pickImage(): Promise<ImageEntry | null>;
  /** Asks the user for an array of NumPy; null when they think better of it. */
  pickTensor(): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null>;
  /** Keeps how this model is run, in the workspace. */
  keepRunSettings(settings: RunSettings): Promise<void>;
  /** Asks (or takes) new extents of an input, re-analyses and answers with the new scene. */
  setInputSize(
    request: { readonly input: string; readonly shape: readonly number[] } | null,
  ): Promise<SceneText | null>;
  /** Takes (or, for null, asks for) the input that receptive fields refer to, re-analyses and answers with the new scene. */
  setFieldInput(input: string | null): Promise<SceneText | null>;
  /** Shows bytes of the file, or the Problems panel. */
  reveal(what: { readonly bytes: { readonly start: number; readonly end: number } } | 'problems'): Promise<void>;
  /** Opens the line that made this operator, where the file names one in the workspace; says so where it does not. */
  revealSource(node: number): Promise<void>;
  /** What the chart along the depth needs beside the scene; worked out when asked. */
  depth(): Promise<DepthFacts>;
  /** The layer table as text: these operators in this order, or all of them as they lie in the file; `times` in ms by node, if measured. */
  table(request: {
    readonly format: TableFormat;
    readonly nodes: readonly number[] | null;
    readonly times: readonly (number | null)[] | null;
  }): Promise<string>;
  copy(text: string): Promise<void>;
  /** Saves text or bytes under a name the user chooses; false when they think better of it. */
  save(file: { readonly name: string; readonly content: string | Uint8Array }): Promise<boolean>;
  /** Puts a small net into a text that has none yet; does nothing for a file. */
  begin(): Promise<void>;
  /** What the course says of this net. */
  course(request: CourseRequest): Promise<CourseView>;
  /** Changes a word of the text as a step of its chapter says; false where it no longer stands there. */
  courseEdit(edit: string): Promise<boolean>;
  /** Puts a chapter’s net in the place of this one; of the chapter that is open: begins it anew. False where that failed, which is said. */
  openChapter(chapter: string): Promise<boolean>;
  /** Opens another of the bundled samples. */
  openSample(path: string): Promise<void>;
  /** Saves the net up to a layer as a model of its own; false when the user thinks better of it. */
  cut(node: number): Promise<boolean>;
  /** Tells the host what is selected and running, for its commands and status bar. */
  state(state: {
    readonly selection: number | null;
    /** The selection was made in the page, by a person: what shows the model elsewhere follows. */
    readonly chosen: boolean;
    readonly running: boolean;
    readonly mode: string;
  }): Promise<void>;
  log(entry: { readonly level: 'info' | 'warn' | 'error'; readonly text: string }): Promise<void>;
}

export interface HostEvents {
  /** Of the scene that `open` is about to answer with: what its layout needs, ahead of all the rest. */
  plan: PlanText;
  /** The file changed on disk, or another input size or field input was set: same view, new numbers. */
  sceneChanged: SceneText;
  problemsChanged: readonly SceneProblem[];
  command: UiCommand;
  progress: { readonly what: string; readonly done: number | null };
  /** The file is gone or cannot be read any more; the last picture stays. */
  lost: string;
  /** The file has another name: what the page keeps for the host in place of `Opened.place`. */
  moved: string;
}
