/** Bars on the rows of the main path: receptive field, parameters, MACs. They move with the graph up and down, not sideways. */
import { t } from '../../../src/core/l10n/l10n';
import { compact, integer, percent } from '../../ui/numbers';
import type { StageModel } from '../scene/model';
import { bar, snap, text, type Brush } from './brush';

export interface MarginRow {
  /** Middle of the row in the drawing. */
  readonly y: number;
  readonly sees: number | 'all' | null;
  readonly parameters: number;
  readonly macs: number | null;
}

/** Left edges of the columns; the whole takes 600 px. */
const FIELD = 150;
const PARAMETERS = 314;
const MACS = 446;
const FIELD_WIDTH = 120;
const BAR_WIDTH = 72;
const HEAD = 44;
export const MARGIN_WIDTH = 570;

/** One row per box that stands on the main path, in the order of its rows. */
export function marginRows(model: StageModel): MarginRow[] {
  const { geometry } = model;
  const rows: MarginRow[] = [];
  for (let place = 0; place < geometry.items.length; place++) {
    if (geometry.open[place] || geometry.beside[place]) continue;
    const item = model.item(place);
    if (item.kind === 'port') continue;
    const box = model.box(place);
    const y = box.y + box.height / 2;
    if (item.kind === 'node')
      rows.push({ y, sees: item.node.sees, parameters: item.node.parameters, macs: item.node.macs });
    else rows.push({ y, sees: item.group.seesAfter, parameters: item.group.parameters, macs: item.group.macs });
  }
  rows.sort((a, b) => a.y - b.y);
  // Where layers share constants, the rows of twins add up to more than there are: they are the same ones.
  const own = model.scene.nodes.reduce((sum, node) => sum + node.parameters, 0);
  return joinRows(rows, own > model.scene.header.parameters);
}

const number = (sees: MarginRow['sees']): number => (sees === 'all' ? Infinity : (sees ?? 0));

/** Branches side by side share a row: the widest field, the sum of the costs; of constants that are shared, the most. */
function joinRows(rows: readonly MarginRow[], shared: boolean): MarginRow[] {
  const joined: MarginRow[] = [];
  for (const row of rows) {
    const last = joined.at(-1);
    if (!last || row.y - last.y > 14) {
      joined.push(row);
      continue;
    }
    joined[joined.length - 1] = {
      y: last.y,
      sees: number(row.sees) > number(last.sees) ? row.sees : last.sees,
      parameters: shared ? Math.max(last.parameters, row.parameters) : last.parameters + row.parameters,
      macs: last.macs === null || row.macs === null ? (last.macs ?? row.macs) : last.macs + row.macs,
    };
  }
  return joined;
}

export function paintMargin(brush: Brush, rows: readonly MarginRow[], model: StageModel, input: number | null): void {
  const { context, theme, view } = brush;
  const { header } = model.scene;
  const least = 13 / view.zoom;
  const shown = thin(rows, least);
  const finite = rows.flatMap((r) => (typeof r.sees === 'number' ? [r.sees] : []));
  const widest = Math.max(1, input ?? 0, ...finite);
  const most = Math.max(1, ...rows.map((r) => r.parameters));
  const mostMacs = Math.max(1, ...rows.map((r) => r.macs ?? 0));
  const top = HEAD + 4;
  const screenY = (row: MarginRow): number => row.y * view.zoom + view.top;
  const inSight = shown.filter((r) => screenY(r) > top + 4 && screenY(r) < view.height - 40);

  if (input !== null && inSight.length) {
    const x = snap(brush, FIELD + (input / widest) * FIELD_WIDTH) + 0.5;
    context.strokeStyle = theme.foreground;
    context.globalAlpha = 0.6;
    context.lineWidth = 1;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(x, Math.max(top, screenY(inSight[0]!) - 8));
    context.lineTo(x, screenY(inSight.at(-1)!) + 8);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
  for (const row of inSight) paintRow(brush, row, Math.round(screenY(row)), { widest, most, mostMacs }, header);
  paintHeads(brush, header, input);
}

/** Rows closer than their words are high share a place, which the costliest of them takes. */
function thin(rows: readonly MarginRow[], least: number): MarginRow[] {
  const kept: MarginRow[] = [];
  let from = -Infinity;
  for (const row of rows) {
    if (row.y - from >= least) {
      kept.push(row);
      from = row.y;
    } else if ((row.macs ?? 0) > (kept.at(-1)?.macs ?? 0)) kept[kept.length - 1] = { ...row, y: from };
  }
  return kept;
}

function paintRow(
  brush: Brush,
  row: MarginRow,
  y: number,
  scale: { widest: number; most: number; mostMacs: number },
  total: { parameters: number; macs: number | null },
): void {
  const { context, theme } = brush;
  const small = { size: 10.5, colour: theme.dim };
  const { sees } = row;
  const whole = sees === 'all';
  if (sees !== null) {
    bar(brush, FIELD, y, FIELD_WIDTH, 1, theme.track, 0);
    const width = whole ? FIELD_WIDTH : (sees / scale.widest) * FIELD_WIDTH;
    context.globalAlpha = whole ? 0.3 : 0.75;
    bar(brush, FIELD, y - 2, Math.max(1, width), 5, theme.foreground);
    context.globalAlpha = 1;
    text(brush, whole ? t('all') : integer(sees), FIELD - 8, y + 4, { ...small, align: 'right' });
  }
  const cost = (x: number, value: number, most: number, of: number | null): void => {
    if (!value) return;
    const width = Math.max(1, (value / most) * BAR_WIDTH);
    context.globalAlpha = 0.75;
    bar(brush, x, y - 4, width, 8, theme.foreground);
    context.globalAlpha = 1;
    text(brush, of ? percent(value / of) : compact(value), x + width + 6, y + 4, small);
  };
  cost(PARAMETERS, row.parameters, scale.most, total.parameters);
  cost(MACS, row.macs ?? 0, scale.mostMacs, total.macs);
}

function paintHeads(brush: Brush, total: { parameters: number; macs: number | null }, input: number | null): void {
  const { theme } = brush;
  const head = (x: number, title: string, words: string): void => {
    text(brush, title, x, 20, { size: 11, weight: 600 });
    text(brush, words, x, 34, { size: 10.5, colour: theme.dim });
  };
  head(
    FIELD,
    t('Receptive field'),
    input === null ? t('px of the input') : t('px of the input, {0} │', integer(input)),
  );
  head(PARAMETERS, t('Parameters'), compact(total.parameters));
  head(MACS, 'MACs', total.macs === null ? '?' : compact(total.macs));
}
