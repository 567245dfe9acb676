import { isMap, parseDocument, visit } from 'yaml';

const READ = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
const WRITE = { indent: 2, indentSeq: true, lineWidth: 0, flowCollectionPadding: false, nullStr: '' } as const;

/** `[{dense: 10}]`: a list of one layer needs no braces around it. */
const BRACES = /([[,] ?)\{([\w ]+: [^{}[\],#"']+)\}(?=[,\]])/g;

/**
 * A text laid out afresh: two blanks a level, one blank between words, no blanks at line ends. Comments and empty lines stay.
 * Null where the text is no YAML, or would come to mean something else: nothing is moved then.
 */
export function formatted(source: string): string | null {
  try {
    return laidOut(source);
  } catch {
    // What YAML's parser or writer gives up on (nesting without end, an alias of nothing) stays as it is.
    return null;
  }
}

function laidOut(source: string): string | null {
  const document = parseDocument(source, READ);
  if (document.errors.length || !isMap(document.contents)) return null;
  visit(document, {
    Scalar(_, node) {
      // Several blanks between the words of a short form say no more than one.
      if (node.type === 'PLAIN' && typeof node.value === 'string') node.value = node.value.replace(/\s+/g, ' ').trim();
    },
  });
  const lines = document.toString(WRITE).replace(BRACES, '$1$2').split('\n');
  const text = lines
    .map((line) => line.replace(/[ \t]+$/, ''))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const again = parseDocument(text, READ);
  const same = !again.errors.length && JSON.stringify(again.toJSON()) === JSON.stringify(document.toJSON());
  if (!same) return null;
  return `${text}\n`;
}
