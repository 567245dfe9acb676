import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along, type Dependence } from './dependence';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, ParameterRole, Port } from './operator';
import { badRank, refuse } from './problems';
import { checkedShape, shapeText } from './shapeProblems';

/** LSTM, GRU and RNN share their sizes: sequence, directions, batch, hidden; `layout` 1 puts the batch first. */

const directionsOf = (ctx: OpContext): number => (ctx.attrs.string('direction', 'forward') === 'bidirectional' ? 2 : 1);

/** From the attribute, or the recurrence weights [directions, gates·hidden, hidden]. */
const hiddenOf = (ctx: OpContext): Dim => ctx.attrs.int('hidden_size') ?? shapeOf(ctx, 2)?.[2] ?? null;

function types(ctx: OpContext, states: number): ReturnType<OpDef['types']> {
  const x = shapeOf(ctx, 0);
  if (x && x.length !== 3) refuse(ctx, badRank, t('needs a sequence with 3 axes, not {0}', shapeText(x)));
  const dtype = dtypeOf(ctx, 0);
  const [directions, hidden] = [directionsOf(ctx), hiddenOf(ctx)];
  const batchFirst = ctx.attrs.int('layout', 0) === 1;
  const [first = null, second = null] = x ?? [];
  const [length, batch] = batchFirst ? [second, first] : [first, second];
  const sequence = batchFirst ? [batch, length, directions, hidden] : [length, directions, batch, hidden];
  const last = batchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
  const all = [sequence, ...Array.from({ length: states }, () => last)];
  return all.map((shape) => tensorType(dtype, checkedShape(ctx, shape)));
}

function recurrent(name: string, title: string, summary: string, states: number, extra: readonly Port[] = []): OpDef {
  const port = (portName: string, parameter: ParameterRole): Port => ({ name: portName, parameter });
  return {
    name,
    family: 'dense',
    title,
    summary,
    inputs: [
      { name: 'X' },
      port('W', 'weight'),
      port('R', 'weight'),
      port('B', 'bias'),
      { name: 'sequence_lens' },
      { name: 'initial_h' },
      ...extra,
    ],
    types: (ctx) => types(ctx, states).slice(0, Math.max(1, ctx.node.outputs.length)),
    // Every step has seen all steps before (or after) it; only the batch stays apart.
    dependence(ctx) {
      const batchIn = ctx.attrs.int('layout', 0) === 1 ? 0 : 1;
      return ctx.outputs.map((type, output) => {
        const batchOut = batchIn === 0 ? 0 : output === 0 ? 2 : 1;
        const axes = (type?.shape ?? []).map((_, i) => (i === batchOut ? along(batchIn) : []));
        const everything: Dependence = { axes, global: true };
        return ctx.inputs.map((_, input) => (input === 0 && type?.shape ? everything : null));
      });
    },
    label(ctx) {
      const hidden = hiddenOf(ctx);
      const both = directionsOf(ctx) === 2 ? ['both directions'] : [];
      return [...(typeof hidden === 'number' ? [String(hidden)] : []), ...both];
    },
  };
}

export const lstm = recurrent(
  'LSTM',
  'LSTM',
  t('Walks along a sequence with a memory that gates keep, change or forget.'),
  2,
  [{ name: 'initial_c' }, { name: 'P', parameter: 'weight' }],
);
export const gru = recurrent('GRU', 'GRU', t('Walks along a sequence with a memory that two gates renew.'), 1);
export const rnn = recurrent(
  'RNN',
  'RNN',
  t('Walks along a sequence; each step reads the result of the one before.'),
  1,
);
