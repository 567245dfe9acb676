import { readElements } from '../../core/formats/onnx/tensor';
import type { ModelFile } from '../../core/bytes/source';
import type { ValueId } from '../../core/ir/types';
import { storedConstant } from '../../core/running';
import type { TensorSlice } from '../../protocol/host';
import type { Analysis } from './reading';

/** More than a webview can draw, and 64 MB at most. */
const MOST_ELEMENTS = 1 << 24;

export async function tensorSlice(
  { facts }: Pick<Analysis, 'facts'>,
  file: ModelFile,
  request: { readonly value: number; readonly from: number; readonly count: number },
  signal: AbortSignal,
): Promise<TensorSlice> {
  const constant = storedConstant(facts.graph, request.value as ValueId);
  if (!constant) throw new Error('This tensor is not stored in the file');
  const slice = await readElements(constant, file, request.from, Math.min(request.count, MOST_ELEMENTS), signal);
  if (slice.kind === 'missing') throw new Error(slice.reason);
  const { numbers, from, total } = slice;
  const values = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers as ArrayLike<number>, Number);
  return { shape: constant.shape, dtype: constant.dtype, from, total, values };
}
