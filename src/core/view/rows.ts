import type { FactRow, TextPart } from './types';

export const plain = (text: string): TextPart => ({ text });
export const strong = (text: string): TextPart => ({ text, tone: 'strong' });
export const quiet = (text: string): TextPart => ({ text, tone: 'quiet' });

const textOf = (parts: readonly TextPart[]): string => parts.map(({ text }) => text).join('');

export function factRow(key: string, label: string, value: string | readonly TextPart[], exact?: string): FactRow {
  const parts = typeof value === 'string' ? [plain(value)] : value;
  return { key, label, value: textOf(parts), parts, ...(exact === undefined ? {} : { exact }) };
}
