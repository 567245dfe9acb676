import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { analyze, type Facts } from '../../../src/core/analysis';
import type { Dim } from '../../../src/core/ir/dim';
import { describeCorpus } from '../../support/corpus';
import { openFile } from '../../support/openFile';

type Level = 'basic' | 'extended' | 'all';

/** Nets of several exporters whose weights are there, and sizes for the inputs their files leave open. */
const NETS: Readonly<Record<string, ReadonlyMap<string, readonly Dim[]>>> = {
  asym_pads_rect: new Map(),
  auto_pad_upper: new Map(),
  bed_of_nails: new Map(),
  dilated_stack_context: new Map(),
  dynamic_unet_nearest: new Map([['input', [1, 3, 64, 64]]]),
  mnist8_cntk: new Map(),
  mobilenet_v2_w025: new Map(),
  shared_weights_siamese: new Map(),
  small_opset7: new Map(),
  small_opset13: new Map(),
  squeezenet1_1: new Map(),
  squeezenet_fp16_winml: new Map(),
  ultraface_rfb320: new Map(),
  unet_same_bilinear: new Map(),
  wavenet1d: new Map(),
};

/** What the file says of the values that both have: sizes and receptive fields. */
const ofValue = (facts: Facts, name: string): unknown => {
  const id = facts.graph.valueByName.get(name);
  return id === undefined ? null : { shape: facts.types[id]?.shape, field: facts.fields[id] };
};

const kept = (facts: Facts, other: Facts): readonly string[] =>
  other.graph.values.filter((v) => v.producer !== null && facts.graph.valueByName.has(v.name)).map((v) => v.name);

describeCorpus('A net that onnxruntime has fused and laid out anew is the same net', (folder) => {
  const made = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(made, { recursive: true }));

  async function optimised(name: string, level: Level): Promise<string> {
    const path = join(made, `${name}-${level}.onnx`);
    const session = await InferenceSession.create(join(folder, 'models', `${name}.onnx`), {
      graphOptimizationLevel: level,
      optimizedModelFilePath: path,
      logSeverityLevel: 4,
      intraOpNumThreads: 1,
    });
    await session.release();
    return path;
  }

  async function factsOf(path: string, inputShapes: ReadonlyMap<string, readonly Dim[]>): Promise<Facts> {
    const { model, diagnostics } = await openFile(path);
    assert.ok(model);
    const facts = analyze(model, { inputShapes });
    const problems = [...diagnostics, ...facts.diagnostics].filter((d) => d.severity !== 'info');
    assert.deepEqual(problems, []);
    return facts;
  }

  for (const [name, shapes] of Object.entries(NETS)) {
    it(name, async () => {
      const original = await factsOf(join(folder, 'models', `${name}.onnx`), shapes);
      for (const level of ['basic', 'extended', 'all'] as const) {
        const facts = await factsOf(await optimised(name, level), shapes);
        const common = kept(original, facts);
        assert.ok(common.length > 0);
        for (const value of common)
          assert.deepEqual(ofValue(facts, value), ofValue(original, value), `${level}: ${value}`);
        const blocked = facts.graph.nodes.some((node) => node.domain === 'com.microsoft.nchwc');
        // Blocks are filled up with zeros, which are stored and multiplied like everything else.
        if (blocked) assert.ok((facts.totals.macs ?? 0) >= (original.totals.macs ?? 0));
        else {
          assert.equal(facts.totals.macs, original.totals.macs);
          assert.equal(facts.totals.byRole.weight, original.totals.byRole.weight);
        }
      }
    }).timeout(30_000);
  }
});
