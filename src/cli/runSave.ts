/** Tensors of a run as files of NumPy. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunTensor } from './runSession';
import { UsageError } from './usage';

/** Version 1.0 of numpy.lib.format: a header that ends at a multiple of 64 bytes, then the elements row by row. */
export function npyBytes({ dims, data }: Pick<RunTensor, 'dims' | 'data'>): Uint8Array {
  const shape = dims.length === 1 ? `${dims[0]},` : dims.join(', ');
  const descr = data instanceof Float32Array ? '<f4' : '<f8';
  const words = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`;
  const room = Math.ceil((10 + words.length + 1) / 64) * 64 - 10;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${words.padEnd(room - 1)}\n`, 'latin1');
  head.writeUInt16LE(room, 8);
  return Buffer.concat([head, Buffer.from(data.buffer, data.byteOffset, data.byteLength)]);
}

/** A tensor's name as a file's: nothing that leads elsewhere, and never the same twice because of its number. */
const fileName = (name: string, at: number): string =>
  `${String(at).padStart(3, '0')}_${name.replace(/[^A-Za-z0-9.-]+/g, '_').slice(0, 100)}.npy`;

/** Writes each tensor into the folder, which is made where there is none; gives the paths. Throws a UsageError where it cannot. */
export async function saveTensors(folder: string, tensors: readonly RunTensor[]): Promise<readonly string[]> {
  const files: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    // One by one: thousands at once are more files than a process may have open.
    for (const [at, tensor] of tensors.entries()) {
      const file = path.join(folder, fileName(tensor.name, at));
      await writeFile(file, npyBytes(tensor));
      files.push(file);
    }
  } catch (error) {
    throw new UsageError(`${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return files;
}
