import { cardOf as cardIn, inspectorOf as inspectorIn } from '../../core/view/nestedViews';
import type { HoverCard, Inspector } from '../../core/view/types';
import type { Analysis } from './reading';

export const cardOf = ({ drawing }: Pick<Analysis, 'drawing'>, node: number): HoverCard | null => cardIn(drawing, node);
export const inspectorOf = ({ drawing }: Pick<Analysis, 'drawing'>, node: number): Inspector | null =>
  inspectorIn(drawing, node);
