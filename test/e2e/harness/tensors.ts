/** Tensors of a run in the page, as numbers here. */
import type { Frame } from 'playwright-core';
import type { Preparation } from '../../../src/core/image';
import type { Reference } from './reference';

/** The hooks the workbench offers to tests. */
interface RunWindow {
  readonly __convlens: {
    runInfo(): Promise<{ values: string[]; preparation: Preparation; input: string }>;
    tensor(name: string): Promise<{ dims: number[]; dtype: string; values: number[] } | null>;
  };
}

/** What can be asked for, and how the picture was prepared. */
export const runInfo = (frame: Frame): Promise<{ values: string[]; preparation: Preparation; input: string }> =>
  frame.evaluate(() => (globalThis as unknown as RunWindow).__convlens.runInfo());

/** One tensor of the last run; the numbers travel as bytes, for a map may have hundreds of thousands. */
export async function runTensor(frame: Frame, name: string): Promise<Reference | null> {
  const found = await frame.evaluate(async (wanted) => {
    const tensor = await (globalThis as unknown as RunWindow).__convlens.tensor(wanted);
    if (!tensor) return null;
    const bytes = new Uint8Array(Float64Array.from(tensor.values).buffer);
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return { dims: tensor.dims, dtype: tensor.dtype, text: btoa(text) };
  }, name);
  if (!found) return null;
  const bytes = Uint8Array.from(Buffer.from(found.text, 'base64'));
  return { dims: found.dims, dtype: found.dtype, values: [...new Float64Array(bytes.buffer)] };
}
