import { version } from '../../package.json';
import { printable } from '../core/view/plainText';
import { analyzeCommand, refusedAnalysis } from './analyze';
import { coverageCommand, refusedCoverage } from './coverage';
import { convertCommand, refusedConvert } from './convert';
import { cutCommand, refusedCut } from './cut';
import { diffCommand, refusedDiff } from './diff';
import { jsonText } from './json';
import { refusedRun, runCommand } from './run';
import type { Terminal } from './terminal';
import { refusedUnit, unitCommand } from './unit';
import { DONE, FILE_HAS_ERRORS, HELP, UsageError, WRONG_USAGE } from './usage';

interface Command {
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
  /** The document that says why there is no other: a script that asked for JSON gets JSON. */
  readonly refusal: (message: string) => object;
  /** Exit code when the program itself fails; else as for a file with errors. */
  readonly failed?: number;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['analyze', { run: analyzeCommand, refusal: refusedAnalysis }],
  ['unit', { run: unitCommand, refusal: refusedUnit }],
  ['run', { run: runCommand, refusal: refusedRun }],
  ['diff', { run: diffCommand, refusal: refusedDiff, failed: WRONG_USAGE }],
  ['coverage', { run: coverageCommand, refusal: refusedCoverage }],
  ['convert', { run: convertCommand, refusal: refusedConvert }],
  ['cut', { run: cutCommand, refusal: refusedCut }],
]);

/** Runs one command; gives the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args;
  const asks = (...options: readonly string[]): boolean => {
    const end = args.indexOf('--');
    return (end < 0 ? args : args.slice(0, end)).some((arg) => options.includes(arg));
  };
  if (asks('--help', '-h') || name === 'help') {
    terminal.out(HELP);
    return DONE;
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`${version}\n`);
    return DONE;
  }
  const command = COMMANDS.get(name ?? '');
  if (!command) {
    const what = name === undefined ? 'which command?' : `there is no command “${printable(name)}”`;
    terminal.error(`convlens: ${what}\n\n${HELP}`);
    return WRONG_USAGE;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    const { message, code } = refused(error, command.failed ?? FILE_HAS_ERRORS);
    if (asks('--json')) terminal.out(`${jsonText(command.refusal(message))}\n`);
    else terminal.error(`convlens: ${printable(message)}\n`);
    return code;
  }
}

function refused(error: unknown, failed: number): { readonly message: string; readonly code: number } {
  if (error instanceof UsageError) return { message: error.message, code: WRONG_USAGE };
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `ConvLens failed. Please report it: ${reason}`, code: failed };
}
