/** The webview's own way to the runtime, without a webview around it: worker, feeds, run. Goes into a page as a script. */
import { startEngine, type Engine } from '../../../webview/inference/engine';
import type { Provider, RunReply } from '../../../webview/inference/messages';

/** Bytes travel as text between test and page. */
interface Question {
  readonly provider: Provider;
  readonly model: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly dims: readonly number[];
    readonly npy: string;
  }[];
  readonly outputs: readonly string[];
  /** Of a tensor with more values than that, some that lie evenly spread; all of them where nothing is said. */
  readonly most?: number;
}

export interface Answer {
  readonly tensors: readonly {
    readonly name: string;
    readonly dtype: string;
    readonly dims: readonly number[];
    readonly values: readonly number[];
    /** From one of these values to the next, in the tensor. */
    readonly step: number;
  }[];
  readonly missing: readonly string[];
}

declare global {
  interface Window {
    runModel(question: Question): Promise<Answer>;
  }
}

const decode = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** One worker for all models in turn, and a new one after something went wrong. */
let engine: Promise<Engine> | null = null;

async function ran(own: Engine, { provider, model, inputs, outputs }: Question): Promise<RunReply> {
  const bytes = decode(model);
  const wasm = await (
    await fetch(provider === 'wasm' ? '/ort-wasm-simd-threaded.wasm' : '/ort-wasm-simd-threaded.jspi.wasm')
  ).arrayBuffer();
  const call = async (): Promise<RunReply> => {
    await own.api.start({
      provider,
      profile: false,
      threads: 1,
      wasm,
      model: bytes.buffer,
      size: bytes.length,
      external: [],
      transfer: [wasm, bytes.buffer],
    });
    await own.api.feed({
      image: null,
      others: inputs.map(({ name, dtype, dims, npy }) => ({
        name,
        dtype,
        dims,
        filling: { kind: 'file', name, bytes: decode(npy) },
      })),
    });
    return own.api.run({ fetch: outputs });
  };
  return Promise.race([call(), own.ended]);
}

window.runModel = async (question) => {
  const own = await (engine ??= startEngine(
    question.provider === 'wasm' ? '/inference-wasm.js' : '/inference-webgpu.js',
  ));
  try {
    const { tensors, missing } = await ran(own, question);
    const most = question.most ?? Infinity;
    const told = tensors.map(({ data, ...tensor }) => {
      // Odd, for rows and channels mostly have even lengths: each gives other columns.
      const step = data.length <= most ? 1 : Math.ceil(data.length / most) | 1;
      const values = Array.from({ length: Math.ceil(data.length / step) }, (_, at) => data[at * step]!);
      return { ...tensor, values, step };
    });
    return { tensors: told, missing };
  } catch (error) {
    own.stop();
    engine = null;
    throw error;
  }
};
