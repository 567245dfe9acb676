import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource, type ByteSource } from '../../../../src/core/bytes/source';
import { drive } from '../../../../src/core/bytes/paged';
import { WireCursor } from '../../../../src/core/bytes/wire';
import { Cancelled } from '../../../../src/core/diagnostics/diagnostic';
import { openModel } from '../../../../src/core/formats';
import { emptyModel } from '../../../../src/core/formats/onnx/messages';
import { readModel } from '../../../../src/core/formats/onnx/read';
import { Reader } from '../../../../src/core/formats/onnx/reader';
import { describeCorpus } from '../../../support/corpus';
import { loneFile, seeded } from '../../../support/modelFile';

describeCorpus('reading damaged files', (corpus) => {
  const file = (name: string): Buffer => readFileSync(join(corpus, 'models', name));

  it('says something about every beginning of a model', async function () {
    this.timeout(30_000);
    const whole = file('asym_pads_rect.onnx');
    for (let length = 0; length < whole.length; length++) {
      const { diagnostics } = await openModel(loneFile(whole.subarray(0, length)));
      assert.ok(diagnostics.length > 0, `nothing is said about the first ${length} bytes`);
      assert.ok(
        diagnostics.some(({ code }) => !code.startsWith('graph/') && code !== 'file/internal'),
        `${length}: ${diagnostics.map(({ code }) => code).join()}`,
      );
    }
  });

  it('keeps every node that came before the end', async () => {
    const whole = file('small_opset13.onnx');
    let most = 0;
    for (let length = 0; length < 2000; length += 7) {
      const { model } = await openModel(loneFile(whole.subarray(0, length)));
      const nodes = model?.graph.nodes.length ?? 0;
      assert.ok(nodes >= most, `${nodes} nodes in ${length} bytes, ${most} in fewer`);
      most = nodes;
    }
    assert.equal(most, 14);
  });

  it('reads the same with pages of any size', async () => {
    for (const name of ['typed_data_fields.onnx', 'unicode_ir3_init_as_input.onnx', 'small_opset16.onnx']) {
      const bytes = file(name);
      const read = async (smallest: number, largest: number) => {
        const cursor = new WireCursor(bytes.length);
        const model = emptyModel();
        const problems: unknown[] = [];
        const reader = new Reader(cursor, (problem) => problems.push(problem));
        await drive(readModel(reader, model), cursor, memorySource(bytes), undefined, { smallest, largest });
        assert.deepEqual(problems, []);
        return model;
      };
      const whole = await read(1 << 20, 1 << 20);
      for (const [smallest, largest] of [
        [1, 1],
        [7, 7],
        [1, 4096],
        [4096, 4096],
      ] as const) {
        assert.deepEqual(await read(smallest, largest), whole);
      }
    }
  });

  it('survives flipped bits', async function () {
    this.timeout(60_000);
    const random = seeded(20261123);
    for (const name of ['typed_data_fields.onnx', 'small_opset13.onnx', 'unicode_ir3_init_as_input.onnx']) {
      const whole = file(name);
      for (let round = 0; round < 300; round++) {
        const bytes = Uint8Array.from(whole.subarray(0, Math.min(whole.length, 3000)));
        const flips = 1 + Math.floor(random() * 20);
        for (let i = 0; i < flips; i++) bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
        const { diagnostics, bytesRead } = await openModel(loneFile(bytes));
        assert.ok(!diagnostics.some(({ code }) => code === 'file/internal'), `${name}, round ${round}`);
        assert.ok(bytesRead < 20 * bytes.length + 100_000, `${bytesRead} bytes read`);
      }
    }
  });

  it('reads on behind a damaged node', async () => {
    const whole = file('small_opset13.onnx');
    const { model } = await openModel(loneFile(whole));
    const node = model!.graph.nodes[3]!;
    const bytes = Uint8Array.from(whole);
    // Behind the node's tag and length, its first field gets a wire type that does not exist.
    if (node.origin?.kind === 'bytes') {
      const { start } = node.origin.span;
      bytes[start + (bytes[start + 1]! & 0x80 ? 3 : 2)]! |= 7;
    }
    const damaged = await openModel(loneFile(bytes));
    assert.equal(damaged.model?.graph.nodes.length, 14);
    const problem = damaged.diagnostics.find(({ code }) => code === 'onnx/malformed');
    assert.equal(problem?.node, 3);
    assert.match(problem.message, /graph\.node\[3\] at byte/);
  });

  it('tells when reading fails, and keeps what was read', async () => {
    const bytes = file('squeezenet_fp16_winml.onnx');
    for (let allowed = 0; allowed < 8; allowed++) {
      let reads = 0;
      const source: ByteSource = {
        size: bytes.length,
        read: (start, end) => {
          if (reads++ >= allowed) return Promise.reject(new Error('the disk is gone'));
          return memorySource(bytes).read(start, end);
        },
      };
      const { diagnostics } = await openModel(loneFile(source));
      assert.equal(diagnostics[0]?.code, 'file/unreadable');
      assert.match(diagnostics[0].message, /the disk is gone/);
    }
  });

  it('tells when the file is shorter than it said', async () => {
    const bytes = file('small_opset13.onnx');
    const source: ByteSource = {
      size: bytes.length,
      read: (start, end) => Promise.resolve(bytes.subarray(start, Math.min(end, 3000))),
    };
    const { diagnostics } = await openModel(loneFile(source));
    assert.equal(diagnostics[0]?.code, 'file/unreadable');
  });

  it('stops in the middle when it is cancelled', async () => {
    const bytes = file('squeezenet_fp16_winml.onnx');
    const controller = new AbortController();
    let reads = 0;
    const source: ByteSource = {
      size: bytes.length,
      read: (start, end) => {
        if (++reads === 4) controller.abort();
        return memorySource(bytes).read(start, end);
      },
    };
    await assert.rejects(openModel(loneFile(source), controller.signal), Cancelled);
    assert.equal(reads, 4);
  });
});
