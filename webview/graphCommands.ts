/** Commands of the palette that act on the graph. */
import type { GraphCommand, UiCommand } from '../src/protocol/host';
import { openFigure } from './panels/headerFigure';
import type { PageContext } from './state/context';
import { pickSame, pickTrace } from './state/pick';

/** False where the command is none of the graph's. */
export function obeyGraph(context: PageContext, command: UiCommand): command is GraphCommand {
  const acts: Readonly<Record<GraphCommand['kind'], () => void>> = {
    fit: () => context.stage?.fit(),
    toggleDirection: () => context.store.dispatch({ do: 'direction' }),
    toggleThumbnails: () => context.store.dispatch({ do: 'toggle', what: 'thumbnails' }),
    traceUpstream: () => pickTrace(context, 'upstream'),
    traceDownstream: () => pickTrace(context, 'downstream'),
    highlightType: () => pickSame(context),
    back: () => context.history?.back(),
    forward: () => context.history?.forward(),
    saveGraphSvg: () => openFigure(context, 'svg'),
    saveGraphPng: () => openFigure(context, 'png'),
  };
  const isOurs = Object.hasOwn(acts, command.kind);
  if (isOurs) acts[command.kind as GraphCommand['kind']]();
  return isOurs;
}
