/** The camera of the stage: where it looks, how it gets there, and what on the way stays where it is. */
import type { Camera } from '../state/context';
import { clampZoom, firstLook, fitTo, fitWhole, viewOf, within, type Insets } from './camera';
import { missing } from './framing';
import { CAMERA_MS, FAR_CAMERA_MS, type Motion } from './motion';
import type { View } from './paint/brush';
import type { Box, StageModel } from './scene/model';

interface Ground {
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
}

export class Sight {
  #camera: Camera = { x: 0, y: 0, zoom: 1 };
  /** Somebody, or the first look, has said where to look. Until then each new drawing is looked at anew. */
  chosen = false;

  constructor(
    readonly ground: () => Ground,
    readonly insets: () => Insets,
    readonly motion: Motion,
    readonly moved: () => void,
  ) {}

  get camera(): Camera {
    return this.#camera;
  }
  /** Where it will be: keys pressed one after the other go on from there. */
  get goal(): Camera {
    return this.motion.goal() ?? this.#camera;
  }
  get view(): View {
    const { width, height, ratio } = this.ground();
    return viewOf(this.#camera, width, height, ratio);
  }

  set(camera: Camera): void {
    this.motion.stopCamera();
    this.#camera = { ...camera, zoom: clampZoom(camera.zoom) };
    this.chosen = true;
    this.moved();
  }

  /** Further along a flight, if there is one. */
  step(now: number): void {
    const camera = this.motion.camera(now);
    if (camera) this.#camera = camera;
  }

  flyTo(camera: Camera, milliseconds = CAMERA_MS): void {
    this.motion.moveCamera(this.#camera, camera, milliseconds);
    this.moved();
  }

  /** The drawing has moved under the camera by this much, in its own pixels: look where one looked. */
  shift(dx: number, dy: number): void {
    this.#camera = { ...this.#camera, x: this.#camera.x + dx, y: this.#camera.y + dy };
  }

  /** The stage has grown to the right and downwards: what is drawn stays where it is. */
  grown(width: number, height: number): void {
    if (this.chosen) this.shift(width / 2 / this.#camera.zoom, height / 2 / this.#camera.zoom);
  }

  /** All of it where that can be read, else its beginning. */
  first(model: StageModel): void {
    const { width, height } = this.ground();
    if (!width) return;
    const first = model.geometry.items.length ? model.box(0) : { x: 0, y: 0, width: 0, height: 0 };
    const sideways = model.geometry.direction === 'horizontal';
    const axis = sideways ? first.y + first.height / 2 : first.x + first.width / 2;
    this.#camera = firstLook(wholeOf(model), axis, width, height, this.insets(), sideways);
    this.chosen = true;
  }

  fitAll(model: StageModel): void {
    const { width, height } = this.ground();
    this.flyTo(fitWhole(wholeOf(model), this.#camera, width, height, this.insets()));
  }

  fitBox(box: Box): void {
    const { width, height } = this.ground();
    this.flyTo(fitTo(box, width, height, this.insets(), Math.max(1, this.#camera.zoom)));
  }

  /** Moves just far enough that a box is in sight. */
  bring(box: Box, model: StageModel, leastZoom?: number): void {
    const insets = this.insets();
    const to = missing(box, this.#camera, this.view, insets, leastZoom);
    if (to) this.flyTo(within(to, wholeOf(model), this.ground(), insets), FAR_CAMERA_MS);
  }
}

const wholeOf = (model: StageModel): Box => {
  const { width, height } = model.geometry;
  return { x: 0, y: 0, width, height };
};
