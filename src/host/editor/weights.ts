import { readRuns } from '../../core/formats/onnx/runs';
import { readElements } from '../../core/formats/onnx/tensor';
import type { ModelFile } from '../../core/bytes/source';
import type { Constant, ValueId } from '../../core/ir/types';
import { t } from '../../core/l10n/l10n';
import { storedConstant } from '../../core/running';
import { placeOfValue } from '../../core/view/bodies';
import type { TensorRequest, TensorSlice } from '../../protocol/host';
import type { Analysis } from './reading';

/** More than a webview can draw, and 64 MB at most. */
const MOST_ELEMENTS = 1 << 24;

export async function tensorSlice(
  { facts, drawing }: Pick<Analysis, 'facts'> & Partial<Pick<Analysis, 'drawing'>>,
  file: ModelFile,
  request: TensorRequest,
  signal: AbortSignal,
): Promise<TensorSlice> {
  const place = drawing ? placeOfValue(drawing, request.value) : null;
  const constant = storedConstant(place?.drawing.facts.graph ?? facts.graph, place?.id ?? (request.value as ValueId));
  if (!constant) throw new Error(t('This tensor is not stored in the file'));
  const { times, step } = request;
  if (times !== undefined && step !== undefined) return runsSlice(constant, file, { ...request, times, step }, signal);
  const slice = await readElements(constant, file, request.from, Math.min(request.count, MOST_ELEMENTS), signal);
  if (slice.kind === 'missing') throw new Error(slice.reason);
  const { numbers, from, total } = slice;
  const values = numbers instanceof Float32Array ? numbers : Float32Array.from(numbers as ArrayLike<number>, Number);
  return { shape: constant.shape, dtype: constant.dtype, from, total, values };
}

async function runsSlice(
  constant: Constant,
  file: ModelFile,
  request: TensorRequest & Pick<Required<TensorRequest>, 'times' | 'step'>,
  signal: AbortSignal,
): Promise<TensorSlice> {
  const { from, count, times, step } = request;
  const total = constant.shape.reduce((product, extent) => product * extent, 1);
  const last = from + (times - 1) * step + count;
  if (count * times > MOST_ELEMENTS || last > total || times < 1)
    throw new Error(t('These elements are not in the tensor'));
  const values = await readRuns(constant, file, { from, count, times, step }, signal);
  if (typeof values === 'string') throw new Error(values);
  return { shape: constant.shape, dtype: constant.dtype, from, total, values };
}
