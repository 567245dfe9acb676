import type { Filling, ImageEntry, Preparation, RunInput, RunSource } from '../../src/protocol/host';

/** Values of one tensor of the last run. Whole numbers of 64 bits come as doubles, float16 as float32 or in an array like it of its own. */
export interface RunTensor {
  readonly value: number;
  readonly name: string;
  readonly dims: readonly number[];
  readonly dtype: string;
  readonly data: Float32Array | Float64Array;
}

/** The image as the net gets it: four bytes a pixel. */
export interface NetPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

export type ProviderChoice = 'auto' | 'wasm' | 'webgpu';

/** An input that takes no picture, and what it is filled with. */
export interface OtherInput {
  readonly input: RunInput;
  readonly filling: Filling;
}

/** A unit's value with parts of the picture covered. */
export interface Occlusion {
  readonly value: number;
  /** Place in the tensor's data, for the first picture of the batch. */
  readonly at: number;
  /** Rectangles of the picture `[top, left, bottom, right]`, ends included. */
  readonly patches: readonly (readonly [number, number, number, number])[];
}

/** Runs the model and keeps what came out. Implemented by webview/inference; panels know only this. */
export interface Runner {
  /** Runs with what is chosen; shows the workbench and asks for an image there when none is. */
  run(): Promise<void>;
  /** Runs on this picture. */
  choose(image: ImageEntry): Promise<void>;
  /** Asks the host for a picture of the disk and runs on it. */
  pick(): Promise<void>;
  /** Puts pictures beside those to switch between, and runs all that are there. */
  addAll(images: readonly ImageEntry[]): Promise<void>;
  /** Runs every picture of the strip, together where the model takes several at once. */
  runAll(): Promise<void>;
  /** Takes a picture out of the strip; where it was the one in view, its neighbour comes in its place. */
  drop(image: ImageEntry): Promise<void>;
  cancel(): void;

  /** The host's answer, asked for once; refused calls are asked again. */
  source(): Promise<RunSource>;
  /** Pictures on offer, those drawn or picked first. */
  images(): Promise<readonly ImageEntry[]>;
  readonly chosen: ImageEntry | null;
  readonly preparation: Preparation | null;
  /** Another preparation; runs again when a picture is chosen. */
  prepare(preparation: Preparation): Promise<void>;
  readonly providerChoice: ProviderChoice;
  setProvider(choice: ProviderChoice): Promise<void>;

  /** Inputs beside the picture's; empty before the source is known. */
  readonly others: readonly OtherInput[];
  /** Fills an input otherwise and runs again. */
  fill(input: string, filling: Filling): Promise<void>;
  /** Asks the host for an array of NumPy for an input and runs again. */
  fillFromFile(input: string): Promise<void>;

  /** Measures every layer into the state, on a session of its own. */
  measure(): Promise<void>;
  /** The unit's value under each patch, told as they come; null when it was cancelled or can't be done. */
  occlude(request: Occlusion, told: (values: readonly number[]) => void): Promise<readonly number[] | null>;
  /** Ends measuring and covering. */
  stopWork(): void;

  /** Keeps the last run to compare the next ones with, or lets it go. */
  keepRun(keep: boolean): void;
  /** Asks for another model, to compare with on the picture at hand as if its run had been kept. */
  compareWithModel(): Promise<void>;
  /** A tensor of the run that is kept; null when there is none, or it has no such tensor. */
  keptTensor(value: number): Promise<RunTensor | null>;
  /** Compares every layer of the last run with the one that is kept, into the state; a new run or `stopWork` ends it. */
  compareAll(): Promise<void>;

  /** Null before the first run. */
  readonly picture: NetPicture | null;
  /** What else the user should know about the run: "input sr is filled with zeros". */
  readonly notes: readonly string[];
  /** Values that can't be looked at in this model. */
  readonly unseen: ReadonlySet<number>;
  /** The tensor of a value of the last run; asks the runtime again when it isn't kept. Null when there is none. */
  tensor(value: number): Promise<RunTensor | null>;
  /** The same if it is at hand. */
  peek(value: number): RunTensor | null;
  readonly thumbnails: Thumbnails;
}

/** One channel of a layer's output, small. */
export interface Thumbnail {
  readonly channel: number;
  readonly picture: CanvasImageSource;
  /** Extents of the map itself. */
  readonly width: number;
  readonly height: number;
}

/** Pictures of the strongest maps of the last run. */
export interface Thumbnails {
  /** Of a node's output, after what hangs on it as a pill; the strongest first. Empty while there are none. */
  of(node: number): readonly Thumbnail[];
  /** These nodes are in sight: what is missing of them is fetched and painted meanwhile, and the stage drawn again. */
  want(nodes: readonly number[]): void;
  /** Makes what is missing of these, for a figure of more than is in sight. */
  make(nodes: readonly number[]): Promise<void>;
}
