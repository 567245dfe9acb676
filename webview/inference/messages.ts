/** What page and inference worker say to each other. */
import type { InputSpec, PictureSpec } from '../../src/core/image';

export type Provider = 'wasm' | 'webgpu';

export interface StartRequest {
  readonly provider: Provider;
  /** Prints the time of every kernel at the end. */
  readonly profile: boolean;
  /** 1 where threads can’t share memory. */
  readonly threads: number;
  /** The runtime itself: a blob worker may not fetch it everywhere. */
  readonly wasm: ArrayBuffer;
  /** The model file with its taps appended. */
  readonly model: ArrayBuffer;
  /** Where the file ends and the taps begin. */
  readonly size: number;
  readonly external: readonly { readonly path: string; readonly data: ArrayBuffer }[];
  /** Handed over instead of copied. */
  readonly transfer: readonly ArrayBuffer[];
}

export interface Started {
  readonly threads: number;
  /** Names of taps this runtime can't give out; the model runs without them. */
  readonly unseen: readonly string[];
  readonly ms: number;
}

export interface FeedRequest {
  /** A picture's file, or an array of NumPy with what would come of one, and the input it is for; null when the model takes none. */
  readonly image: (PictureSpec & { readonly bytes: Uint8Array }) | null;
  readonly others: readonly InputSpec[];
}

export interface Fed {
  /** The image as the net gets it. */
  readonly picture: {
    readonly width: number;
    readonly height: number;
    readonly data: Uint8ClampedArray<ArrayBuffer>;
  } | null;
  /** All inputs as they are fed, the picture's among them. */
  readonly tensors: readonly WireTensor[];
}

export interface WireTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dtype: string;
  readonly data: Float32Array | Float64Array;
}

export interface RunReply {
  readonly tensors: readonly WireTensor[];
  readonly ms: number;
  /** Bytes of the runtime's memory after the run. */
  readonly heap: number | null;
  /** Asked for, but no tensor of numbers: sequences, texts. */
  readonly missing: readonly string[];
}

/** Several pictures with the same model. */
export interface BatchRequest {
  readonly requests: readonly FeedRequest[];
  readonly fetch: readonly string[];
  /** In one run, one behind another along the batch; else one run after another. */
  readonly together: boolean;
}

export interface BatchReply {
  /** By picture; of pictures that ran together each has its share of the time. */
  readonly replies: readonly { readonly tensors: readonly WireTensor[]; readonly ms: number }[];
  readonly ms: number;
}

/** Values of one unit while parts of the picture are covered. */
export interface ProbeRequest {
  /** Input that holds the picture, and where its rows and columns lie. */
  readonly input: string;
  readonly layout: 'NCHW' | 'NHWC';
  readonly output: string;
  /** Place of the unit in the output's data, for the first picture of the batch. */
  readonly at: number;
  /** Rectangles `[top, left, bottom, right]`, ends included, covered one after the other. */
  readonly patches: readonly (readonly [number, number, number, number])[];
  /** How many are tried in one run: more than 1 where the model takes any batch. */
  readonly batch: number;
}

export interface WorkerApi {
  /** The language of what it says when something fails. */
  speak(texts: Readonly<Record<string, string>>): Promise<void>;
  start(request: StartRequest): Promise<Started>;
  feed(request: FeedRequest): Promise<Fed>;
  run(request: { readonly fetch: readonly string[] }): Promise<RunReply>;
  /** Leaves what is fed as it is. */
  runMany(request: BatchRequest): Promise<BatchReply>;
  probe(request: ProbeRequest): Promise<{ readonly values: Float64Array }>;
  /** Ends a session that was started with `profile`: what it printed. */
  profiled(): Promise<{ readonly lines: readonly string[] }>;
}
