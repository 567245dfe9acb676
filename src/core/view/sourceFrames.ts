/** Where an operator was written, as exporters note it: Python files and lines. Untrusted text, to be looked for, never opened as it stands. */

export interface SourceFrame {
  /** As the file spells it: usually an absolute path of the machine that exported. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

interface Noted {
  readonly metadata: ReadonlyMap<string, string>;
  readonly doc: string;
}

/** `File "/home/u/net.py", line 42, in forward`: Python's own traces, outermost first. */
const TRACE = /File "([^"\n]{1,500})", line (\d{1,7})/g;
/** `/home/u/net.py(42): forward`: torch.jit's, innermost first. */
const CALLS = /^[ \t]{0,100}([^\n()]{1,500}\.py)\((\d{1,7})\):/gm;
/** What lies in a library was not written by whoever asks. */
export const LIBRARY = /[\\/](site-packages|dist-packages|lib[\\/]python\d[^\\/]*)[\\/]/;

const MOST_FRAMES = 100;
const LONGEST_TEXT = 200_000;

/** Innermost first; none where nothing was noted. */
export function sourceFrames({ metadata, doc }: Noted): readonly SourceFrame[] {
  const texts = [...[...metadata].filter(([name]) => /stack_?trace/i.test(name)).map(([, text]) => text), doc];
  for (const whole of texts) {
    const text = whole.slice(0, LONGEST_TEXT);
    const found = [...framesIn(text, TRACE)].reverse();
    const frames = found.length ? found : [...framesIn(text, CALLS)];
    if (frames.length) return frames.slice(0, MOST_FRAMES);
  }
  return [];
}

function* framesIn(text: string, pattern: RegExp): Iterable<SourceFrame> {
  for (const [, file = '', line] of text.matchAll(pattern))
    // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
    if (/\.py$/i.test(file) && !/[\u0000-\u001f]/.test(file)) yield { file, line: Math.max(1, Number(line)) };
}

/** The ends of a path that may lie in a folder here, longest first: `/home/u/net/model.py` -> `home/u/net/model.py` … `model.py`. */
export function pathEnds(file: string): readonly string[] {
  const parts = file.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
  const own = parts.slice(parts.lastIndexOf('..') + 1).filter((part) => !/^[a-z]:$/i.test(part));
  return own.map((_, i) => own.slice(i).join('/'));
}
