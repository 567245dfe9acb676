import assert from 'node:assert/strict';
import type { ByteSource } from '../../../../src/core/bytes/source';
import { BinaryWriter, WireType } from '../../../../src/core/bytes/writer';
import { openModel } from '../../../../src/core/formats';
import { readElements } from '../../../../src/core/formats/onnx/tensor';
import { loneFile } from '../../../support/modelFile';

interface Piece {
  readonly start: number;
  readonly end: number;
  /** `null`: a payload, which nobody may read without being asked. */
  readonly bytes: Uint8Array | null;
}

/** A file that exists only in pieces; `payload` counts the payload bytes that were read. */
class SparseFile implements ByteSource {
  readonly pieces: Piece[] = [];
  size = 0;
  payload = 0;
  reads = 0;

  add(bytes: Uint8Array): void {
    this.pieces.push({ start: this.size, end: (this.size += bytes.length), bytes });
  }

  addPayload(length: number): void {
    this.pieces.push({ start: this.size, end: (this.size += length), bytes: null });
  }

  read(start: number, end: number): Promise<Uint8Array> {
    this.reads++;
    const out = new Uint8Array(end - start);
    for (const piece of this.pieces) {
      const [from, to] = [Math.max(start, piece.start), Math.min(end, piece.end)];
      if (from >= to) continue;
      if (piece.bytes) out.set(piece.bytes.subarray(from - piece.start, to - piece.start), from - start);
      else this.payload += to - from;
    }
    return Promise.resolve(out);
  }
}

const LAYERS = 155;
const CHANNELS = 608;

/** A chain of 1×1 convolutions with 230 MB of weights, each payload behind its header as exporters write it. */
function bigModel(): SparseFile {
  const payload = CHANNELS * CHANNELS * 4;
  const heads: Uint8Array[] = [];
  const nodes = new BinaryWriter();
  for (let i = 0; i < LAYERS; i++) {
    nodes.tag(1, WireType.LengthDelimited).fork();
    for (const input of [`t${i}`, `w${i}`]) nodes.tag(1, WireType.LengthDelimited).string(input);
    nodes.tag(2, WireType.LengthDelimited).string(`t${i + 1}`);
    nodes.tag(4, WireType.LengthDelimited).string('Conv').join();
    const tensor = new BinaryWriter();
    for (const dim of [CHANNELS, CHANNELS, 1, 1]) tensor.tag(1, WireType.Varint).int64(dim);
    tensor.tag(2, WireType.Varint).int32(1).tag(8, WireType.LengthDelimited).string(`w${i}`);
    tensor.tag(9, WireType.LengthDelimited).uint32(payload);
    const content = tensor.finish();
    const head = new BinaryWriter().tag(5, WireType.LengthDelimited).uint32(content.length + payload);
    heads.push(Buffer.concat([head.finish(), content]));
  }
  const nodeBytes = nodes.finish();
  const graph = nodeBytes.length + heads.reduce((sum, head) => sum + head.length + payload, 0);
  const file = new SparseFile();
  file.add(new BinaryWriter().tag(1, WireType.Varint).int64(8).tag(7, WireType.LengthDelimited).uint32(graph).finish());
  file.add(nodeBytes);
  for (const head of heads) {
    file.add(head);
    file.addPayload(payload);
  }
  file.add(
    new BinaryWriter().tag(8, WireType.LengthDelimited).fork().tag(2, WireType.Varint).int64(13).join().finish(),
  );
  return file;
}

describe('reading big files', () => {
  it('opens 230 MB by reading less than 1 % of it', async () => {
    const file = bigModel();
    assert.ok(file.size > 229e6);
    const { model, diagnostics, bytesRead } = await openModel(loneFile(file));
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['graph/undefined-input'],
    );
    assert.equal(model?.graph.nodes.length, LAYERS);
    assert.ok(bytesRead < 1e6, `${bytesRead} bytes read`);
    assert.ok(file.payload < 0.005 * file.size, `${file.payload} bytes of weights read`);
    assert.ok(file.reads < LAYERS + 20, `${file.reads} reads`);
  });

  it('reads of the weights what is asked for', async () => {
    const file = bigModel();
    const { model } = await openModel(loneFile(file));
    const weight = model?.graph.values.find(({ name }) => name === 'w100')?.constant;
    assert.ok(weight);
    file.payload = 0;
    const slice = await readElements(weight, loneFile(file), 1000, 50);
    assert.equal(slice.kind === 'numbers' && slice.numbers.length, 50);
    assert.equal(file.payload, 200);
  });
});
