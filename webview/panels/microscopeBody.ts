/** The middle and the arithmetic below it, for whatever the operator does. */
import type { Explanation } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { KeptBy, UnitAnswer } from '../state/lens';
import { el, fill, type Child } from '../ui/dom';
import { select, type Select } from '../ui/select';
import { keptView } from './microscopeKept';
import { copiedView, gatheredView, sharesView, termsView } from './microscopeMiddle';
import { productsView, shownChannels, type ChannelName, type ProductsView } from './microscopeProducts';
import { signedText } from './microscopeText';
import { arithmeticOf, runtimeLine, type Arithmetic } from './microscopeSum';

/** What lies beside the tables within the middle, px. */
const PADDING = 40;
/** Beyond this many a list to choose from helps nobody. */
const MOST_CHOICES = 4096;
const LARGEST = 'largest';

export interface BodyRoom {
  readonly width: number;
  readonly narrow: boolean;
  readonly name: ChannelName;
}

export interface Body {
  readonly element: HTMLElement;
  show(answer: UnitAnswer, room: BodyRoom): Arithmetic;
  /** Another layer: the channels are chosen anew. */
  forget(): void;
  /** Input channel of the first row. */
  readonly firstChannel: number | null;
  /** The last line as it is written. */
  readonly result: string;
}

interface BodyActions {
  /** Place in the input of the cell that is looked at; null for none. */
  readonly onCell: (place: readonly number[] | null) => void;
  readonly onPin: () => void;
  /** The pooling that kept an index is to be looked at. */
  readonly onKeeper: (keeper: KeptBy) => void;
}

export function createBody({ onCell, onPin, onKeeper }: BodyActions): Body {
  const chooser = el('div', { class: 'mic-chooser' });
  const grid = el('div', { class: 'mic-grid' });
  const readout = el('p', { class: 'mic-readout', attrs: { 'aria-live': 'polite' } });
  const element = el('div', { class: 'mic-body' }, chooser, grid);
  /** Channels shown in this layer and channel; they stay while the unit moves, for the kernel stays where it is. */
  let shown: { readonly key: string; readonly channels: readonly number[] } | null = null;
  let pinned: number | null = null;
  let list: { readonly key: string; readonly select: Select<string> } | null = null;
  let view: ProductsView | null = null;
  let firstChannel: number | null = null;
  let result = '';

  function channelsOf(key: string, middle: Extract<Explanation['middle'], { kind: 'products' }>): readonly number[] {
    if (shown?.key !== key) shown = { key, channels: shownChannels(middle) };
    const others = shown.channels.filter((i) => i !== pinned);
    return pinned !== null && pinned < middle.channels.length
      ? [pinned, ...others].slice(0, Math.max(1, shown.channels.length))
      : shown.channels;
  }

  /** Which input channel stands in the first row. */
  function showChooser(key: string, middle: Explanation['middle'], name: ChannelName): void {
    const many = middle.kind === 'products' && middle.channels.length > shownChannels(middle).length;
    chooser.hidden = !many || middle.channels.length > MOST_CHOICES;
    if (!many) return;
    if (list?.key !== key) {
      const options = middle.channels.map(({ input }, i) => ({ value: String(i), label: name(input.at(-1) ?? i) }));
      const made = select(
        t('Input channel in the first row'),
        [{ value: LARGEST, label: t('largest sums') }, ...options],
        (value) => {
          pinned = value === LARGEST ? null : Number(value);
          if (value === LARGEST) shown = null;
          onPin();
        },
      );
      list = { key, select: made };
      fill(chooser, el('span', { class: 'wb-small dim', text: t('Input channels') }), made.element);
    }
    list.select.show(pinned === null ? LARGEST : String(pinned));
  }

  function middleOf(answer: UnitAnswer, room: BodyRoom, arithmetic: Arithmetic): Child[] {
    const { middle } = answer.explanation;
    const place = { room: room.width - PADDING, decimals: arithmetic.decimals };
    view = null;
    firstChannel = null;
    switch (middle.kind) {
      case 'products': {
        if (middle.window.outside.length === 0) return [];
        const channels = channelsOf(`${answer.output.value}/${answer.explanation.place[1] ?? 0}`, middle);
        const made = productsView({
          answer,
          middle,
          room: place.room,
          narrow: room.narrow,
          shown: channels,
          name: room.name,
          decimals: arithmetic.decimals,
          onCell: (at, words) => {
            made.link(at);
            readout.textContent = words;
            onCell(at && cellPlace(middle.window, at.cell));
          },
        });
        view = made;
        firstChannel = middle.channels[channels[0] ?? 0]?.input.at(-1) ?? null;
        grid.style.setProperty('--table', `${made.tableWidth}px`);
        grid.classList.toggle('flat', made.flat);
        return [...made.elements];
      }
      case 'gathered':
        return gatheredView(middle, place);
      case 'terms':
        return termsView(middle, place);
      case 'shares':
        return sharesView(middle);
      case 'copied':
        return copiedView(middle);
      case 'kept':
        return keptView(middle, answer.keptBy, place, onKeeper);
      case 'operands':
        return [];
    }
  }

  return {
    element,
    show(answer, room) {
      const arithmetic = arithmeticOf(answer);
      const { decimals, lines } = arithmetic;
      showChooser(String(answer.output.value), answer.explanation.middle, room.name);
      const middle = middleOf(answer, room, arithmetic);
      readout.textContent = '';
      onCell(null);
      grid.classList.toggle('products', view !== null);
      const steps = lines.flatMap((line) => {
        const text = signedText(line, decimals);
        const kind = `mic-number step${line.result ? ' result' : ''}${line.final ? ' final' : ''}`;
        return [
          el('div', { class: 'mic-step', text: line.label }),
          line.final
            ? el('output', {
                class: kind,
                text,
                attrs: { 'data-testid': 'microscope-result', 'data-value': line.value },
              })
            : el('div', { class: kind, text }),
        ];
      });
      result = lines.length > 0 ? signedText(lines.at(-1)!, decimals) : '';
      const said = el(
        'div',
        { class: 'mic-said', style: { 'grid-row': `span ${Math.max(2, lines.length)}` } },
        runtimeLine(answer, arithmetic),
        ...answer.explanation.notes.map((text) => el('p', { class: 'mic-words', text })),
        readout,
      );
      fill(grid, ...middle, said, ...steps);
      return arithmetic;
    },
    forget() {
      pinned = null;
      shown = null;
    },
    get firstChannel() {
      return firstChannel;
    },
    get result() {
      return result;
    },
  };
}

/** Where in the input a cell of the window lies. */
function cellPlace(
  { extent, positions }: { readonly extent: readonly number[]; readonly positions: readonly (readonly number[])[] },
  cell: number,
): readonly number[] {
  const place: number[] = [];
  let rest = cell;
  for (let axis = extent.length - 1; axis >= 0; axis--) {
    place.unshift(positions[axis]![rest % extent[axis]!]!);
    rest = Math.floor(rest / extent[axis]!);
  }
  return place;
}
