import { hoverCard } from '../../core/view/card';
import { inspector } from '../../core/view/inspector';
import type { HoverCard, Inspector } from '../../core/view/types';
import type { Analysis } from './reading';

export const cardOf = ({ drawing }: Analysis, node: number): HoverCard | null => hoverCard(drawing, node);
export const inspectorOf = ({ drawing }: Analysis, node: number): Inspector | null => inspector(drawing, node);
