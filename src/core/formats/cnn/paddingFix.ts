import type { Fix } from '../../diagnostics/fix';
import { t } from '../../l10n/l10n';
import { fix, setOption } from './fixes';
import { keepingPad } from './lower/windows';
import { spatialText, type LayerRun } from './lower/wire';

/** “Padding 1 would keep the size”: for a window at stride 1 that makes the picture smaller; null for any other layer. */
export function addPadding(source: string, runs: readonly LayerRun[]): Fix | null {
  const [run] = runs;
  const window = run?.window;
  if (!run || !window || window.transposed || window.stride.some((step) => step !== 1)) return null;
  const spatial = window.input?.spatial;
  const after = run.result?.shape?.spatial;
  const pad = keepingPad(window.kernel, window.dilation) ?? 'same';
  if (!spatial || !after?.some((extent, axis) => extent !== null && extent < (spatial[axis] ?? 0))) return null;
  const edit = setOption(source, run.layer, run.given, 'pad', pad);
  return fix(t('Pad with {0}: keeps {1}', pad.replace('x', '×'), spatialText(spatial)), edit);
}
