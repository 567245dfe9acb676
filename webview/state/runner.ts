import type { ImageEntry, Preparation, RunSource } from '../../src/protocol/host';

/** Values of one tensor of the last run. Whole numbers of 64 bits come as doubles, float16 as float32. */
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

/** Runs the model and keeps what came out. Implemented by webview/inference; panels know only this. */
export interface Runner {
  /** Runs with what is chosen; shows the workbench and asks for an image there when none is. */
  run(): Promise<void>;
  /** Runs on this picture. */
  choose(image: ImageEntry): Promise<void>;
  /** Asks the host for a picture of the disk and runs on it. */
  pick(): Promise<void>;
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
  /** Pictures of the strongest maps of a node's output after a run, best first; empty while there are none. */
  thumbnails(node: number): readonly CanvasImageSource[];
}
