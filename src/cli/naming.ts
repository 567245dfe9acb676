import type { Facts } from '../core/analysis';
import type { Graph, Node, ValueId } from '../core/ir/types';
import { fullName, layerRows } from '../core/view/layerTable';
import { buildScene, draw } from '../core/view/scene';
import { UsageError } from './usage';

/** Layers named in a message about a name that several have. */
const MOST_NAMED = 3;

/**
 * A tensor by its name, or what a layer makes: by the node's name, or as `analyze` calls it, with its modules (`layer1/conv2`)
 * or, where no other layer has it, without; of a block, a head or a module, what leaves it. Null where there is neither; throws a UsageError where several layers are meant.
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
  return own ? firstOf(own) : leaving(graph, name);
}

/** What a module gives to the rest of the net; null where there is no such module, a UsageError where it gives several tensors. */
function leaving(graph: Graph, name: string): ValueId | null {
  const inside = new Set(graph.nodes.filter((node) => isIn(node.name, name)).map(({ id }) => id));
  const outputs = new Set(graph.outputs);
  const given = [...inside]
    .flatMap((id) => graph.nodes[id]!.outputs)
    .filter(
      (value): value is ValueId =>
        value !== null && (outputs.has(value) || graph.consumers[value]!.some((user) => !inside.has(user))),
    );
  if (given.length > 1) {
    const names = given.slice(0, MOST_NAMED).map((value) => `“${graph.values[value]!.name}”`);
    throw new UsageError(
      `“${name}” gives several tensors: ${names.join(', ')}${given.length > MOST_NAMED ? ', …' : ''}`,
    );
  }
  return given[0] ?? null;
}

const isIn = (node: string, module: string): boolean =>
  module !== '' && (node.startsWith(`${module}/`) || node.startsWith(`/${module}/`));

const firstOf = ({ outputs }: Node): ValueId | null => outputs.find((output) => output !== null) ?? null;
