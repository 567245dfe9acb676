import { createInterface } from 'node:readline';

/** What the program says and hears: a terminal, a pipe, or a test. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Columns of the screen; infinite where nobody looks at one. */
  readonly columns: number;
  /** A person sits there who can be asked, and whose answers are the lines. A script has said what it wants. */
  readonly asks: boolean;
  /** Lines of standard input as they come. */
  lines(): AsyncIterable<string>;
}

/** A reader that has seen enough (`| head`) closes the pipe: that is no error of ours, and nothing is left to be said. */
function quietWhenClosed(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

export function processTerminal(): Terminal {
  quietWhenClosed(process.stdout);
  quietWhenClosed(process.stderr);
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    columns: process.stdout.isTTY ? process.stdout.columns : Infinity,
    asks: process.stdin.isTTY && process.stderr.isTTY,
    lines: () => createInterface({ input: process.stdin, crlfDelay: Infinity }),
  };
}
