import { printable } from '../core/view/plainText';
import { grouped } from '../core/view/table';
import { parseFileArguments } from './arguments';
import { Fields } from './fields';
import { jsonText } from './json';
import { printProblems } from './problems';
import { firstError, hasErrors, readAndAnalyse } from './reading';
import type { Terminal } from './terminal';
import { DONE, FILE_HAS_ERRORS, UsageError } from './usage';

const UNKNOWN = { shape: null, unseen: null, min: null, max: null, counts: null };

export const refusedCoverage = (why: string): object => ({ ...UNKNOWN, why });

/** `coverage`: how many units of a layer use each pixel of the image. */
export async function coverageCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const wanted = parseFileArguments(args, { value: { type: 'string' } });
  const { value } = wanted.values;
  if (typeof value !== 'string') throw new UsageError('which tensor? --value NAME');
  const analysis = await readAndAnalyse(wanted);
  const found = analysis.facts ? new Fields(analysis.facts).coverage(value) : { why: firstError(analysis) };
  if (wanted.json) terminal.out(`${jsonText('why' in found ? refusedCoverage(found.why) : found)}\n`);
  else {
    if ('why' in found) terminal.out(`not known: ${printable(found.why)}\n`);
    else terminal.out(inWords(found.shape, found.unseen, found.min, found.max));
    printProblems(terminal, analysis);
  }
  return hasErrors(analysis) ? FILE_HAS_ERRORS : DONE;
}

function inWords(shape: readonly number[], unseen: number, min: number, max: number): string {
  const pixels = shape.reduce((product, extent) => product * extent, 1);
  const never = unseen ? `${grouped(unseen)} of ${grouped(pixels)} pixels are never seen` : 'every pixel is seen';
  const often = min === max ? `${grouped(max)} times` : `between ${grouped(min)} and ${grouped(max)} times`;
  return `image ${shape.join('×')}: ${never}; each pixel is used ${often}\n`;
}
