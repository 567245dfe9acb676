/** Scenes of model files, made by the real core. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { analyze } from '../../src/core/analysis';
import type { ModelFile } from '../../src/core/bytes/source';
import { onnx } from '../../src/core/formats/onnx';
import { buildScene, draw } from '../../src/core/view/scene';
import type { Scene } from '../../src/core/view/types';

export async function realScene(file: string): Promise<Scene> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const model: ModelFile = {
      name: path.basename(file),
      bytes: {
        size,
        async read(start, end) {
          const bytes = new Uint8Array(end - start);
          await handle.read(bytes, 0, end - start, start);
          return bytes;
        },
      },
      sibling: () => Promise.resolve({ kind: 'missing' }),
    };
    const parsed = await onnx.parse(model);
    if (!parsed.model) throw new Error(`${file} is no model`);
    return buildScene(draw(analyze(parsed.model), parsed.diagnostics), path.basename(file));
  } finally {
    await handle.close();
  }
}
