/** The legend of a figure: what its colours stand for, below the picture. */
import { t } from '../../../src/core/l10n/l10n';
import { colourAt, scaleFor } from '../../ui/colourMaps';
import { rampColour } from '../../ui/ramp';
import type { AppState } from '../../state/app';
import { bar, text, type Brush } from '../paint/brush';
import { gauge } from '../paint/gauge';
import { wearsMaps } from '../paint/level';
import type { StageModel } from '../scene/model';
import { FAMILY_WORDS } from '../../ui/families';
import { scaleOf } from '../scales';

interface Entry {
  readonly words: string;
  readonly strong?: boolean;
  /** Width of the mark before the words. */
  readonly mark: number;
  readonly paint?: (x: number, y: number) => void;
}

const ROW = 20;
const GAP = 18;
const SIZE = 11;
const RAMP = 140;

/** Rows of entries as wide as there is room. */
export interface FigureLegend {
  readonly height: number;
  paint(top: number): void;
}

export function figureLegend(
  brush: Brush,
  state: AppState,
  model: StageModel,
  left: number,
  room: number,
): FigureLegend {
  const rows: Entry[][] = [[]];
  const widthOf = (e: Entry): number => e.mark + brush.texts.width(e.words, SIZE, e.strong ? 600 : 400) + GAP;
  let used = 0;
  for (const entry of [...entriesOf(brush, state, model), ...mapsEntry(brush, state)]) {
    const width = widthOf(entry);
    if (used + width > room && rows.at(-1)!.length) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)!.push(entry);
    used += width;
  }
  return {
    height: rows.length * ROW + 16,
    paint(top) {
      rows.forEach((row, r) => {
        let x = left;
        const y = top + 8 + r * ROW;
        for (const entry of row) {
          entry.paint?.(x, y);
          const style = {
            size: SIZE,
            colour: brush.theme.dim,
            ...(entry.strong ? { weight: 600, colour: brush.theme.foreground } : {}),
          };
          text(brush, entry.words, x + entry.mark, y + 14, style);
          x += widthOf(entry);
        }
      });
    },
  };
}

/** What the pictures in the boxes are, where there are any. */
function mapsEntry(brush: Brush, { thumbnails, run }: AppState): Entry[] {
  if (!thumbnails || run.serial === 0 || !wearsMaps(brush.level)) return [];
  // The colours that the pictures have: those of the page, on paper too.
  const ramp = (low: 0 | -1): ((x: number, y: number) => void) => {
    const colourOf = (share: number): string => colourAt(low + (1 - low) * share, scaleFor(low, 1));
    return (x, y) => {
      for (let i = 0; i < 20; i++) bar(brush, x + i * 3, y + 6, 3.2, 8, colourOf(i / 19), 0);
    };
  };
  return [
    { words: t('strongest maps of a layer'), mark: 0 },
    { words: t('from 0 to the largest'), mark: 68, paint: ramp(0) },
    { words: t('where values are below 0 too: 0 in the middle'), mark: 68, paint: ramp(-1) },
  ];
}

function entriesOf(brush: Brush, state: AppState, { scene }: StageModel): Entry[] {
  const { theme } = brush;
  const picked: Entry[] = state.lit ? [{ words: state.lit.words, strong: true, mark: 0 }] : [];
  const swatch = (colour: string, words: string): Entry => ({
    words,
    mark: 15,
    paint: (x, y) => bar(brush, x, y + 5, 10, 10, colour),
  });
  const facts = scaleOf(state.colourBy, scene, theme, state.run.times);
  if (facts?.kind === 'number') {
    const ramp = (x: number, y: number): void => {
      for (let i = 0; i < 35; i++) bar(brush, x + i * 4, y + 6, 4.2, 8, rampColour(i / 34, theme.kind), 0);
    };
    return [
      ...picked,
      { words: facts.title, mark: 0 },
      { words: '0', mark: 0 },
      { words: facts.ends, mark: RAMP + 8, paint: ramp },
    ];
  }
  if (facts?.kind === 'kinds')
    return [...picked, { words: facts.title, mark: 0 }, ...facts.kinds.map((k) => swatch(k.colour, k.words))];
  const there = new Set(scene.nodes.filter((n) => !n.plumbing).map((n) => n.family));
  const families = FAMILY_WORDS.filter(([f]) => there.has(f)).map(([f, words]) => swatch(theme.family[f], words));
  const seen: Entry = {
    words: t('seen by one unit, in the input'),
    mark: 19,
    paint: (x, y) => gauge(brush, x, y + 3, 14, 3, 7),
  };
  return [...picked, ...families, ...(scene.imageSize ? [seen] : [])];
}
