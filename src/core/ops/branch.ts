import { t } from '../l10n/l10n';
import { mergeTypes } from './mergeTypes';
import type { Dependence } from './dependence';
import type { Contents, OpContext, OpDef, Operand, TypedContext } from './operator';

const NAMES = ['then_branch', 'else_branch'] as const;

/** Both branches see the tensors around them; neither has inputs of its own. */
function branches(ctx: OpContext): readonly (readonly Operand[])[] {
  return NAMES.map((name) => {
    const graph = ctx.attrs.graph(name);
    return graph ? ctx.subgraph(graph, []) : [];
  });
}

/** 0 for the first branch, 1 for the second, null where the data decide. */
function taken(ctx: OpContext): number | null {
  const condition = ctx.inputs[0]?.contents?.values[0];
  return typeof condition === 'number' ? (condition ? 0 : 1) : null;
}

/** For operators with a body: what comes out may depend on all of what goes in, position by position or not. */
export function everything(ctx: TypedContext): readonly (readonly (Dependence | null)[])[] {
  return ctx.outputs.map((type) => {
    const all: Dependence = { axes: (type?.shape ?? []).map(() => []), global: true };
    return ctx.inputs.map((input) => (input && !input.constant ? all : null));
  });
}

export const branch: OpDef = {
  name: 'If',
  family: 'shape',
  title: 'If',
  summary: t('Runs one of two graphs, as a condition says.'),
  inputs: [{ name: 'cond' }],
  types(ctx) {
    const [first = [], second = []] = branches(ctx);
    const which = taken(ctx);
    return ctx.node.outputs.map((_, output) => {
      const [a, b] = [first[output]?.type ?? null, second[output]?.type ?? null];
      return which === null ? mergeTypes(a, b) : which ? b : a;
    });
  },
  evaluate(ctx): readonly (Contents | null)[] {
    const which = taken(ctx);
    const outputs = which === null ? [] : branches(ctx)[which];
    return ctx.outputs.map((_, output) => outputs?.[output]?.contents ?? null);
  },
  body(ctx) {
    const which = taken(ctx);
    return which === null ? null : (ctx.attrs.graph(NAMES[which]!) ?? null);
  },
  dependence: (ctx) => ctx.outputs.map(() => [null]),
};
