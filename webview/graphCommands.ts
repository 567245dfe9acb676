/** Commands of the palette that act on the graph. */
import type { UiCommand } from '../src/protocol/host';
import { openFigure } from './panels/headerFigure';
import type { PageContext } from './state/context';
import { pickSame, pickTrace } from './state/pick';

type Kind = UiCommand['kind'];

/** False where the command is none of the graph's. */
export function obeyGraph(context: PageContext, kind: Kind): boolean {
  const acts: Readonly<Partial<Record<Kind, () => void>>> = {
    fit: () => context.stage?.fit(),
    toggleDirection: () => context.store.dispatch({ do: 'direction' }),
    traceUpstream: () => pickTrace(context, 'upstream'),
    traceDownstream: () => pickTrace(context, 'downstream'),
    highlightType: () => pickSame(context),
    back: () => context.history?.back(),
    forward: () => context.history?.forward(),
    saveGraphSvg: () => openFigure(context, 'svg'),
    saveGraphPng: () => openFigure(context, 'png'),
  };
  const act = acts[kind];
  act?.();
  return act !== undefined;
}
