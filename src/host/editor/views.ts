import type { HoverCard, Inspector } from '../../core/view/types';
import type { Analysis } from './reading';

export const cardOf = (_analysis: Analysis, _node: number): HoverCard | null => null;
export const inspectorOf = (_analysis: Analysis, _node: number): Inspector | null => null;
