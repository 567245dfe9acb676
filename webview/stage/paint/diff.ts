/** What differs between two models, on the boxes: a ground, an outline and a sign; what merely follows has a dashed outline alone. */
import type { DiffMark, Scene } from '../../../src/core/view/types';
import type { Box, Item } from '../scene/model';
import { outlined, text, type Brush } from './brush';

/** `+ − ~`: never by colour alone. */
const SIGNS: Readonly<Record<DiffMark, string>> = { added: '+', removed: '−', changed: '~', follows: '' };

type Counts = Readonly<Record<DiffMark, number>>;
const counted = new WeakMap<Scene, readonly (Counts | null)[] | null>();

/** Differences inside each module; null as a whole where nothing is compared. */
function countsOf(scene: Scene): readonly (Counts | null)[] | null {
  const known = counted.get(scene);
  if (known !== undefined) return known;
  const any = scene.nodes.some(({ mark }) => mark !== undefined);
  const counts = any
    ? scene.groups.map(({ nodes }) => {
        const own = { added: 0, removed: 0, changed: 0, follows: 0 };
        for (const id of nodes) {
          const node = scene.nodes[id];
          if (node?.mark && !node.plumbing) own[node.mark]++;
        }
        return own.added + own.removed + own.changed + own.follows ? own : null;
      })
    : null;
  counted.set(scene, counts);
  return counts;
}

/** Over a box that is painted already: the grounds let its words through. */
export function paintDiff(brush: Brush, scene: Scene, item: Item, box: Box): void {
  const counts = countsOf(scene);
  if (!counts) return;
  if (item.kind === 'node' && item.node.mark) paintMark(brush, item.node.mark, box, item.node.join !== null);
  else if (item.kind === 'group' && !item.open) {
    const own = counts[item.index];
    if (own) paintCounts(brush, own, box);
  }
}

function paintMark(brush: Brush, mark: DiffMark, box: Box, round: boolean): void {
  const { theme, view, level } = brush;
  const u = Math.min(1, view.zoom);
  const far = level === 'far';
  const radius = round ? box.height / 2 : 3 * u;
  if (mark === 'follows') {
    if (!far) outlined(brush, box.x, box.y, box.width, box.height, { radius, stroke: theme.edge, dash: [1, 3] });
    return;
  }
  const { line: stroke, ground, strong } = theme.diff[mark];
  outlined(brush, box.x, box.y, box.width, box.height, {
    radius,
    fill: far ? strong : ground,
    stroke,
    line: far ? 1 : 1.5,
    ...(mark === 'removed' ? { dash: [5, 3] } : {}),
  });
  if (!far) paintSign(brush, SIGNS[mark], stroke, box.x, box.y + box.height / 2);
}

/** Before the box, on the way nobody else takes. */
function paintSign(brush: Brush, sign: string, colour: string, x: number, y: number): void {
  const { theme, view } = brush;
  const side = Math.max(13, Math.min(20, 16 * view.zoom));
  const left = x - side - 4;
  outlined(brush, left, y - side / 2, side, side, { radius: 3, fill: theme.background, stroke: colour, line: 1.5 });
  text(brush, sign, left + side / 2, y + side * 0.3, { size: side * 0.85, weight: 600, align: 'center' });
}

/** `+2 −1 ~3` before a closed module. */
function paintCounts(brush: Brush, counts: Counts, box: Box): void {
  const { theme, texts, level, view } = brush;
  const said = (['added', 'removed', 'changed'] as const).filter((mark) => counts[mark] > 0);
  const u = Math.min(1, view.zoom);
  const stroke = said.length ? theme.diff[said.length === 1 ? said[0]! : 'changed'].line : theme.edge;
  outlined(brush, box.x, box.y, box.width, box.height, {
    radius: 4 * u,
    stroke,
    line: said.length ? 1.5 : 1,
    ...(said.length ? {} : { dash: [1, 3] }),
  });
  if (!said.length || level === 'far') return;
  const size = 11;
  const words = said.map((mark) => `${SIGNS[mark]}${counts[mark]}`).join('  ');
  const width = texts.width(words, size, 600) + 14;
  const [x, y] = [box.x - width - 4, box.y + box.height / 2 - 9];
  outlined(brush, x, y, width, 18, { radius: 9, fill: theme.background, stroke });
  text(brush, words, x + 7, y + 13, { size, weight: 600 });
}
