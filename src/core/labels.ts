/** Class names of a classifier, one a line; lines of ImageNet's synsets begin with an id that is no name. */

const SYNSET = /^n\d{8}[\s,:]+/;
/** ImageNet-21k has 21,841 classes; a file with more lines holds something else. */
const MOST_LABELS = 100_000;
const LONGEST_LABEL = 200;

/** `null` when the text is no list of names. */
export function parseLabels(text: string): readonly string[] | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  while (lines.length && lines.at(-1)!.trim() === '') lines.pop();
  if (lines.length === 0 || lines.length > MOST_LABELS) return null;
  // An empty line in the middle is a class without a name, not one class fewer.
  return lines.map((line) => line.trim().replace(SYNSET, '').slice(0, LONGEST_LABEL));
}

/** Files beside a model that usually hold its labels, the most telling first. */
export const labelFiles = (model: string): readonly string[] => [
  `${model.replace(/\.[^.]+$/, '')}.labels.txt`,
  'labels.txt',
  'synset.txt',
];

/** Paths a model may name for its companions: at or below its own folder. */
export function insideFolder(path: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (path === '' || /[\u0000-\u001f\\]/.test(path) || /^([a-z][a-z0-9+.-]*:|\/)/i.test(path)) return false;
  return !path.split('/').includes('..');
}
