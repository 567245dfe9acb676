/** How the picture is prepared: in one line, and opened up for changing. */
import { t } from '../../src/core/l10n/l10n';
import type { Preparation } from '../../src/protocol/host';
import { el } from '../ui/dom';
import { select } from '../ui/select';

const MINUS = '\u2212';
const near = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) < 1e-6);
const repeat = (value: number, count: number): number[] => new Array<number>(count).fill(value);

type Values = Pick<Preparation, 'scale' | 'mean' | 'std'>;
interface Preset {
  readonly value: string;
  readonly label: string;
  /** For the one line. */
  readonly short: string;
  readonly of: (channels: number) => Values;
}
const BYTE = 1 / 255;

const PRESETS: readonly Preset[] = [
  { value: 'unit', label: '0 … 1', short: '0…1', of: (n) => ({ scale: BYTE, mean: repeat(0, n), std: repeat(1, n) }) },
  {
    value: 'signed',
    label: `${MINUS}1 … 1`,
    short: `${MINUS}1…1`,
    of: (n) => ({ scale: BYTE, mean: repeat(0.5, n), std: repeat(0.5, n) }),
  },
  { value: 'raw', label: '0 … 255', short: '0…255', of: (n) => ({ scale: 1, mean: repeat(0, n), std: repeat(1, n) }) },
  {
    value: 'imagenet',
    label: 'ImageNet (torchvision)',
    short: 'ImageNet',
    of: (n) => ({
      scale: BYTE,
      mean: [0.485, 0.456, 0.406, 0.449].slice(0, n),
      std: [0.229, 0.224, 0.225, 0.226].slice(0, n),
    }),
  },
  {
    value: 'caffe',
    label: `${MINUS}(104, 117, 123) (Caffe)`,
    short: `${MINUS}(104, 117, 123)`,
    of: (n) => ({ scale: 1, mean: [104, 117, 123, 0].slice(0, n), std: repeat(1, n) }),
  },
];

const presetOf = ({ scale, mean, std, channels }: Preparation): Preset | null =>
  PRESETS.find((preset) => {
    const values = preset.of(channels);
    return near([values.scale], [scale]) && near(values.mean, mean) && near(values.std, std);
  }) ?? null;

const listText = (values: readonly number[]): string => {
  const texts = values.map((value) => String(Number(value.toPrecision(4))));
  return new Set(texts).size === 1 ? texts[0]! : `(${texts.join(', ')})`;
};

const orderWord = (order: Preparation['order']): string => (order === 'grey' ? t('grey') : order);

/** `224² · BGR · −(104, 117, 123)`. */
export function preparationLine(preparation: Preparation): string {
  const { width, height, order, scale, mean, std } = preparation;
  const size = width === height ? `${width}²` : `${width}×${height}`;
  const preset = presetOf(preparation);
  const parts = [size, orderWord(order)];
  if (preset) parts.push(preset.short);
  else {
    if (Math.abs(scale - BYTE) < 1e-6) parts.push('0…1');
    else if (scale !== 1) parts.push(`·${Number(scale.toPrecision(4))}`);
    if (mean.some((value) => value !== 0)) parts.push(`${MINUS}${listText(mean)}`);
    if (std.some((value) => value !== 1)) parts.push(`/${listText(std)}`);
  }
  return parts.join(' · ');
}

/** Numbers as typed: one for all channels, or one each; null when that is not what was typed. */
export function parseNumbers(text: string, count: number): readonly number[] | null {
  const words = text
    .replaceAll(MINUS, '-')
    .split(/[\s,;()]+/)
    .filter((word) => word !== '');
  const values = words.map(Number);
  if (values.length === 0 || values.some((value) => !Number.isFinite(value))) return null;
  if (values.length === 1) return repeat(values[0]!, count);
  return values.length === count ? values : null;
}

export function preparationForm(
  preparation: Preparation,
  guessed: Preparation | null,
  changed: (preparation: Preparation) => void,
): HTMLElement {
  const set = (part: Partial<Preparation>): void => changed({ ...preparation, ...part, reason: t('set by hand') });
  const row = (label: string, control: HTMLElement): HTMLElement[] => [el('span', { text: label }), control];

  const resize = select(
    t('How the picture is brought to size'),
    [
      { value: 'crop', label: t('centre crop') },
      { value: 'stretch', label: t('stretch') },
      { value: 'letterbox', label: t('letterbox') },
    ] as const,
    (value) => set({ resize: value }),
  );
  resize.show(preparation.resize);

  const orders = preparation.channels === 1 ? (['grey'] as const) : (['RGB', 'BGR', 'grey'] as const);
  const order = select<Preparation['order']>(
    t('Order of the channels'),
    orders.map((value) => ({ value, label: orderWord(value) })),
    (value) => set({ order: value }),
  );
  order.show(preparation.order);

  const current = presetOf(preparation);
  const range = select<string>(
    t('Range of the values'),
    [...PRESETS, ...(current ? [] : [{ value: 'own', label: t('own numbers') }])],
    (value) => {
      const preset = PRESETS.find((one) => one.value === value);
      if (preset) set(preset.of(preparation.channels));
    },
  );
  range.show(current?.value ?? 'own');

  const field = (label: string, values: readonly number[], apply: (values: readonly number[]) => void): HTMLElement => {
    const input = el('input', {
      class: 'wb-field',
      attrs: {
        type: 'text',
        value: values.map((value) => Number(value.toPrecision(6))).join(', '),
        'aria-label': label,
        spellcheck: 'false',
      },
    });
    input.addEventListener('change', () => {
      const parsed = parseNumbers(input.value, values.length);
      input.toggleAttribute('aria-invalid', !parsed);
      if (parsed) apply(parsed);
    });
    return input;
  };
  const again =
    guessed && guessed.reason !== preparation.reason
      ? el('button', {
          class: 'link',
          text: t('As guessed'),
          attrs: { type: 'button' },
          on: { click: () => changed(guessed) },
        })
      : null;
  return el(
    'div',
    { class: 'wb-form' },
    ...row(t('Size'), resize.element),
    ...row(t('Order'), order.element),
    ...row(t('Values'), range.element),
    ...row(
      t('Scale'),
      field(t('Scale'), [preparation.scale], ([scale]) => set({ scale: scale! })),
    ),
    ...row(
      t('Mean'),
      field(t('Mean'), preparation.mean, (mean) => set({ mean })),
    ),
    ...row(
      t('Deviation'),
      field(t('Deviation'), preparation.std, (std) => {
        if (!std.includes(0)) set({ std });
      }),
    ),
    el('p', { class: 'wb-note wide' }, `${preparation.reason}. `, again),
  );
}
