/** Boxes that a detector's outputs stand for, in pixels of the picture the net gets. */
import { t } from '../../src/core/l10n/l10n';

export interface Detection {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly score: number;
  readonly index: number;
  /** Null where nobody names the class. */
  readonly label: string | null;
}

export interface Detections {
  readonly found: readonly Detection[];
  /** How the outputs were read, in words. */
  readonly how: string;
}

export interface OutputTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const LEAST_SCORE = 0.5;
/** Of two boxes of a class that share more than this of their union, the weaker is the same thing again. */
const MOST_OVERLAP = 0.45;
/** Before the weaker of overlapping ones are dropped, which takes a time that grows with the square. */
const MOST_CANDIDATES = 2000;
const MOST_SHOWN = 100;

const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);

function overlap(a: Detection, b: Detection): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  const area = ({ left, top, right, bottom }: Detection): number => (right - left) * (bottom - top);
  return (width * height) / (area(a) + area(b) - width * height);
}

/** The strongest first; of those of one class that overlap, the strongest only (greedy non-maximum suppression). */
export function strongest(candidates: readonly Detection[]): readonly Detection[] {
  const kept: Detection[] = [];
  const order = [...candidates].sort((a, b) => b.score - a.score).slice(0, MOST_CANDIDATES);
  for (const one of order) {
    if (kept.length >= MOST_SHOWN) break;
    if (kept.every((other) => other.index !== one.index || overlap(other, one) <= MOST_OVERLAP)) kept.push(one);
  }
  return kept;
}

type Corners = readonly [number, number, number, number];

/** Corners of every box: `[left, top, right, bottom]`, made pixels where they are parts of the picture. */
function cornersOf(boxes: OutputTensor, size: Size, order: 'xy' | 'yx'): readonly Corners[] {
  const { data } = boxes;
  const count = product(boxes.dims) / 4;
  let largest = 0;
  for (let at = 0; at < count * 4; at++)
    if (Number.isFinite(data[at]!)) largest = Math.max(largest, Math.abs(data[at]!));
  // Boxes may reach a little beyond the picture; in pixels some would reach far beyond 2.
  const [wide, high] = largest <= 2 ? [size.width, size.height] : [1, 1];
  return Array.from({ length: count }, (_, k) => {
    const [a, b, c, d] = [0, 1, 2, 3].map((part) => data[k * 4 + part]!) as [number, number, number, number];
    return order === 'xy' ? [a * wide, b * high, c * wide, d * high] : [b * wide, a * high, d * wide, c * high];
  });
}

/** Candidates with a usable box and a score that counts. */
function candidate([left, top, right, bottom]: Corners, score: number, index: number, labels: Labels): Detection[] {
  const usable = [left, top, right, bottom, score].every(Number.isFinite) && right > left && bottom > top;
  return usable && score >= LEAST_SCORE ? [{ left, top, right, bottom, score, index, label: labels(index) }] : [];
}

type Labels = (index: number) => string | null;

const rows = ({ dims }: OutputTensor, last: number): number | null => {
  const outer = dims.slice(0, -1).filter((extent) => extent !== 1);
  return dims.at(-1) === last && outer.length <= 1 ? (outer[0] ?? 1) : null;
};
const entries = ({ dims }: OutputTensor): number | null => {
  const wide = dims.filter((extent) => extent !== 1);
  return wide.length <= 1 ? (wide[0] ?? 1) : null;
};

/** Boxes, classes and scores in outputs of their own, already chosen by the net: torchvision, TensorFlow's API, ONNX's zoo. */
function chosenByNet(outputs: readonly OutputTensor[], size: Size, labels: Labels): Detections | null {
  const boxes = outputs.find((output) => /box/i.test(output.name) && rows(output, 4) !== null);
  const count = boxes ? rows(boxes, 4) : null;
  const of = (name: RegExp): OutputTensor | undefined =>
    outputs.find((output) => output !== boxes && name.test(output.name) && entries(output) === count);
  const [scores, classes] = [of(/score|conf/i), of(/label|class/i)];
  if (!boxes || !scores || !classes) return null;
  const order = boxes.name.startsWith('detection_boxes') ? 'yx' : 'xy';
  const found = cornersOf(boxes, size, order).flatMap((corners, k) =>
    candidate(corners, scores.data[k]!, Math.round(classes.data[k]!), labels),
  );
  return { found: strongest(found), how: t('Outputs {0}, {1} and {2}', boxes.name, classes.name, scores.name) };
}

/** Boxes, and for each the scores of all classes: single-shot detectors as trained. */
function scoresOfAll(outputs: readonly OutputTensor[], size: Size, labels: Labels): Detections | null {
  const boxes = outputs.find((output) => /box/i.test(output.name) && rows(output, 4) !== null);
  const scores = outputs.find((output) => /score|conf|prob/i.test(output.name) && output !== boxes);
  const classes = scores?.dims.at(-1) ?? 0;
  const count = boxes ? rows(boxes, 4)! : 0;
  if (!boxes || !scores || classes < 2 || rows(scores, classes) !== count) return null;
  // Scores of a row that sum to 1 come out of a softmax, whose first class is the ground in nets of this kind.
  const sum = (k: number): number =>
    Array.from({ length: classes }, (_, c) => scores.data[k * classes + c]!).reduce((all, one) => all + one, 0);
  const softmax = [0, count >> 1, count - 1].every((k) => Math.abs(sum(k) - 1) < 0.01);
  const found = cornersOf(boxes, size, 'xy').flatMap((corners, k) => {
    let best = softmax ? 1 : 0;
    for (let c = best; c < classes; c++) if (scores.data[k * classes + c]! > scores.data[k * classes + best]!) best = c;
    return candidate(corners, scores.data[k * classes + best]!, best, labels);
  });
  return { found: strongest(found), how: t('Outputs {0} and {1}', boxes.name, scores.name) };
}

/** Places of YOLO's three grids: strides 8, 16 and 32. */
const gridPlaces = ({ width, height }: Size): number =>
  [8, 16, 32].reduce((all, stride) => all + Math.floor(width / stride) * Math.floor(height / stride), 0);

/**
 * One output of YOLO: `[4 + classes, places]` since version 8, `[3 · places, 5 + classes]` up to 7, `[n, 6]` where the net has
 * chosen by itself. Told by the number of places, which follows from the size of the picture.
 */
function yolo(outputs: readonly OutputTensor[], size: Size, labels: Labels): Detections | null {
  for (const output of outputs) {
    const inner = output.dims.filter((extent, at) => at > 0 || extent !== 1);
    if (inner.length !== 2) continue;
    const [first, second] = inner as [number, number];
    const places = gridPlaces(size);
    const { data } = output;
    const centred = (x: number, y: number, w: number, h: number): Corners => [
      x - w / 2,
      y - h / 2,
      x + w / 2,
      y + h / 2,
    ];
    const best = (classes: number, score: (c: number) => number): [number, number] => {
      let top = 0;
      for (let c = 1; c < classes; c++) if (score(c) > score(top)) top = c;
      return [top, score(top)];
    };
    if (second === places && first > 4) {
      const part = (row: number, k: number): number => data[row * second + k]!;
      const found = Array.from({ length: second }, (_, k) => {
        const [top, score] = best(first - 4, (c) => part(4 + c, k));
        return candidate(centred(part(0, k), part(1, k), part(2, k), part(3, k)), score, top, labels);
      }).flat();
      return { found: strongest(found), how: t('Output {0}, as YOLO since version 8 writes it', output.name) };
    }
    if (first === 3 * places && second > 5) {
      const part = (k: number, column: number): number => data[k * second + column]!;
      const found = Array.from({ length: first }, (_, k) => {
        const [top, score] = best(second - 5, (c) => part(k, 5 + c) * part(k, 4));
        return candidate(centred(part(k, 0), part(k, 1), part(k, 2), part(k, 3)), score, top, labels);
      }).flat();
      return { found: strongest(found), how: t('Output {0}, as YOLO up to version 7 writes it', output.name) };
    }
    if (second === 6 && first === 300) {
      const found = Array.from({ length: first }, (_, k) => {
        const [left, top, right, bottom, score, index] = Array.from({ length: 6 }, (__, c) => data[k * 6 + c]!);
        return candidate([left!, top!, right!, bottom!], score!, Math.round(index!), labels);
      }).flat();
      return { found: strongest(found), how: t('Output {0}, boxes the net has chosen', output.name) };
    }
  }
  return null;
}

/** Null where the outputs do not say that they are boxes. */
export function detectionsOf(
  outputs: readonly OutputTensor[],
  size: Size,
  names: readonly string[] | null,
): Detections | null {
  const labels: Labels = (index) => names?.[index] ?? null;
  return (
    chosenByNet(outputs, size, labels) ?? scoresOfAll(outputs, size, labels) ?? yolo(outputs, size, labels) ?? null
  );
}
