/** A host inside the gallery's page: the real core, asked over the same wire as in VS Code. */
import '../../../webview/texts';
import { courseView } from '../../../src/core/course';
import { analyze } from '../../../src/core/analysis';
import { memorySource, type ModelFile } from '../../../src/core/bytes/source';
import { nodeSource } from '../../../src/core/explain/nodeSource';
import { openModel } from '../../../src/core/formats';
import { tapBytes } from '../../../src/core/formats/onnx/taps';
import { parseLabels } from '../../../src/core/labels';
import { runFacts } from '../../../src/core/running';
import { depthFacts } from '../../../src/core/view/depth';
import { atOnce } from '../../../src/core/steps';
import { buildScene, draw } from '../../../src/core/view/scene';
import { columnsText } from '../../../src/protocol/columns';
import { coverageOf, dependentsOf, fieldOf, trailOf } from '../../../src/host/editor/fields';
import { cardOf, inspectorOf } from '../../../src/host/editor/views';
import { tensorSlice } from '../../../src/host/editor/weights';
import { tableText } from '../../../src/host/editor/table';
import type { HostApi, ImageEntry, RunSource } from '../../../src/protocol/host';
import { serve, type Port } from '../../../src/protocol/rpc';

export interface Setting {
  readonly title: string;
  readonly model: string;
  readonly images: readonly ImageEntry[];
  readonly labels: { readonly url: string; readonly source: string; readonly assumed: boolean } | null;
}

declare global {
  interface Window {
    setting: Setting;
    acquireVsCodeApi: () => unknown;
  }
}

const { setting } = window;
const assets = {
  layoutWorker: '/layout.js',
  wasmWorker: '/inference-wasm.js',
  webgpuWorker: '/inference-webgpu.js',
  wasm: '/ort-wasm-simd-threaded.wasm',
  wasmWebgpu: '/ort-wasm-simd-threaded.jspi.wasm',
};

const fetchBytes = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());

async function read() {
  const bytes = await fetchBytes(setting.model);
  const name = setting.title;
  const file: ModelFile = {
    name,
    bytes: memorySource(bytes),
    sibling: () => Promise.resolve({ kind: 'missing' }),
  };
  const { model, diagnostics } = await openModel(file);
  if (!model) throw new Error(diagnostics[0]?.message ?? 'no model');
  const facts = analyze(model);
  return { size: bytes.length, facts, diagnostics, file, drawing: draw(facts, diagnostics) };
}
const opened = read();
const cannot = (): Promise<never> => Promise.reject(new Error('not in the gallery'));

async function runSource(): Promise<RunSource> {
  const { size, facts } = await opened;
  const { graph } = facts;
  const run = runFacts(facts);
  const { labels } = setting;
  const names = labels && parseLabels(new TextDecoder().decode(await fetchBytes(labels.url)));
  const ids = [...graph.inputs, ...run.taps, ...graph.outputs];
  return {
    url: setting.model,
    size,
    taps: tapBytes(run.taps.map((id) => graph.values[id]!.name)),
    values: [...run.taps, ...graph.outputs]
      .filter((id) => ids.includes(id))
      .map((value) => ({ value, name: graph.values[value]!.name })),
    outputs: run.outputs,
    external: [],
    inputs: run.inputs,
    preparation: run.preparation,
    labels: labels && names && { names, source: labels.source, assumed: labels.assumed },
    saved: null,
    notes: [],
    obstacle: run.obstacle,
    weights: null,
  };
}

const api: HostApi = {
  assets: () => Promise.resolve(assets),
  async open() {
    const { facts, diagnostics } = await opened;
    const scene = buildScene(draw(facts, diagnostics), setting.title);
    return { version: 1, scene: atOnce(columnsText(scene)), place: '', initial: null };
  },
  card: async (node) => cardOf(await opened, node),
  inspect: async (node) => inspectorOf(await opened, node),
  tensor: async (request) => {
    const { facts, file } = await opened;
    return tensorSlice({ facts }, file, request, new AbortController().signal);
  },
  unitSource: async (node) => nodeSource((await opened).facts, node),
  unitField: async ({ value, at }) => fieldOf((await opened).facts, value, at),
  unitTrail: async ({ value, at }) => trailOf((await opened).facts, value, at),
  dependents: async ({ value, pixel }) => dependentsOf((await opened).facts, value, pixel),
  coverage: async (value) => coverageOf((await opened).facts, value),
  runSource,
  modelBytes: cannot,
  otherRun: () => Promise.resolve(null),
  otherBytes: cannot,
  images: () => Promise.resolve(setting.images),
  pickImage: () => Promise.resolve(null),
  pickTensor: () => Promise.resolve(null),
  keepRunSettings: () => Promise.resolve(),
  setInputSize: () => Promise.resolve(null),
  setFieldInput: () => Promise.resolve(null),
  revealSource: () => Promise.resolve(),
  reveal: () => Promise.resolve(),
  depth: async () => depthFacts((await opened).facts),
  table: async (request) => {
    const { facts, diagnostics } = await opened;
    return tableText({ facts, scene: buildScene(draw(facts, diagnostics), setting.title) }, request);
  },
  copy: () => Promise.resolve(),
  save: () => Promise.resolve(false),
  begin: () => Promise.resolve(),
  course: async (request) => courseView(draw((await opened).facts), null, request),
  courseEdit: () => Promise.resolve(false),
  openChapter: () => Promise.resolve(false),
  openSample: () => Promise.resolve(),
  cut: () => Promise.resolve(false),
  state: () => Promise.resolve(),
  log: ({ text }) => {
    console.error('host.log', text);
    return Promise.resolve();
  },
};

let kept: unknown;
const listeners = new Set<(message: unknown) => void>();
window.acquireVsCodeApi = () => ({
  getState: () => kept,
  setState: (state: unknown) => {
    kept = state;
  },
  postMessage: (message: unknown) => {
    const copy = structuredClone(message);
    setTimeout(() => listeners.forEach((listener) => listener(copy)), 0);
  },
});
const port: Port = {
  post: (message) => window.postMessage(message, '*'),
  listen(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
serve(port, api);
