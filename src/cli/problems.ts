import { printable } from '../core/view/plainText';
import type { Analysis } from './reading';
import type { Terminal } from './terminal';

/** What is wrong with the file, on standard error: one line each, worst first. */
export function printProblems(terminal: Terminal, { diagnostics, facts }: Analysis): void {
  const nodes = facts?.graph.nodes ?? [];
  for (const severity of ['error', 'warning', 'info'] as const) {
    for (const { code, message, node, location, severity: own } of diagnostics) {
      if (own !== severity) continue;
      const operator = node === null ? undefined : nodes[node];
      const text = location?.kind === 'text' ? location : null;
      const places = [
        text?.line === undefined ? '' : `line ${text.line}, column ${text.column}`,
        operator && !text ? `operator ${operator.id}: ${operator.op}${operator.name ? ` “${operator.name}”` : ''}` : '',
        location?.kind === 'bytes' ? `bytes ${location.span.start} to ${location.span.end}` : '',
      ].filter(Boolean);
      const place = places.length ? ` (${places.join(', ')})` : '';
      terminal.error(`${printable(`${severity}: ${message}${place} [${code}]`)}\n`);
    }
  }
}
