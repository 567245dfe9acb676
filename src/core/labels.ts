/** Class names of a classifier, one a line; lines of ImageNet's synsets begin with an id that is no name. */
import type { ModelFile } from './bytes/source';

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

interface Labels {
  readonly names: readonly string[];
  /** The file they are from, or the data set. */
  readonly source: string;
  /** True where nothing but the number of classes speaks for them. */
  readonly assumed: boolean;
}

interface LabelQuestion {
  /** Base name of the model's file. */
  readonly model: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** Of the first output, where that is a vector of scores. */
  readonly classes: number | null;
  readonly sibling: ModelFile['sibling'];
  /** The text of ImageNet's names; null where it can't be read. */
  readonly imageNet: () => Promise<string | null>;
}

/** Nobody's label file is larger; what is, is no label file. */
const LARGEST_LABELS = 8e6;
const IMAGENET_CLASSES = 1000;

/** Class names: the file the model names, else one beside it, else ImageNet's where there are a thousand classes. */
export async function findLabels({
  model,
  metadata,
  classes,
  sibling,
  imageNet,
}: LabelQuestion): Promise<Labels | null> {
  const named = metadata.get('convlens.labels');
  for (const path of named === undefined ? labelFiles(model) : [named]) {
    const names = await readLabels(sibling, path);
    // Beside a model may lie the labels of another one: their number tells.
    if (names && (named !== undefined || classes === null || names.length === classes)) {
      return { names, source: path, assumed: false };
    }
  }
  const text = classes === IMAGENET_CLASSES ? await imageNet() : null;
  const names = text === null ? null : parseLabels(text);
  return names && { names, source: 'ImageNet', assumed: true };
}

async function readLabels(sibling: ModelFile['sibling'], path: string): Promise<readonly string[] | null> {
  if (!insideFolder(path)) return null;
  const found = await sibling(path);
  if (found.kind !== 'found' || found.bytes.size > LARGEST_LABELS) return null;
  return parseLabels(new TextDecoder().decode(await found.bytes.read(0, found.bytes.size)));
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
