import { hoverCard } from '../../core/view/card';
import { inspector } from '../../core/view/inspector';
import type { HoverCard, Inspector } from '../../core/view/types';
import type { Analysis } from './reading';

export const cardOf = ({ drawing }: Pick<Analysis, 'drawing'>, node: number): HoverCard | null =>
  hoverCard(drawing, node);
export const inspectorOf = ({ drawing }: Pick<Analysis, 'drawing'>, node: number): Inspector | null =>
  inspector(drawing, node);
