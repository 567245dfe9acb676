import { type Diagnostic, declare, type Place } from '../diagnostics/diagnostic';
import { t } from '../l10n/l10n';
import type { OpContext } from './operator';

/** Problems that the rules of several operators report. `what` says what is wrong in words, with the numbers of this node. */

export const badAttribute = declare('op/attribute', 'error', (who: string, what: string) => `${who}: ${what}.`);
export const missingInput = declare('op/input', 'error', (who: string, what: string) =>
  t('{0}: {1} is missing.', who, what),
);
export const badWindow = declare('shape/window', 'error', (who: string, what: string) => `${who}: ${what}.`);
export const badChannels = declare('shape/channels', 'error', (who: string, what: string) => `${who}: ${what}.`);
export const badRank = declare('shape/rank', 'error', (who: string, what: string) => `${who}: ${what}.`);
export const mismatch = declare('shape/mismatch', 'error', (who: string, what: string) => `${who}: ${what}.`);

type Problem = (place: Place, who: string, what: string) => Diagnostic;

/** `Conv “conv1”`, or only the operator where the node has no name. */
const nodeTitle = (ctx: Pick<OpContext, 'node'>): string =>
  ctx.node.name ? `${ctx.node.op} “${ctx.node.name}”` : ctx.node.op;

/** A problem of this node, placed where the node stands. */
export const problemOf = (ctx: Pick<OpContext, 'node'>, problem: Problem, what: string): Diagnostic =>
  problem({ location: ctx.node.origin, node: ctx.node.id }, nodeTitle(ctx), what);

/** Reports the problem and gives `null`, for rules that end there. */
export function refuse(ctx: OpContext, problem: Problem, what: string): null {
  ctx.report(problemOf(ctx, problem, what));
  return null;
}
