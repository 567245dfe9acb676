import assert from 'node:assert/strict';
import path from 'node:path';
import { analyze } from '../../../src/core/analysis';
import type { ByteSource, ModelFile, Sibling } from '../../../src/core/bytes/source';
import { Cancelled } from '../../../src/core/diagnostics/diagnostic';
import { openModel } from '../../../src/core/formats';
import { modelFile } from '../../support/modelFile';
import { corpus } from '../../support/corpus';

/** What a source does at its k-th read. */
type Fault = (source: ByteSource, start: number, end: number) => Promise<Uint8Array>;

const FAULTS: Readonly<Record<string, Fault>> = {
  'fails with an error': () => Promise.reject(new Error('EIO: i/o error, read')),
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  'fails with something that is no error': () => Promise.reject('gone'),
  'throws before it promises': () => {
    throw new TypeError('this handle is closed');
  },
  'gives too little': async (source, start, end) => (await source.read(start, end)).subarray(0, (end - start) >> 1),
  'gives nothing': () => Promise.resolve(new Uint8Array(0)),
  'gives too much': async (source, start, end) => {
    const bytes = await source.read(start, end);
    const more = new Uint8Array(bytes.length + 64);
    more.set(bytes);
    return more;
  },
  'gives zeros': (_, start, end) => Promise.resolve(new Uint8Array(end - start)),
  'gives bytes of another place': (source, start, end) =>
    source.read(Math.max(0, start - 7), Math.max(0, start - 7) + end - start),
};

/** Faults after which nothing was read: the user has to be told that the reading failed, whatever the bytes are. */
const SAYS_UNREADABLE = new Set(Object.keys(FAULTS).filter((name) => !/zeros|another place/.test(name)));

class Faulty implements ByteSource {
  reads = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly at: number,
    private readonly fault: Fault,
    private readonly declared = source.size,
  ) {}

  get size(): number {
    return this.declared;
  }

  read(start: number, end: number): Promise<Uint8Array> {
    return this.reads++ === this.at ? this.fault(this.source, start, end) : this.source.read(start, end);
  }
}

const samples = path.resolve(__dirname, '../../../samples');
const FILES = [
  path.join(samples, 'fashion-mnist/fashion-mnist.onnx'),
  path.join(samples, 'lecture/09-upsampling.cnn.yaml'),
  ...(corpus ? [path.join(corpus, 'models/resnet18_light.onnx')] : []),
];

/** Reads as `faulty` does, and analyses what came of it. */
async function survives(file: ModelFile): Promise<readonly { readonly code: string; readonly message: string }[]> {
  const { model, diagnostics } = await openModel(file);
  assert.ok(model ?? diagnostics.length > 0, 'neither a model nor a word');
  const all = [...diagnostics, ...(model ? analyze(model).diagnostics : [])];
  for (const { code, message } of all) {
    assert.notEqual(code, 'file/internal', message);
    assert.doesNotMatch(message, /NaN|\[object|undefined/);
  }
  return all;
}

async function readsOf(file: ModelFile): Promise<number> {
  const counting = new Faulty(file.bytes, -1, FAULTS['gives nothing']!);
  await openModel({ ...file, bytes: counting });
  return counting.reads;
}

describe('a source of bytes that', () => {
  for (const [name, fault] of Object.entries(FAULTS)) {
    it(`${name}, at each read of each file`, async () => {
      for (const where of FILES) {
        const file = modelFile(where);
        const reads = await readsOf(file);
        assert.ok(reads > 0);
        for (let at = 0; at < reads; at++) {
          const said = await survives({ ...file, bytes: new Faulty(file.bytes, at, fault) });
          if (SAYS_UNREADABLE.has(name))
            assert.ok(
              said.some(({ code }) => code.includes('unreadable')),
              `${path.basename(where)}, read ${at}: ${said.map(({ message }) => message).join(' ')}`,
            );
        }
      }
    });
  }

  it('lies about its size', async () => {
    for (const where of FILES) {
      const file = modelFile(where);
      const { size } = file.bytes;
      for (const declared of [0, 1, size - 1, size >> 1, size + 1, size * 2, 2 ** 40]) {
        // Read as files are: what lies beyond the end is not given.
        const honest: ByteSource = {
          size,
          read: (start, end) => file.bytes.read(Math.min(start, size), Math.min(end, size)),
        };
        const said = await survives({ ...file, bytes: new Faulty(honest, -1, FAULTS['gives nothing']!, declared) });
        // Text that stops early may be a whole definition of its own.
        if (declared !== size && where.endsWith('.onnx'))
          assert.ok(said.length > 0, `${path.basename(where)} with ${declared} bytes: not a word`);
      }
    }
  });

  it('never answers is left behind as soon as one gives up', async () => {
    for (const where of FILES) {
      const file = modelFile(where);
      const reads = await readsOf(file);
      for (let at = 0; at < reads; at++) {
        const control = new AbortController();
        const stalled = new Faulty(file.bytes, at, () => {
          setTimeout(() => control.abort(), 1);
          return new Promise<never>(() => undefined);
        });
        await assert.rejects(openModel({ ...file, bytes: stalled }, control.signal), Cancelled);
      }
    }
  });

  it('stands for external data does not take the graph with it', async function () {
    if (!corpus) return this.skip();
    const file = modelFile(path.join(corpus, 'models/ext_one_file.onnx'));
    const faults: readonly (() => Promise<Sibling>)[] = [
      () => Promise.resolve({ kind: 'missing' }),
      () => Promise.resolve({ kind: 'refused', reason: 'the path leads out' }),
      () => Promise.reject(new Error('EACCES: permission denied')),
      async () => {
        const real = await file.sibling('ext_one_file.onnx.data');
        const bytes = real.kind === 'found' ? real.bytes : file.bytes;
        return { kind: 'found', bytes: new Faulty(bytes, 0, FAULTS['fails with an error']!) };
      },
    ];
    for (const sibling of faults) {
      const { model } = await openModel({ ...file, sibling });
      assert.ok(model && model.graph.nodes.length > 0);
    }
  });
});
