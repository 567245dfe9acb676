/** A slip of the fingers: a character or a line more, less, twice or elsewhere. */
export function mutate(source: string, random: () => number): string {
  const at = Math.floor(random() * (source.length + 1));
  const far = Math.min(source.length, at + Math.floor(random() * 12));
  const characters = ' \n\t:-[]{},#&*$"\'x×09aé|>%@`!?=()\u0000\u2028\ud83d';
  const one = characters[Math.floor(random() * characters.length)]!;
  switch (Math.floor(random() * 6)) {
    case 0:
      return source.slice(0, at) + one + source.slice(at);
    case 1:
      return source.slice(0, at) + source.slice(far);
    case 2:
      return source.slice(0, far) + source.slice(at);
    case 3:
      return source.slice(0, at) + one + source.slice(at + 1);
    case 4: {
      const lines = source.split('\n');
      const [line = ''] = lines.splice(Math.floor(random() * lines.length), 1);
      lines.splice(Math.floor(random() * (lines.length + 1)), 0, line);
      return lines.join('\n');
    }
    default:
      return source.slice(0, at) + source.slice(far, far + 30) + source.slice(at);
  }
}
