import assert from 'node:assert/strict';
import type { Preparation, RunSource } from '../../../src/protocol/host';
import { createCache } from '../../../webview/inference/cache';
import { explain } from '../../../src/core/failure';
import { feedsFor, unseenNotes } from '../../../webview/inference/feeds';
import { disagreement, providerLine, threadCount, threadsLine, trialLine } from '../../../webview/inference/provider';

const tensor = (value: number, bytes: number) => ({
  value,
  name: `t${value}`,
  dims: [bytes / 4],
  dtype: 'float32',
  data: new Float32Array(bytes / 4),
});

describe('tensors kept of a run', () => {
  it('drop the least recently looked at', () => {
    const cache = createCache(100);
    for (const value of [1, 2]) cache.put(tensor(value, 40));
    cache.get(1);
    cache.put(tensor(3, 40));
    assert.deepEqual(
      [1, 2, 3].map((value) => cache.get(value) !== null),
      [true, false, true],
    );
    assert.deepEqual([cache.count, cache.bytes], [2, 80]);
    cache.put(tensor(3, 20));
    assert.equal(cache.bytes, 60);
    cache.put(tensor(4, 400));
    assert.deepEqual([cache.get(4)?.value, cache.count], [4, 1], 'one is always kept');
    cache.clear();
    assert.deepEqual([cache.count, cache.bytes], [0, 0]);
  });
});

describe('what is fed', () => {
  const preparation: Preparation = {
    width: 4,
    height: 4,
    channels: 3,
    resize: 'crop',
    order: 'RGB',
    scale: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    layout: 'NCHW',
    dtype: 'float32',
    reason: '',
  };
  const source = (inputs: RunSource['inputs']): RunSource => ({
    url: '',
    size: 0,
    taps: new Uint8Array(),
    values: [],
    outputs: [],
    external: [],
    inputs,
    preparation,
    labels: null,
    saved: null,
    notes: [],
    obstacle: null,
    weights: null,
  });
  const image = { value: 0, name: 'x', dtype: 'float32', shape: ['N', 3, 4, 4], image: true };

  it('is the picture for the image input, and zeros for the others, which is told', () => {
    const state = { value: 1, name: 'sr', dtype: 'int64', shape: ['T', 2], image: false };
    const { request, notes } = feedsFor(source([image, state]), new Uint8Array(1), preparation);
    assert.deepEqual([request.image?.name, request.image?.dims, request.image?.copies], ['x', [null, 3, 4, 4], 1]);
    assert.deepEqual(request.others, [{ name: 'sr', dtype: 'int64', dims: [null, 2], filling: { kind: 'zeros' } }]);
    assert.match(notes.join(' '), /sr \(T×2\) is filled with zeros/);
  });

  it('is noise where no input takes a picture, and what the user chose, untold', () => {
    const signal = { value: 0, name: 'x', dtype: 'float32', shape: [1, 512], image: false };
    const rate = { value: 1, name: 'sr', dtype: 'int64', shape: [], image: false };
    const chosen = { sr: { kind: 'constant', value: 16000 } } as const;
    const { request, notes } = feedsFor(source([signal, rate]), null, null, chosen);
    assert.equal(request.image, null);
    assert.deepEqual(
      request.others.map(({ filling }) => filling.kind),
      ['noise', 'constant'],
    );
    assert.deepEqual(notes, ['Input x (1×512) is filled with noise.']);
  });

  it('repeats the picture for a fixed batch', () => {
    const { request, notes } = feedsFor(source([{ ...image, shape: [2, 3, 4, 4] }]), new Uint8Array(1), preparation);
    assert.equal(request.image?.copies, 2);
    assert.match(notes.join(' '), /2 pictures/);
  });

  it('says which tensors the runtime kept to itself', () => {
    assert.deepEqual(unseenNotes([]), []);
    assert.match(unseenNotes(['a', 'b', 'c', 'd'])[0]!, /4 of the tensors: a, b, c…/);
  });
});

describe('why a run failed', () => {
  const what = (message: string): string => explain(new Error(message)).what;
  it('is said in words', () => {
    assert.match(what('std::bad_alloc'), /memory/);
    // As the runtime says it where a tensor has more bytes than its addresses reach.
    assert.match(what('INVALID_ARGUMENT : Tensor shape is too large'), /memory/);
    assert.match(what('safeint.h:17 SafeIntExceptionHandler::SafeIntOnOverflow() Integer overflow'), /memory/);
    assert.match(what('Aborted(OOM). Build with -sASSERTIONS'), /memory/);
    assert.match(what('RangeError: Array buffer allocation failed'), /memory/);
    assert.match(
      what('Could not find an implementation for DeformConv(19) node with name "x"'),
      /no implementation of the operator DeformConv/,
    );
    assert.match(what('No Op registered for Foo with domain_version of 1'), /operator Foo/);
    assert.match(what('Got invalid dimensions for input: x for the following indices'), /input of this size/);
    assert.match(what('The model can’t be read (404).'), /file could not be read/);
    assert.match(what('something else'), /failed/);
  });
  it('names the layer the runtime stopped at', () => {
    const message =
      "failed to call OrtRun(). ERROR_CODE: 1, ERROR_MESSAGE: Non-zero status code returned while running MaxPool node. Name:'/pool1/MaxPool_token_8' Status Message: pool.cc:276 ComputeInternal The Indices output is not supported yet.";
    const onGpu = explain(new Error(message), 'webgpu');
    assert.equal(onGpu.what, 'On WebGPU the layer /pool1/MaxPool (MaxPool) can’t be computed.');
    assert.equal(onGpu.hint, 'The Indices output is not supported yet. WASM may: choose it under Provider.');
    assert.match(explain(new Error(message)).what, /^The layer/);
    const inside = `ERROR_MESSAGE: Non-zero status code returned while running If node. Name:'If_25' Status Message: Non-zero status code returned while running Pad node. Name:'Pad_537' Status Message: Pad reflect requires axis length >= 2`;
    assert.match(explain(new Error(inside)).what, /Pad_537 \(Pad\)/);
    assert.match(explain(new Error(inside)).hint, /^Pad reflect requires axis length >= 2\. /);
  });
  it('keeps the part of a message that is meant for people', () => {
    const { hint } = explain(new Error("[E:onnxruntime] ERROR_CODE: 1, ERROR_MESSAGE: Kernel is 'too' large.\n at x"));
    assert.match(hint, /^Kernel is 'too' large\. /);
    assert.ok(explain('x'.repeat(5000)).hint.length < 400);
  });
});

describe('providers', () => {
  it('are named with what they run on', () => {
    const started = { threads: 1, unseen: [], ms: 0 };
    assert.equal(providerLine('wasm', started), 'WASM · SIMD · 1 thread');
    assert.equal(providerLine('wasm', { ...started, threads: 4 }), 'WASM · SIMD · 4 threads');
    assert.equal(providerLine('webgpu', started), 'WebGPU');
  });
  it('get more than one thread only where memory can be shared', () => {
    assert.deepEqual([threadCount(false, 16), threadCount(true, 16), threadCount(true, 2)], [1, 4, 1]);
    const one = { threads: 1, unseen: [], ms: 0 };
    assert.match(threadsLine(one, false), /not cross-origin isolated/);
    assert.match(threadsLine(one, true), /no cores to spare/);
    assert.match(threadsLine({ ...one, threads: 3 }, true), /3 threads/);
  });
  it('are only changed for one that wins clearly', () => {
    assert.equal(trialLine(10, 100).take, true);
    assert.equal(trialLine(90, 100).take, false);
  });
  it('have to agree', () => {
    assert.equal(disagreement([1, 2], [1, 2]), 0);
    assert.equal(disagreement([0, 4], [1, 4]), 0.25);
    assert.equal(disagreement([1], [1, 2]), null);
    assert.equal(disagreement([NaN, 1], [1, 1]), null);
    assert.equal(disagreement([NaN, 1], [NaN, 1]), 0);
    // Where both are infinite, the rest still counts.
    assert.equal(disagreement([-Infinity, 4], [-Infinity, 2]), 0.5);
    assert.equal(disagreement([Infinity, 1], [-Infinity, 1]), null);
  });
});
