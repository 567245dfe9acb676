/** A pixel of the picture pointed at: which units of the layer in view depend on it. */
import { t } from '../../src/core/l10n/l10n';
import type { Dependents } from '../../src/protocol/host';
import type { PageContext } from '../state/context';
import type { TensorView } from '../state/tensorView';
import { integer } from '../ui/numbers';
import { latest } from './latest';
import { valueInView, type MapsStore } from './layerMaps';

/** What is left of the light where no unit depends on the pixel. */
const DIMMED = 0.38;

/** Asks the host who depends on the pixel, whenever it or the layer changes. */
export function followPixel(context: PageContext, maps: MapsStore): () => void {
  const ask = latest(async () => {
    const { node, pixel, afterG } = maps.get();
    const value = node ? valueInView(context, node, afterG) : null;
    if (value === null || pixel === null) return;
    const users = await context.host.dependents({ value, pixel }).catch(() => null);
    if (maps.get().pixel !== null) maps.dispatch({ users });
  });
  return maps.subscribe((state, previous) => {
    if (state.pixel === null) {
      if (previous.pixel !== null) maps.dispatch({ users: null });
    } else if (state.pixel !== previous.pixel || state.node !== previous.node || state.afterG !== previous.afterG)
      ask();
  });
}

/** Darkens what does not depend on the pixel; one canvas pixel a unit. */
export function paintUsers(canvas: HTMLCanvasElement, { height, width, axes }: TensorView, users: Dependents): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = `rgb(0 0 0 / ${1 - DIMMED})`;
  context.fillRect(0, 0, width, height);
  const { ranges, runs } = users;
  if (!ranges || axes === 0) return;
  for (const [row, first, last] of runs) context.clearRect(first, row, last - first + 1, 1);
  if (runs.length > 0) return;
  const columns = ranges.at(-1)!;
  const rows = ranges.length > 1 ? ranges[0]! : ([0, height - 1] as const);
  context.clearRect(columns[0], rows[0], columns[1] - columns[0] + 1, rows[1] - rows[0] + 1);
}

const span = ([first, last]: readonly [number, number]): string =>
  first === last ? String(first) : `${first}…${last}`;

/** `reaches 36 of 3 025 units of each channel: rows 41…46, columns 28…33`, as parts of which every second is strong. */
export function pixelWords(users: Dependents | null): readonly string[] {
  if (!users) return [t('reaches units that cannot be told here')];
  const { count, of, ranges } = users;
  // The place of what is strong stays open.
  if (!ranges || of === 1) {
    const [before, after] = t('is used by {0} of this layer').split('{0}') as [string, string];
    return [before, ranges ? t('every unit') : t('no unit'), after];
  }
  const names = ranges.length === 1 ? [t('units')] : [t('rows'), t('columns')];
  const where = ranges.map((range, axis) => `${names[axis] ?? ''} ${span(range)}`.trim()).join(', ');
  const words = t('is used by {0} of {1} units of each channel: {2}', '{0}', integer(of), where);
  const [before, after] = words.split('{0}') as [string, string];
  return [before, integer(count), after];
}
