import { t } from '../l10n/l10n';
import type { Preparation } from './preparation';
import type { Values } from './presets';
import { rawValues, signedValues, unitValues } from './presets';

/** The part of a preparation a file may state itself. */
export interface Stated extends Values {
  readonly resize?: Preparation['resize'];
  readonly reason: string;
}

export type Metadata = Readonly<Record<string, string>>;

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number' && Number.isFinite(item));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Our own key: `{"scale":…,"mean":[…],"std":[…],"order":"RGB","resize":"crop"}`, each part optional. */
function ownStatement(metadata: Metadata, channels: number): Stated | null {
  const text = metadata['convlens.preparation'];
  if (text === undefined) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const { scale, mean, std, order, resize } = parsed;
  const base = unitValues(channels, channels === 1 ? 'grey' : 'RGB');
  const spread = (list: unknown, fallback: readonly number[]): readonly number[] =>
    isNumbers(list) ? Array.from({ length: channels }, (_, k) => list[k] ?? list[0]!) : fallback;
  const deviation = spread(std, base.std);
  return {
    order: order === 'RGB' || order === 'BGR' || order === 'grey' ? order : base.order,
    scale: typeof scale === 'number' && Number.isFinite(scale) ? scale : base.scale,
    mean: spread(mean, base.mean),
    std: deviation.includes(0) ? base.std : deviation,
    ...(resize === 'crop' || resize === 'stretch' || resize === 'letterbox' ? { resize } : {}),
    reason: t('from the file’s metadata'),
  };
}

/** The keys of ONNX's image metadata, written by WinMLTools and converters from Core ML. */
function winMlStatement(metadata: Metadata, channels: number): Stated | null {
  const format = metadata['Image.BitmapPixelFormat'];
  const range = metadata['Image.NominalPixelRange'];
  if (format === undefined && range === undefined) return null;
  const order = format?.startsWith('Gray')
    ? 'grey'
    : format?.startsWith('Bgr')
      ? 'BGR'
      : channels === 1
        ? 'grey'
        : 'RGB';
  const values = range === 'Normalized_0_1' ? unitValues : range === 'Normalized_1_1' ? signedValues : rawValues;
  return { ...values(channels, order), reason: t('from the file’s image metadata (pixel format and range)') };
}

/** Ultralytics writes these beside its exports; all of its nets want 0…1 and a letterboxed picture. */
function ultralyticsStatement(metadata: Metadata, channels: number): Stated | null {
  if (metadata.stride === undefined || metadata.names === undefined) return null;
  const order = channels === 1 ? 'grey' : 'RGB';
  return { ...unitValues(channels, order), resize: 'letterbox', reason: t('guessed from the metadata of Ultralytics') };
}

/** What the file says about its pixels; null when nothing. */
export const stated = (metadata: Metadata, channels: number): Stated | null =>
  ownStatement(metadata, channels) ?? winMlStatement(metadata, channels) ?? ultralyticsStatement(metadata, channels);
