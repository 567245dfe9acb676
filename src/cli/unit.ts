import { printable } from '../core/view/plainText';
import { grouped } from '../core/view/table';
import { type Inputs, parseAt, parseFileArguments } from './arguments';
import { Fields, noAnswer, type UnitAnswer } from './fields';
import { jsonText } from './json';
import { printProblems } from './problems';
import { parseQuery, type Query } from './query';
import { analyse, type Analysis, firstError, hasErrors, read, readAndAnalyse, type Reading } from './reading';
import type { Terminal } from './terminal';
import { DONE, FILE_HAS_ERRORS, UsageError, WRONG_USAGE } from './usage';

export const refusedUnit: (why: string) => object = noAnswer;

/** `unit`: which pixels of the image one unit sees. */
export async function unitCommand(args: readonly string[], terminal: Terminal): Promise<number> {
  const wanted = parseFileArguments(args, {
    value: { type: 'string' },
    at: { type: 'string' },
    queries: { type: 'string' },
  });
  const { value, at, queries } = wanted.values as Readonly<Record<string, string | undefined>>;
  if (queries !== undefined) {
    if (queries !== '-') throw new UsageError('--queries - reads from standard input; nothing else is read');
    if (value !== undefined || at !== undefined) throw new UsageError('--queries and --value exclude each other');
    const session = new Session(await read(wanted.file), wanted.inputs, wanted.fieldOf);
    return answerAll(session, terminal);
  }
  if (value === undefined) throw new UsageError('which tensor? --value NAME');
  const place = at === undefined ? [] : parseAt(at);
  const analysis = await readAndAnalyse(wanted);
  const answer = analysis.facts ? new Fields(analysis.facts).unit(value, place) : noAnswer(firstError(analysis));
  terminal.out(wanted.json ? `${jsonText(answer)}\n` : inWords(answer));
  if (!wanted.json) printProblems(terminal, analysis);
  return hasErrors(analysis) ? FILE_HAS_ERRORS : DONE;
}

const AXES: Readonly<Record<number, readonly string[]>> = {
  1: ['samples'],
  2: ['rows', 'columns'],
  3: ['planes', 'rows', 'columns'],
};

function inWords({ ranges, pixels, padding, why }: UnitAnswer): string {
  if (pixels === null) return `not known${why === undefined ? '' : `: ${printable(why)}`}\n`;
  if (!ranges) return 'sees nothing of the image\n';
  const names = AXES[ranges.length] ?? [];
  const lines = ranges.map(([first, last], k) => `${names[k] ?? `axis ${k}`} ${first} to ${last}`);
  const box = ranges.reduce((n, [first, last]) => n * (last - first + 1), 1);
  const share = pixels === box ? 'all of them' : `of ${grouped(box)}`;
  return `${lines.join(', ')}; ${grouped(pixels)} pixels used (${share}); ${padding === null ? 'countless' : grouped(padding)} places of padding\n`;
}

/** Sizes asked about in one sitting that are kept at hand. */
const MOST_SIZES = 8;

/** An analysis that can be asked. */
interface Asked {
  readonly analysis: Analysis;
  readonly fields: Fields | null;
}

/** One file, asked about at several input sizes: the analysis of each is made once. */
class Session {
  private readonly known = new Map<string, Asked>();

  constructor(
    private readonly reading: Reading,
    private readonly inputs: Inputs,
    private readonly fieldOf: string | undefined,
  ) {}

  /** Throws a UsageError for what is not in the model. */
  ask({ value, at, inputs }: Query): { readonly answer: UnitAnswer; readonly errors: boolean } {
    const { analysis, fields } = this.sized(inputs);
    const answer = fields ? fields.unit(value, at) : noAnswer(firstError(analysis));
    return { answer, errors: hasErrors(analysis) };
  }

  private sized(own: Inputs): Asked {
    const inputs = new Map([...this.inputs, ...own]);
    const key = JSON.stringify([...inputs].sort(([a], [b]) => (a < b ? -1 : 1)));
    const known = this.known.get(key);
    if (known) return known;
    const analysis = analyse(this.reading, inputs, this.fieldOf);
    const asked = { analysis, fields: analysis.facts && new Fields(analysis.facts) };
    if (this.known.size >= MOST_SIZES) this.known.delete([...this.known.keys()][0] ?? '');
    this.known.set(key, asked);
    return asked;
  }
}

/** One line of JSON for each line, in order; a question that is none is answered with what is wrong about it. */
async function answerAll(session: Session, terminal: Terminal): Promise<number> {
  let code = DONE;
  for await (const line of terminal.lines()) {
    if (line.trim() === '') continue;
    try {
      const { answer, errors } = session.ask(parseQuery(line));
      if (errors) code = Math.max(code, FILE_HAS_ERRORS);
      terminal.out(`${jsonText(answer)}\n`);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      code = WRONG_USAGE;
      terminal.out(`${jsonText(noAnswer(error.message))}\n`);
    }
  }
  return code;
}
