/** What the page of a comparison may ask, and what it is told. Everything is plain data; strings may come from models. */
import type { DiffMark, HoverCard, Scene } from '../core/view/types';
import type { Assets, TableFormat } from './host';

export interface DifferenceText {
  /** `strides`, `out`, `MACs`. */
  readonly what: string;
  /** '' where the one has none. */
  readonly before: string;
  readonly after: string;
  /** Of its own, rather than a consequence of another. */
  readonly own: boolean;
}

/** One operator that is not the same in both. */
export interface ChangeText {
  /** Of the scene that shows both. */
  readonly node: number;
  readonly mark: DiffMark;
  /** `Conv` and `3×3 · 64`. */
  readonly title: string;
  readonly label: string;
  readonly path: string;
  /** A constant or shape arithmetic: exporters differ in it while the net is the same. */
  readonly plumbing: boolean;
  readonly differences: readonly DifferenceText[];
}

export interface TotalText {
  readonly key: 'operators' | 'parameters' | 'macs' | 'weightBytes' | 'peakBytes';
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** `+1.20 M`, `=`; '' where one is not known. */
  readonly change: string;
}

interface SideText {
  readonly name: string;
  /** Where it is from, when both are called the same: `Git: HEAD`, a folder. */
  readonly place: string;
  /** `ONNX · opset 13 · pytorch 1.13`. */
  readonly about: string;
}

export interface ComparisonView {
  readonly before: SideText;
  readonly after: SideText;
  readonly equal: boolean;
  readonly same: number;
  readonly totals: readonly TotalText[];
  /** Inputs and outputs of the nets. */
  readonly ends: readonly DifferenceText[];
  /** In the order of the data. */
  readonly changes: readonly ChangeText[];
}

export interface Compared {
  readonly scene: Scene;
  readonly view: ComparisonView;
  /** What the page keeps for the host, to compare the same again when the window is loaded anew. */
  readonly places: readonly [string, string];
}

export interface CompareApi {
  /** Answered before the models are read. */
  assets(): Promise<Assets>;
  compared(): Promise<Compared>;
  card(node: number): Promise<HoverCard | null>;
  /** The other way round. */
  swap(): Promise<void>;
  /** The layer table as text; `nodes` of the scene that shows both, in order, null for all. */
  table(request: { readonly format: TableFormat; readonly nodes: readonly number[] | null }): Promise<string>;
  copy(text: string): Promise<void>;
  /** Asks where; false when the person thought better of it. */
  save(file: { readonly name: string; readonly content: string }): Promise<boolean>;
  log(entry: { readonly level: 'info' | 'warn' | 'error'; readonly text: string }): Promise<void>;
}

export interface CompareEvents {
  /** A file changed, or the sides were swapped. */
  comparedAnew: Compared;
  /** A file is gone; the last picture stays. */
  lost: string;
}
