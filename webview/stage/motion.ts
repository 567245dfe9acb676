/** Everything that moves by itself: the camera on its way, boxes on theirs after a module opened. */
import type { Camera } from '../state/context';
import { reducedMotion } from '../ui/theme';
import { between, easeOut } from './camera';
import type { StageModel } from './scene/model';

export const CAMERA_MS = 160;
export const FAR_CAMERA_MS = 220;
const EXPAND_MS = 180;
/** New boxes and edges appear during the last part of the way. */
const FADE_FROM = 0.55;
const DETAIL_MS = 120;
/** More boxes than this jump: moving them would stutter. */
const MOST_MOVING = 3000;

export interface Moving {
  readonly boxes: Float64Array;
  /** Of edges, and of boxes that were not there before. */
  readonly alpha: number;
  /** By place: 1 for a box that was not there before; null when all stand still. */
  readonly fresh: Uint8Array | null;
}

export interface Motion {
  /** Camera for this moment; null when it stands still. */
  camera(now: number): Camera | null;
  moveCamera(from: Camera, to: Camera, milliseconds: number): void;
  stopCamera(): void;
  /** Where it is flying to; null when it stands still. */
  goal(): Camera | null;
  /** Boxes move from where they were drawn before; the drawing as a whole has moved by `by`, and the camera with it. */
  moveBoxes(
    before: StageModel,
    after: StageModel,
    by: { readonly x: number; readonly y: number },
    /** Number that an item had before; -1 for a new one. */
    origin: (item: number) => number,
  ): void;
  boxes(model: StageModel, now: number): Moving;
  detail(level: string, now: number): number;
  moving(now: number): boolean;
}

export function createMotion(): Motion {
  let flight: { from: Camera; to: Camera; start: number; length: number } | null = null;
  let shift: {
    from: Float64Array;
    to: Float64Array;
    fresh: Uint8Array;
    start: number;
    scratch: Float64Array;
  } | null = null;
  let level = '';
  let levelSince = -Infinity;
  return {
    camera(now) {
      if (!flight) return null;
      const t = (now - flight.start) / flight.length;
      if (t >= 1) {
        const { to } = flight;
        flight = null;
        return to;
      }
      return between(flight.from, flight.to, easeOut(Math.max(0, t)));
    },
    moveCamera(from, to, milliseconds) {
      flight = { from, to, start: performance.now(), length: reducedMotion() ? 0.001 : milliseconds };
    },
    stopCamera: () => (flight = null),
    goal: () => flight?.to ?? null,
    moveBoxes(before, after, by, origin) {
      shift = null;
      const { items, boxes } = after.geometry;
      if (reducedMotion() || items.length > MOST_MOVING || before.geometry.direction !== after.geometry.direction)
        return;
      const from = Float64Array.from(boxes);
      const fresh = new Uint8Array(items.length);
      items.forEach((item, place) => {
        const old = before.placeOf[origin(item)] ?? -1;
        if (old < 0) {
          fresh[place] = 1;
          return;
        }
        for (let k = 0; k < 4; k++) from[4 * place + k] = before.geometry.boxes[4 * old + k]!;
        from[4 * place]! += by.x;
        from[4 * place + 1]! += by.y;
      });
      shift = { from, to: boxes, fresh, start: performance.now(), scratch: new Float64Array(boxes.length) };
    },
    boxes(model, now) {
      const all = model.geometry.boxes;
      if (shift?.to !== all) return { boxes: all, alpha: 1, fresh: null };
      const t = (now - shift.start) / EXPAND_MS;
      if (t >= 1) {
        shift = null;
        return { boxes: all, alpha: 1, fresh: null };
      }
      const eased = easeOut(Math.max(0, t));
      const { from, to, scratch, fresh } = shift;
      for (let i = 0; i < scratch.length; i++) scratch[i] = from[i]! * (1 - eased) + to[i]! * eased;
      return { boxes: scratch, alpha: Math.max(0, (t - FADE_FROM) / (1 - FADE_FROM)), fresh };
    },
    detail(next, now) {
      if (next !== level) {
        // The first level there is does not fade in.
        levelSince = level ? now : -Infinity;
        level = next;
      }
      if (reducedMotion()) return 1;
      return Math.min(1, 0.25 + (0.75 * (now - levelSince)) / DETAIL_MS);
    },
    moving: (now) => flight !== null || shift !== null || now - levelSince < DETAIL_MS,
  };
}
