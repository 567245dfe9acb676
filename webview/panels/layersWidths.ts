/** Widths of the layer table's columns, as CSS writes them. */
import type { Scene, SceneNode } from '../../src/core/view/types';
import type { Column, Room } from './layersColumns';

/** Below these widths some columns are left out, px. */
const WIDE = 900;
const TINY = 480;
export const roomOf = ({ clientWidth }: Element): Room =>
  clientWidth >= WIDE ? 'wide' : clientWidth >= TINY ? 'narrow' : 'tiny';

const DIGIT = 0.67;

/** Sizes get what the longest needs, the rest is shared. */
export function columnWidths(scene: Scene, columns: readonly Column[], room: Room): string {
  const longest = (text: (node: SceneNode) => string): string => {
    const characters = scene.nodes.reduce(
      (most, node) => (node.plumbing ? most : Math.max(most, text(node).length)),
      5,
    );
    return `calc(${Math.min(18, characters)} * ${DIGIT}em + 20px)`;
  };
  const shared = { wide: 'minmax(0, 1fr)', narrow: 'minmax(96px, 1fr)', tiny: '84px' }[room];
  const widthOf = ({ id, text }: Column): string => {
    if (id === 'index') return `calc(${String(scene.nodes.length).length} * ${DIGIT}em + 26px)`;
    if (id === 'layer') return { wide: 'minmax(0, 1.7fr)', narrow: 'minmax(0, 1.6fr)', tiny: 'minmax(0, 1fr)' }[room];
    if (id === 'label') return 'minmax(0, 1.1fr)';
    if (id === 'in' || id === 'out') return longest(text);
    if (id === 'difference') return room === 'wide' ? 'calc(8em + 28px)' : '38px';
    if (id === 'macs' && room === 'tiny') return '72px';
    return shared;
  };
  return columns.map(widthOf).join(' ');
}
