/** Patch × kernel = products, one row per input channel, with the sums beside: the middle of every weighted sum over a window. */
import type { ChannelProducts, Products } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { UnitAnswer } from '../state/lens';
import { el, type Child } from '../ui/dom';
import { integer } from '../ui/numbers';
import { cellSize, cellTable, columnsOf, largestOf, type CellLook } from './microscopeCells';
import {
  cellScale,
  cellText,
  indexText,
  lineText,
  placesText,
  powerText,
  ruleText,
  signedText,
  tapLetters,
} from './microscopeText';

/** All channels up to here, else the largest sums and one line for the others. */
const ALL_UP_TO = 4;
const SHOWN = 3;
/** Kernels of one pixel leave room for more rows. */
const SHOWN_SMALL = 6;

/** Name of an input channel: a colour where the input is the picture. */
export type ChannelName = (channel: number) => string;

export interface ProductsView {
  readonly elements: readonly Child[];
  /** Width of one table, px. */
  readonly tableWidth: number;
  /** Rows are lower than their labels are long. */
  readonly flat: boolean;
  /** Marks one cell in patch, kernel and products; null for none. */
  link(at: CellPlace | null): void;
}

export interface CellPlace {
  /** Row of the view. */
  readonly row: number;
  readonly cell: number;
}

export interface ProductsOptions {
  readonly answer: UnitAnswer;
  readonly middle: Products;
  /** Pixels for the whole middle. */
  readonly room: number;
  readonly narrow: boolean;
  /** Indices into `middle.channels`, in the order shown. */
  readonly shown: readonly number[];
  readonly name: ChannelName;
  readonly decimals: number;
  /** Told which cell is pointed at or walked to, in words too. */
  readonly onCell: (at: CellPlace | null, words: string) => void;
}

/** Which channels are written out: all of a few, else those of the largest sums. */
export function shownChannels({ channels, window }: Products): readonly number[] {
  const all = channels.map((_, i) => i);
  if (channels.length <= ALL_UP_TO) return all;
  const most = window.outside.length <= 1 ? SHOWN_SMALL : SHOWN;
  return all.sort((a, b) => Math.abs(channels[b]!.sum) - Math.abs(channels[a]!.sum) || a - b).slice(0, most);
}

/** `[0, 2, 41, 73]` of one cell. */
function placeOfCell(
  middle: Products,
  lead: readonly number[],
  axes: readonly (readonly number[])[],
  cell: number,
): readonly number[] {
  const place: number[] = [];
  let rest = cell;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    const count = middle.window.extent[axis]!;
    place.unshift(axes[axis]![rest % count]!);
    rest = Math.floor(rest / count);
  }
  return [...lead, ...place];
}

/** `X[0, c, 40 + u, 72 + v]`; the channel by its letter where there are several. */
function headingIndex(name: string, lead: readonly (number | string)[], axes: readonly (readonly number[])[]): string {
  const letters = tapLetters(axes.length);
  const rules = axes.map((places, axis) => ruleText(places, letters[axis]!));
  return rules.every((rule) => rule !== null) ? `${name}[${[...lead, ...rules].join(', ')}]` : '';
}

export function productsView(options: ProductsOptions): ProductsView {
  const { answer, middle, room, narrow, shown, name, decimals, onCell } = options;
  const { channels, window, taps, weights } = middle;
  const columns = columnsOf(window.extent);
  const gap = narrow ? 36 : Math.max(44, Math.min(92, Math.floor(room / 12)));
  // A label on the left, two signs between, bracket and sum on the right.
  const size = cellSize((room - 24 - 2 * gap - (narrow ? 104 : 176)) / 3, window.extent);
  const picked = shown.map((i) => channels[i]!);
  const look = (of: (channel: ChannelProducts) => ArrayLike<number>): CellLook => {
    const values = picked.flatMap((channel) => Array.from(of(channel)));
    return { largest: largestOf(values), scale: cellScale(values, size.width), ...size };
  };
  const looks = { patch: look((c) => c.patch), kernel: look((c) => c.kernel), products: look((c) => c.products) };
  const cells = window.outside.length;
  const flat = (cells / columns) * size.height < 48;
  const sumDecimals = Math.min(4, Math.max(decimals, looks.products.scale.decimals - looks.products.scale.power));

  const rows: HTMLElement[][] = [];
  const elements: Child[] = [...headings()];
  picked.forEach((channel, row) => elements.push(...rowOf(channel, row)));
  const others = channels.length - picked.length;
  if (others > 0) {
    const sum = channels.reduce((total, { sum: one }) => total + one, 0);
    const rest = sum - picked.reduce((total, { sum: one }) => total + one, 0);
    elements.push(
      el('div', {
        class: 'mic-others',
        text: others === 1 ? t('1 more channel') : t('{0} more channels', integer(others)),
      }),
      el('div', { class: 'mic-number', text: signedText({ sign: '+', value: rest }, sumDecimals) }),
    );
  }

  function headings(): HTMLElement[] {
    const { place } = answer.explanation;
    const [first] = channels;
    const several = channels.length > 1;
    const channelOf = (lead: readonly number[], axis: number): readonly (number | string)[] =>
      lead.map((position, i) => (several && i === axis ? 'c' : position));
    const moving = first ? first.input.findIndex((position, i) => position !== channels.at(-1)!.input[i]) : -1;
    const weighing = first ? first.weight.findIndex((position, i) => position !== channels.at(-1)!.weight[i]) : -1;
    const units = answer.output.shape.slice(2).reduce((product, extent) => product * extent, 1);
    const places = placesText(window);
    const patch = headingIndex('X', channelOf(first?.input ?? [], moving), window.positions);
    const kernel = weights === 'kernel' ? headingIndex('W', channelOf(first?.weight ?? [], weighing), taps) : '';
    const shared =
      weights === 'kernel' ? (narrow ? t('one for all units') : t('one for {0} units', integer(units))) : '';
    const own = several ? t('{0} channels', integer(channels.length)) : t('1 channel');
    const count = `${own} × ${integer(cells)} = ${integer(cells * channels.length)}`;
    const heading = (title: string, column: number, parts: readonly string[]): HTMLElement =>
      el(
        'div',
        { class: 'mic-heading', style: { 'grid-column': String(column) } },
        el('h3', { text: title }),
        el('p', { text: parts.filter((part) => part !== '').join(', ') }),
      );
    const kernelTitle = place.length > 2 && units > 1 ? t('Kernel, shared') : t('Kernel');
    const title = weights === 'interpolation' ? t('Weights') : kernelTitle;
    return [
      heading(t('Input patch'), 2, [
        narrow ? '' : patch,
        patch && !narrow ? places.split(', ')[0]! : places,
        powerText(looks.patch.scale),
      ]),
      heading(title, 4, [narrow ? '' : kernel, shared, powerText(looks.kernel.scale)]),
      heading(t('Products'), 6, [narrow ? integer(cells * channels.length) : count, powerText(looks.products.scale)]),
    ];
  }

  function rowOf(channel: ChannelProducts, row: number): HTMLElement[] {
    const input = channel.input.at(-1) ?? 0;
    const label = weights === 'interpolation' ? '' : name(input);
    const table = (title: string, values: ArrayLike<number>, its: CellLook, outside: boolean): HTMLElement =>
      cellTable(
        {
          label: `${title}${label ? `, ${label}` : ''}`,
          extent: window.extent,
          values,
          ...(outside && { outside: window.outside, neutral: middle.neutral }),
        },
        its,
      );
    const tables = [
      table(t('Input patch'), channel.patch, looks.patch, true),
      table(t('Kernel'), channel.kernel, looks.kernel, false),
      table(t('Products'), channel.products, looks.products, false),
    ];
    rows.push(tables);
    const sum =
      row === 0 ? lineText(channel.sum, sumDecimals) : signedText({ sign: '+', value: channel.sum }, sumDecimals);
    const rowElement = el(
      'div',
      {
        class: 'mic-row',
        role: 'group',
        attrs: {
          tabindex: 0,
          'data-row': row,
          'aria-label': t('{0}: sum {1}. Arrow keys walk the products.', label || t('Products'), sum),
        },
      },
      el('div', { class: 'mic-channel' }, el('span', { text: label })),
      tables[0],
      el('div', { class: 'mic-sign', text: '×' }),
      tables[1],
      el('div', { class: 'mic-sign', text: '=' }),
      tables[2],
      el('div', { class: 'mic-bracket' }),
      el('div', { class: 'mic-number', text: sum }),
      el('div', { class: 'mic-name', text: narrow || !label ? '' : `Σ ${label}` }),
    );
    attend(rowElement, channel, row);
    return [rowElement];
  }

  /** Pointer and keys of one row: whatever cell they are at is told and marked in all three tables. */
  function attend(element: HTMLElement, channel: ChannelProducts, row: number): void {
    const say = (cell: number): void => {
      const x = indexText('X', placeOfCell(middle, channel.input, window.positions, cell));
      const w = weights === 'kernel' ? indexText('W', placeOfCell(middle, channel.weight, taps, cell)) : t('weight');
      const scales = [looks.patch, looks.kernel, looks.products].map(({ scale }) => ({
        ...scale,
        power: 0,
        decimals: scale.decimals + 1 - Math.min(0, scale.power),
      }));
      const read = (value: number, which: number): string => cellText(value, scales[which]!);
      const outside = window.outside[cell] ? ` (${t('outside the border')})` : '';
      const words = `${x}${outside} × ${w} = ${read(channel.patch[cell]!, 0)} × ${read(channel.kernel[cell]!, 1)} = ${read(channel.products[cell]!, 2)}`;
      onCell({ row, cell }, words);
    };
    element.addEventListener('pointerover', (event) => {
      const cell = (event.target as Element).closest<HTMLElement>('[data-cell]')?.dataset.cell;
      if (cell === undefined) onCell(null, '');
      else say(Number(cell));
    });
    element.addEventListener('pointerleave', () => onCell(null, ''));
    let at = -1;
    element.addEventListener('keydown', (event) => {
      const steps: Readonly<Record<string, number>> = {
        ArrowRight: 1,
        ArrowLeft: -1,
        ArrowDown: columns,
        ArrowUp: -columns,
      };
      const step = steps[event.key];
      if (step === undefined || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
      const next = at < 0 ? 0 : at + step;
      if (next >= 0 && next < cells) {
        at = next;
        say(at);
      }
      event.preventDefault();
      event.stopPropagation();
    });
    element.addEventListener('blur', () => {
      at = -1;
      onCell(null, '');
    });
  }

  return {
    elements,
    tableWidth: size.width * columns,
    flat,
    link(at) {
      rows.forEach((tables, row) =>
        tables.forEach((table) =>
          table.querySelectorAll<HTMLElement>('[data-cell]').forEach((cell) => {
            cell.classList.toggle('linked', at?.row === row && Number(cell.dataset.cell) === at.cell);
          }),
        ),
      );
    },
  };
}
