import type { Assets, HostApi } from '../../src/protocol/host';
import type { AppStore } from './app';
import type { Figures } from './figure';
import type { History } from './history';
import type { Runner } from './runner';

/** A box in CSS pixels of the page. */
export interface ScreenBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Camera {
  /** Point of the drawing at the middle of the stage. */
  readonly x: number;
  readonly y: number;
  /** 1 = 100 %. */
  readonly zoom: number;
}

/** What the rest of the page may ask of the graph. */
export interface StageHandle {
  /** Where a node stands now; null when it is off screen or inside a closed module. */
  nodeBox(node: number): ScreenBox | null;
  /** The same for a closed or open module. */
  groupBox(group: number): ScreenBox | null;
  fit(): void;
  /** Looks as when a net is opened: all of it where that can be read, else its beginning. */
  lookAnew(): void;
  fitSelection(): void;
  /** Height of the legend over the lower edge, px: what is looked for lies above it. */
  covered: number;
  /** Opens the modules around a node and moves the camera until it can be seen. */
  reveal(node: number): void;
  /** The same for a module; it stays open or closed. */
  revealGroup(group: number): void;
  /** Moves the camera until a node, or the closed module it lies in, can be seen; opens nothing. */
  pointTo(node: number): void;
  /** The same without coming nearer, once the scene on show is drawn. */
  follow(node: number): void;
  focus(): void;
  /** The graph as a figure to keep. */
  readonly figures: Figures;
  camera(): Camera;
  setCamera(camera: Camera): void;
  /** Called after the camera or the places of boxes have changed; returns a function that stops it. */
  onMove(listener: () => void): () => void;
  /** Boxes are near enough to show what their layers gave in the last run, and the user wants them to. */
  wearsMaps(): boolean;
  /** Asks for a new drawing: what the thumbnails show has changed, say. */
  redraw(): void;
}

/** Given to every panel by the composition root. */
export interface PageContext {
  readonly store: AppStore;
  readonly host: HostApi;
  readonly assets: Assets;
  /** Null only while the page is put together. */
  stage: StageHandle | null;
  runner: Runner | null;
  /** Null only while the page is put together. */
  history: History | null;
  /** Says something once to a screen reader; `urgent` interrupts and is for errors only. */
  readonly announce: (text: string, urgent?: boolean) => void;
}

/** What a panel gives back: takes itself off the page. */
export type Unmount = () => void;
