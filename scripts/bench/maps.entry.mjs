/* global window, document */
// What is measured within the page: the webview's own worker and painting, and plain onnxruntime-web beside them.
import * as ort from 'onnxruntime-web/wasm';
import { startEngine } from '../../webview/inference/engine';
import { layerStatistics } from '../../webview/state/statistics';
import { viewTensor } from '../../webview/state/tensorView';
import { scaleFor } from '../../webview/ui/colourMaps';
import { paintMap } from '../../webview/ui/paintMap';
import { spanOf } from '../../webview/ui/span';

const WASM = '/ort-wasm-simd-threaded.wasm';
const bytesOf = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const fromText = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

async function open(url, taps) {
  const [file, wasm] = await Promise.all([bytesOf(url), bytesOf(WASM)]);
  const model = new Uint8Array(file.length + taps.length);
  model.set(file);
  model.set(taps, file.length);
  const engine = await startEngine('/inference-wasm.js');
  const transfer = [wasm.buffer, model.buffer];
  const rest = { provider: 'wasm', profile: false, threads: 1, external: [], transfer };
  await engine.api.start({ ...rest, wasm: wasm.buffer, model: model.buffer, size: file.length });
  return engine;
}

const feed = (engine, { name, dtype, dims }) =>
  engine.api.feed({ image: null, others: [{ name, dtype, dims, filling: { kind: 'noise', seed: 1 } }] });

/** Pixels that stay at hand in the processor. */
const SHEET = 16384;
const canvas = document.createElement('canvas');

/** All maps of each layer on the scale of the layer, put on sheets one below the other. */
function paintAll(tensors) {
  let painted = 0;
  for (const tensor of tensors) {
    const view = viewTensor({ ...tensor, value: 0 }, 2);
    if (view.kind !== 'maps' || view.axes !== 2) continue;
    const { data, height, width, channels } = view;
    const size = height * width;
    const span = spanOf(data, 0, channels * size) ?? undefined;
    const { min, max } = span ?? layerStatistics(view);
    const scale = scaleFor(min, max);
    let together = Math.max(1, Math.min(channels, Math.floor(SHEET / size)));
    // Sheets of one size: a canvas of another takes fresh memory.
    while (channels % together > 0) together--;
    for (let channel = 0; channel < channels; channel += together) {
      paintMap(canvas, { data, from: channel * size, height: height * together, width, span }, scale);
    }
    painted += channels;
  }
  return painted;
}

const timed = async (job) => {
  const started = performance.now();
  const result = await job();
  return { ms: performance.now() - started, result };
};

/** Opens a session with every tap; what is done with it is measured from outside, by the processor's time too. */
window.openMaps = async ({ url, taps, names, outputs, input }) => {
  const engine = await open(url, fromText(taps));
  await feed(engine, input);
  const [out, read] = [new Uint32Array(1 << 22), new Uint8Array(1 << 24)];
  window.jobs = {
    plain: () => engine.api.run({ fetch: outputs }),
    async all() {
      const reply = await engine.api.run({ fetch: names });
      return { painted: paintAll(reply.tensors), heap: reply.heap };
    },
    /** What no way of doing it can save: the runtime gives every tensor out, it is read once, and for every value a pixel is written. */
    async least() {
      const { tensors } = await engine.api.run({ fetch: names });
      for (const { data } of tensors) {
        read.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        out.fill(0xff000000, 0, data.length);
      }
    },
  };
};

/** The job so many times over: ms of each, by the clock, and what the last gave. */
window.doJob = async (name, times) => {
  let last;
  const { ms } = await timed(async () => {
    for (let turn = 0; turn < times; turn++) last = await window.jobs[name]();
  });
  return { ms: ms / times, painted: last?.painted, heap: last?.heap };
};

/** Bytes the runtime takes without taps. */
window.measureBare = async ({ url, outputs, input }) => {
  const bare = await open(url, new Uint8Array(0));
  await feed(bare, input);
  const { heap } = await bare.api.run({ fetch: outputs });
  bare.stop();
  return heap;
};

/** Plain onnxruntime-web as its own guide has it: a session from bytes, one run. */
window.measurePlain = async ({ url, outputs, input: { name, dims } }) => {
  const { ms } = await timed(async () => {
    const [model, wasm] = await Promise.all([bytesOf(url), bytesOf(WASM)]);
    ort.env.wasm.wasmBinary = wasm;
    ort.env.wasm.numThreads = 1;
    const session = await ort.InferenceSession.create(model);
    const size = dims.reduce((all, extent) => all * extent, 1);
    await session.run({ [name]: new ort.Tensor('float32', new Float32Array(size), dims) }, outputs);
  });
  return ms;
};

/** 64 maps of 112×112 from numbers to pixels. */
window.measurePixels = async () => {
  const data = Float32Array.from({ length: 64 * 112 * 112 }, (_, i) => Math.sin(i));
  const tensor = { name: 'x', dims: [1, 64, 112, 112], dtype: 'float32', data };
  paintAll([tensor]);
  const { ms } = await timed(() => paintAll([tensor]));
  return ms;
};
