import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { BinaryWriter, WireType } from '../../../../src/core/bytes/writer';
import { openModel } from '../../../../src/core/formats';
import { brainToFloat, decodeRaw, halfToFloat } from '../../../../src/core/formats/onnx/elements';
import { readElements } from '../../../../src/core/formats/onnx/tensor';
import type { Constant } from '../../../../src/core/ir/types';
import { describeCorpus } from '../../../support/corpus';
import { loneFile, modelFile } from '../../../support/modelFile';

interface Field {
  readonly number: number;
  readonly wire: WireType;
  readonly write: (writer: BinaryWriter) => void;
}

/** A model that holds one initialiser `w` and nothing else. */
function modelWith(dtype: number, dims: readonly number[], fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.Varint).int64(8);
  writer.tag(7, WireType.LengthDelimited).fork().tag(5, WireType.LengthDelimited).fork();
  for (const dim of dims) writer.tag(1, WireType.Varint).int64(dim);
  writer.tag(2, WireType.Varint).int32(dtype);
  for (const { number, wire, write } of fields) {
    writer.tag(number, wire);
    write(writer);
  }
  writer.tag(8, WireType.LengthDelimited).string('w').join().join();
  return writer.tag(8, WireType.LengthDelimited).fork().tag(2, WireType.Varint).int64(13).join().finish();
}

async function constantOf(bytes: Uint8Array): Promise<Constant> {
  const { model, diagnostics } = await openModel(loneFile(bytes));
  assert.deepEqual(diagnostics, []);
  const constant = model?.graph.values[0]?.constant;
  assert.ok(constant);
  return constant;
}

async function elementsOf(bytes: Uint8Array, from = 0, count = Infinity): Promise<readonly unknown[]> {
  const slice = await readElements(await constantOf(bytes), loneFile(bytes), from, count);
  assert.ok(slice.kind === 'numbers', slice.kind === 'missing' ? slice.reason : '');
  return Array.from(slice.numbers as ArrayLike<unknown>);
}

const packed = (number: number, values: readonly number[], write: 'float' | 'double' | 'int64'): Field => ({
  number,
  wire: WireType.LengthDelimited,
  write: (writer) => {
    writer.fork();
    for (const value of values) writer[write](value);
    writer.join();
  },
});

const loose = (number: number, wire: WireType, value: number, write: 'float' | 'double' | 'int64'): Field => ({
  number,
  wire,
  write: (writer) => writer[write](value),
});

const raw = (bytes: Uint8Array): Field => ({
  number: 9,
  wire: WireType.LengthDelimited,
  write: (writer) => writer.bytes(bytes),
});

const ramp = (count: number): number[] => Array.from({ length: count }, (_, i) => (i % 200) - 100);

describe('elements of constants', () => {
  // Few elements are kept as numbers, many stay in the file: both ways give the same.
  for (const count of [5, 3000]) {
    const cases: readonly (readonly [string, number, readonly Field[]])[] = [
      ['raw_data of float32', 1, [raw(new Uint8Array(Float32Array.from(ramp(count)).buffer))]],
      ['raw_data of int64', 7, [raw(new Uint8Array(BigInt64Array.from(ramp(count), BigInt).buffer))]],
      ['raw_data of int8', 3, [raw(new Uint8Array(Int8Array.from(ramp(count)).buffer))]],
      ['raw_data of float64', 11, [raw(new Uint8Array(Float64Array.from(ramp(count)).buffer))]],
      ['packed float_data', 1, [packed(4, ramp(count), 'float')]],
      ['packed double_data', 11, [packed(10, ramp(count), 'double')]],
      ['packed int64_data', 7, [packed(7, ramp(count), 'int64')]],
      ['packed int32_data of int8', 3, [packed(5, ramp(count), 'int64')]],
      ['loose float_data', 1, ramp(count).map((value) => loose(4, WireType.Bit32, value, 'float'))],
      ['loose double_data', 11, ramp(count).map((value) => loose(10, WireType.Bit64, value, 'double'))],
      ['loose int64_data', 7, ramp(count).map((value) => loose(7, WireType.Varint, value, 'int64'))],
    ];
    for (const [title, dtype, fields] of cases) {
      it(`reads ${count} elements of ${title}, and any part of them`, async () => {
        const bytes = modelWith(dtype, [count], fields);
        assert.deepEqual((await elementsOf(bytes)).map(Number), ramp(count));
        assert.deepEqual((await elementsOf(bytes, 2, 2)).map(Number), ramp(count).slice(2, 4));
        assert.deepEqual((await elementsOf(bytes, count - 1, 10)).map(Number), ramp(count).slice(-1));
        assert.deepEqual(await elementsOf(bytes, count + 5, 10), []);
      });
    }
  }

  it('joins tiny packed runs in several pieces', async () => {
    const bytes = modelWith(7, [4], [packed(7, [1, 2], 'int64'), packed(7, [3, 4], 'int64')]);
    assert.deepEqual(await elementsOf(bytes), [1n, 2n, 3n, 4n]);
  });

  it('keeps big integers exact', async () => {
    const big = 2n ** 62n + 1n;
    const constant = await constantOf(modelWith(7, [1], [raw(new Uint8Array(BigInt64Array.of(big).buffer))]));
    assert.deepEqual(constant.elements, { kind: 'inline', values: [big] });
  });

  it('reads half floats stored as the bits of int32_data', async () => {
    const bytes = modelWith(10, [3], [packed(5, [0x3c00, 0xc000, 0x7bff], 'int64')]);
    assert.deepEqual(await elementsOf(bytes), [1, -2, 65504]);
  });

  it('reads 4-bit integers from any element on', async () => {
    const dims = [130];
    const nibbles = new Uint8Array(65).map((_, i) => (i * 37) & 0xff);
    const all = [...nibbles].flatMap((byte) => [byte & 15, byte >> 4]);
    const bytes = modelWith(21, dims, [raw(nibbles)]);
    assert.deepEqual(await elementsOf(bytes), all);
    assert.deepEqual(await elementsOf(bytes, 7, 4), all.slice(7, 11));
    const signed = modelWith(22, dims, [raw(nibbles)]);
    assert.deepEqual(
      await elementsOf(signed, 1, 6),
      all.slice(1, 7).map((n) => (n > 7 ? n - 16 : n)),
    );
  });

  it('says that there are texts instead of inventing numbers', async () => {
    const text = (value: string): Field => ({
      number: 6,
      wire: WireType.LengthDelimited,
      write: (writer) => writer.string(value),
    });
    const bytes = modelWith(8, [2], [text('cat'), text('dog')]);
    const constant = await constantOf(bytes);
    assert.deepEqual(constant.elements, { kind: 'inline', values: ['cat', 'dog'] });
    assert.equal((await readElements(constant, loneFile(bytes), 0, 2)).kind, 'missing');
  });

  it('decodes every half float as DataView-free arithmetic and the standard agree', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        const value = halfToFloat(bits);
        const exponent = (bits >> 10) & 31;
        if (exponent === 31) assert.ok(!Number.isFinite(value));
        else
          assert.equal(
            Math.abs(value),
            Math.abs(((bits & 0x3ff) + (exponent ? 1024 : 0)) * 2 ** ((exponent || 1) - 25)),
          );
        assert.equal(Object.is(Math.sign(1 / value), -1) || value < 0, bits >> 15 === 1 && !Number.isNaN(value));
      }),
    );
    assert.equal(brainToFloat(0x3f80), 1);
    assert.equal(brainToFloat(0xc2f7), -123.5);
  });

  it('copes with bytes that begin anywhere in memory', () => {
    const bytes = new Uint8Array(9);
    new DataView(bytes.buffer).setFloat32(1, 1.5, true);
    assert.deepEqual(decodeRaw('float32', bytes.subarray(1, 5), 1), Float32Array.of(1.5));
  });
});

describeCorpus('elements of the corpus', (corpus) => {
  it('reads external data', async () => {
    const file = modelFile(join(corpus, 'models', 'ext_one_file.onnx'));
    const { model } = await openModel(file);
    const data = readFileSync(join(corpus, 'models', 'ext_one_file.onnx.data'));
    const outside = model!.graph.values.filter(({ constant }) => constant?.elements.kind === 'raw');
    assert.ok(outside.length > 0);
    for (const { constant } of outside) {
      assert.ok(constant?.elements.kind === 'raw' && constant.elements.file === 'ext_one_file.onnx.data');
      const slice = await readElements(constant, file, 1, 3);
      assert.ok(slice.kind === 'numbers');
      const expected = [1, 2, 3].map((i) => data.readFloatLE((constant.elements as { start: number }).start + 4 * i));
      assert.deepEqual([...slice.numbers], expected);
    }
  });

  it('says which file is missing', async () => {
    const file = modelFile(join(corpus, 'models', 'resnet18.onnx'));
    const { model, diagnostics } = await openModel(file);
    assert.equal(diagnostics.length, 1);
    const weight = model!.graph.values.find(({ constant }) => constant?.elements.kind === 'missing')!.constant!;
    const slice = await readElements(weight, file, 0, 1);
    assert.ok(slice.kind === 'missing' && slice.reason.includes('resnet18.weights.bin'));
  });
});
