/** Sizes and distances of the drawing in its own pixels (design §3). The layout always runs downwards; `main` is the way of the data. */
import type { Direction } from './types';

export interface Metrics {
  readonly box: Extent;
  readonly closed: Extent;
  readonly port: Extent;
  readonly circle: number;
  /** Room for the words beside a join, on either side of it across the flow. */
  readonly joinText: { readonly before: number; readonly after: number };
  readonly gap: number;
  /** More room after a pill, for a fork of a skip, for a skip that comes in, for branches that spread. */
  readonly pill: number;
  /** Pills lie along the flow: each takes its own width. */
  readonly pillAlong: boolean;
  readonly slot: number;
  readonly bus: number;
  readonly branch: number;
  /** From a box to the first side lane, from lane to lane, and when there are many. */
  readonly lane: number;
  readonly laneStep: number;
  readonly laneDense: number;
  /** From a box to an operator standing on a lane. */
  readonly aside: number;
  readonly frame: FramePads;
  readonly inner: FramePads;
}

interface Extent {
  readonly main: number;
  readonly cross: number;
}

export interface FramePads {
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly after: number;
  /** Across the flow: room for the header's text. */
  readonly least: number;
  /** After the axis: the facts stand there. */
  readonly leastAfter: number;
}

const vertical: Metrics = {
  box: { main: 36, cross: 224 },
  closed: { main: 42, cross: 236 },
  port: { main: 24, cross: 164 },
  circle: 22,
  joinText: { before: 74, after: 0 },
  gap: 22,
  pill: 8,
  pillAlong: false,
  slot: 12,
  bus: 14,
  branch: 20,
  lane: 34,
  laneStep: 22,
  laneDense: 8,
  aside: 38,
  frame: { start: 24, end: 10, before: 14, after: 14, least: 270, leastAfter: 216 },
  inner: { start: 20, end: 8, before: 16, after: 16, least: 240, leastAfter: 0 },
};

const horizontal: Metrics = {
  box: { main: 224, cross: 36 },
  closed: { main: 236, cross: 42 },
  port: { main: 164, cross: 24 },
  circle: 22,
  joinText: { before: 18, after: 0 },
  gap: 84,
  pill: 44,
  pillAlong: true,
  slot: 12,
  bus: 14,
  branch: 20,
  lane: 26,
  laneStep: 20,
  laneDense: 8,
  aside: 26,
  frame: { start: 20, end: 20, before: 28, after: 14, least: 60, leastAfter: 0 },
  inner: { start: 20, end: 20, before: 24, after: 14, least: 56, leastAfter: 0 },
};

export const metricsOf = (direction: Direction): Metrics => (direction === 'vertical' ? vertical : horizontal);
