import type { Scene } from '../../core/view/types';

/** Narrow no-break spaces of the eye are an ordinary matter of taste in text that goes elsewhere. */
const whole = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** Text of a model within a table's cell. */
const cell = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|~#&!]/g, '\\$&')
    .trim();

const columns = ['Layer', 'Operator', 'Output', 'Sees', 'Parameters', 'MACs'] as const;

/** What a person pastes into an issue or a README: totals, then a row for each operator that is drawn. */
export function markdownSummary(scene: Scene): string {
  const { header } = scene;
  const facts = [
    ['Format', [header.format, header.opset, header.producer].filter(Boolean).join(' · ')],
    ['Input', header.input],
    ['Operators', whole(header.operators)],
    ['Parameters', whole(header.parameters)],
    ['MACs', header.macs === null ? 'unknown' : whole(header.macs)],
  ].filter(([, value]) => value !== '');
  const lines = [`# ${cell(scene.title)}`, ''];
  for (const [label, value] of facts) lines.push(`- ${label}: ${cell(value ?? '')}`);
  lines.push('', `| ${columns.join(' | ')} |`, '| --- | --- | --- | ---: | ---: | ---: |');
  for (const node of scene.nodes) {
    if (node.plumbing) continue;
    const sees = node.sees === null ? '' : node.sees === 'all' ? 'all' : `${node.sees} px`;
    const operator = `${node.title} ${node.label.join(' · ')}`;
    const macs = node.macs === null ? '?' : whole(node.macs);
    const cells = [node.shortName || node.name, operator, node.sizeOut, sees, whole(node.parameters), macs];
    lines.push(`| ${cells.map(cell).join(' | ')} |`);
  }
  const problems = scene.problems.filter(({ severity }) => severity !== 'info');
  if (problems.length) lines.push('', '## Problems', '');
  for (const { severity, message } of problems) lines.push(`- ${severity}: ${cell(message)}`);
  return `${lines.join('\n')}\n`;
}
