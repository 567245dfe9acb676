// Full-size models from the corpus's graph-only ones: every weight kept outside the file is written into it, with
// seeded numbers. What they are does not matter to a measurement, only that there are as many as in the real net.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, inRoot } from '../lib/paths.mjs';

// field numbers of onnx.proto
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR = { rawData: 9, externalData: 13, dataLocation: 14 };
const ENTRY = { key: 1, value: 2 };

function varint(bytes, at) {
  let value = 0;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[at++];
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
  }
}

/** The fields of one message, with where each begins and ends. */
function* fieldsOf(bytes, start, end) {
  for (let at = start; at < end;) {
    const begin = at;
    let tag, length;
    [tag, at] = varint(bytes, at);
    const wire = tag & 7;
    if (wire === 0) [, length] = [0, varint(bytes, at)[1] - at];
    else if (wire === 2) [length, at] = varint(bytes, at);
    else length = wire === 1 ? 8 : 4;
    yield { number: tag >>> 3, begin, from: at, to: at + length };
    at += length;
  }
}

function encodeVarint(value) {
  const out = [];
  for (; value > 127; value = Math.floor(value / 128)) out.push((value % 128) | 128);
  return Uint8Array.from([...out, value]);
}

const header = (number, length) => [Uint8Array.from([(number << 3) | 2]), encodeVarint(length)];
const lengthOf = (pieces) => pieces.reduce((sum, piece) => sum + (piece.random ?? piece.length), 0);

/** Bytes of a stored tensor that lie in another file, 0 for one that is whole. */
function externalLength(bytes, tensor) {
  const text = (field) => Buffer.from(bytes.buffer, bytes.byteOffset + field.from, field.to - field.from).toString();
  for (const entry of fieldsOf(bytes, tensor.from, tensor.to)) {
    if (entry.number !== TENSOR.externalData) continue;
    const parts = [...fieldsOf(bytes, entry.from, entry.to)];
    const part = (number) => text(parts.find((field) => field.number === number));
    if (part(ENTRY.key) === 'length') return Number(part(ENTRY.value));
  }
  return 0;
}

function inlined(bytes, tensor) {
  const length = externalLength(bytes, tensor);
  if (length === 0) return [bytes.subarray(tensor.begin, tensor.to)];
  const kept = [...fieldsOf(bytes, tensor.from, tensor.to)]
    .filter(({ number }) => number !== TENSOR.externalData && number !== TENSOR.dataLocation)
    .map(({ begin, to }) => bytes.subarray(begin, to));
  const body = [...kept, ...header(TENSOR.rawData, length), { random: length }];
  return [...header(GRAPH_INITIALIZER, lengthOf(body)), ...body];
}

function pieces(bytes) {
  return [...fieldsOf(bytes, 0, bytes.length)].flatMap((field) => {
    if (field.number !== MODEL_GRAPH) return [bytes.subarray(field.begin, field.to)];
    const graph = [...fieldsOf(bytes, field.from, field.to)].flatMap((inner) =>
      inner.number === GRAPH_INITIALIZER ? inlined(bytes, inner) : [bytes.subarray(inner.begin, inner.to)],
    );
    return [...header(MODEL_GRAPH, lengthOf(graph)), ...graph];
  });
}

/** Small seeded floats; one block, written again and again. */
function randomBlock() {
  const values = new Float32Array(1 << 20);
  let state = 20_260;
  for (let at = 0; at < values.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[at] = (state / 2 ** 32 - 0.5) * 0.1;
  }
  return new Uint8Array(values.buffer);
}

/** The path of the full-size model, made if need be; undefined where the corpus is absent. */
export function bigModel(name) {
  const source = inRoot('../shared/corpus/models', `${name}.onnx`);
  if (!existsSync(source)) return undefined;
  const target = path.join(cacheDir, 'bench', `${name}-full.onnx`);
  if (existsSync(target)) return target;
  mkdirSync(path.dirname(target), { recursive: true });
  const block = randomBlock();
  const file = openSync(`${target}.part`, 'w');
  for (const piece of pieces(readFileSync(source))) {
    if (piece.random === undefined) writeSync(file, piece);
    for (let left = piece.random ?? 0; left > 0; left -= block.length) {
      writeSync(file, block, 0, Math.min(left, block.length));
    }
  }
  closeSync(file);
  renameSync(`${target}.part`, target);
  return target;
}
