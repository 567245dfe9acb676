/** What a net says of the whole picture beside classes: a class for every pixel, or boxes. */
import { t } from '../../src/core/l10n/l10n';
import type { RunSource } from '../../src/protocol/host';
import type { NetPicture, Runner } from '../state/runner';
import { detectionsOf } from '../state/detections';
import { fill } from '../ui/dom';
import { detectionsOverlay, fillDetections } from './detections';
import { pictureOverlay, type Overlay } from './overlay';
import { fillClasses, segmentationOf } from './segmentation';

const MASK = 0.55;

export interface Outcome {
  readonly overlay: Overlay;
  /** What the overlay shows, for its switch. */
  readonly words: string;
  fillFacts(parent: HTMLElement): void;
}

/** Null where the outputs are neither, or none of them is at hand. */
export function outcomeOf(source: RunSource, runner: Runner, picture: NetPicture): Outcome | null {
  const outputs = source.outputs.flatMap((name) => {
    const value = source.values.find((entry) => entry.name === name)?.value;
    const tensor = value === undefined ? null : runner.peek(value);
    return tensor ? [tensor] : [];
  });
  const detections = detectionsOf(outputs, picture, source.labels?.names ?? null);
  if (detections)
    return {
      overlay: detectionsOverlay(detections, picture),
      words: t('Boxes over the picture'),
      fillFacts: (parent) => fillDetections(parent, detections),
    };
  for (const output of outputs) {
    const segmentation = segmentationOf(output, picture, source.labels);
    if (segmentation)
      return {
        overlay: pictureOverlay(segmentation.canvas, MASK),
        words: t('Classes over the picture'),
        fillFacts: (parent) => fillClasses(parent, segmentation),
      };
  }
  return null;
}

export function fillOutcome(parent: HTMLElement, outcome: Outcome | null): void {
  if (outcome) outcome.fillFacts(parent);
  else fill(parent);
}
