import type { Facts } from '../core/analysis';
import type { Node, ValueId } from '../core/ir/types';
import { fullName, layerRows } from '../core/view/layerTable';
import { buildScene, draw } from '../core/view/scene';
import { UsageError } from './usage';

/** Layers named in a message about a name that several have. */
const MOST_NAMED = 3;

/**
 * A tensor by its name, or what a layer makes: by the node's name, or as `analyze` calls it, with its modules (`layer1/conv2`)
 * or, where no other layer has it, without. Null where there is neither; throws a UsageError where several layers are meant.
 */
export function valueNamed(facts: Facts, name: string): ValueId | null {
  const { graph } = facts;
  const value = graph.valueByName.get(name);
  if (value !== undefined) return value;
  const node = graph.nodes.find((own) => own.name === name);
  if (node) return firstOf(node);
  const rows = layerRows(facts, buildScene(draw(facts), '')).filter((row) => row.kind === 'operator');
  const whole = rows.filter((row) => fullName(row) === name);
  const called = whole.length ? whole : rows.filter((row) => row.node.shortName === name);
  if (called.length > 1) {
    const names = called.map((row) => `“${whole.length ? row.node.name : fullName(row)}”`);
    const more = names.length > MOST_NAMED ? `, … (${names.length})` : '';
    throw new UsageError(`several layers are called “${name}”: ${names.slice(0, MOST_NAMED).join(', ')}${more}`);
  }
  const own = graph.nodes[called[0]?.node.id ?? -1];
  return own ? firstOf(own) : null;
}

const firstOf = ({ outputs }: Node): ValueId | null => outputs.find((output) => output !== null) ?? null;
