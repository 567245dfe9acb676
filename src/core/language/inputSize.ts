import type { TextEdit } from '../diagnostics/fix';
import type { Snapshot } from './snapshot';

/** The edit that gives the input other extents, batch × channels × rows × columns, in the way its size is written now. */
export function resizeInput({ definition }: Snapshot, shape: readonly number[]): TextEdit | null {
  const [batch, channels, rows, columns] = shape;
  if (shape.length !== 4) return null;
  const value = definition.program.settings.get('input')?.value;
  const size = value?.kind === 'map' ? value.entries.find(({ key }) => key.text === 'size')?.value : value;
  if (size?.kind !== 'text') return null;
  const asInTheLecture = batch === 1 && size.text.split(/[x×*]/i).length !== 4;
  const text = asInTheLecture ? [columns, rows, channels].join('x') : shape.join('x');
  return { span: size.span, text };
}
