/** A net of about so many lines as a person might have generated it: convolutions in blocks with skips, named and unnamed, with comments. */
export function longDefinition(lines: number): string {
  const text = [
    '# long',
    'input: 64x64x3',
    'blocks:',
    '  unit(c):',
    '    - conv: $c 3x3 pad same bn relu',
    'layers:',
    '  - conv: 16 3x3 pad same',
    '    name: c0',
  ];
  for (let i = 1; text.length < lines; i++) {
    if (i % 9 === 0) text.push(`  - add: [c${i - 1}, c${i - 2}]`, `    name: c${i}`);
    else if (i % 50 === 1) text.push(`  # part ${i}`, '  - unit: 16', `    name: c${i}`);
    else text.push(`  - conv: 16 3x3 pad same ${i % 3 ? 'relu' : 'bn relu'}`, `    name: c${i}`);
  }
  return `${text.slice(0, lines).join('\n')}\n`;
}
