import { count, integer } from './numbers';
import type { SceneNode } from './types';

const spell = (text: string): string => text.replace(/×/g, ' by ').replace(/^\/(\d+)/, 'stride $1');

/** What a screen reader says of an operator (design/ui §6). */
export function describeNode(node: Omit<SceneNode, 'description'>, skipStarts: boolean): string {
  const sentences = [[node.title, node.name].filter(Boolean).join(', ')];
  if (node.label.length) sentences.push(node.label.map(spell).join(', '));
  const sizes = [node.sizeIn && `in ${spell(node.sizeIn)}`, node.sizeOut && `out ${spell(node.sizeOut)}`].filter(
    Boolean,
  );
  if (sizes.length) sentences.push(capital(sizes.join(', ')));
  if (node.sees === 'all') sentences.push('Sees the whole input');
  else if (node.sees !== null) sentences.push(`Sees ${integer(node.sees)} ${node.sees === 1 ? 'pixel' : 'pixels'}`);
  if (node.parameters)
    sentences.push(`${count(node.parameters)} ${node.parameters === 1 ? 'parameter' : 'parameters'}`);
  if (skipStarts) sentences.push('Skip starts here');
  if (!node.known) sentences.push('Operator not known to ConvLens');
  if (node.problem) sentences.push(`Has ${node.problem === 'error' ? 'an error' : 'a note'}`);
  return `${sentences.join('. ')}.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
