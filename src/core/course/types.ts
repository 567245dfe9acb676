/** What the course's panel draws: plain data, its numbers taken from the net that is open. */
import type { FactRow, FormulaView } from '../view/types';

export interface CourseRequest {
  /** The selected layer. */
  readonly node: number | null;
  /** Of the sliders, by their names. */
  readonly settings: Readonly<Record<string, number>>;
}

/** Where a step of the course leads. Nodes are those of the scene. */
export type CourseAction =
  | { readonly do: 'select'; readonly node: number }
  | {
      readonly do: 'tab';
      readonly tab: 'maps' | 'microscope' | 'coverage' | 'depth' | 'layers';
      readonly node: number | null;
    }
  | { readonly do: 'run' }
  /** Maps of these layers side by side, of a picture that is run where none was. */
  | { readonly do: 'beside'; readonly nodes: readonly number[] }
  | { readonly do: 'cut'; readonly node: number }
  /** Changes a word of the text; the host knows which. */
  | { readonly do: 'edit'; readonly edit: string }
  /** Opens another of the bundled samples. */
  | { readonly do: 'sample'; readonly path: string };

export interface CourseStep {
  readonly text: string;
  readonly action: CourseAction;
}

/** Few rows of few columns: a kernel, a small picture, the pixels of a field. */
export interface CourseGrid {
  readonly title: string;
  readonly caption: string;
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly cells: readonly number[];
  /** `digits`: numbers to read, weights around zero; `lit`: 0 is a hole. */
  readonly look: 'digits' | 'lit';
  /** Digits of 0 to 9 that may be written over; the setting of each is this and its place: `cell.5`. */
  readonly settings?: string;
}

/** What one unit sees in each of several layers, drawn into the picture. */
export interface CourseField {
  readonly title: string;
  readonly caption: string;
  /** Of the picture, in pixels. */
  readonly rows: number;
  readonly columns: number;
  /** First and last row, first and last column; the first layer's first. */
  readonly boxes: readonly (readonly [top: number, bottom: number, left: number, right: number])[];
}

export interface CourseBar {
  readonly label: string;
  /** One for each series; null where there is none. */
  readonly values: readonly (number | null)[];
  readonly texts: readonly string[];
  readonly node: number | null;
}

export type CourseBlock =
  | { readonly kind: 'facts'; readonly title: string; readonly rows: readonly FactRow[] }
  | { readonly kind: 'formula'; readonly title: string; readonly formula: FormulaView }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'grids'; readonly title: string; readonly grids: readonly CourseGrid[] }
  | { readonly kind: 'fields'; readonly title: string; readonly fields: readonly CourseField[] }
  | {
      readonly kind: 'bars';
      readonly title: string;
      readonly series: readonly string[];
      readonly bars: readonly CourseBar[];
      readonly log: boolean;
    }
  | {
      readonly kind: 'slider';
      readonly id: string;
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly value: number;
      /** The value in words. */
      readonly text: string;
    };

export interface CourseView {
  readonly chapters: readonly { readonly id: string; readonly title: string }[];
  /** Which chapter's net is open; null: none. What follows is of that one. */
  readonly at: number | null;
  readonly text: readonly string[];
  readonly question: string;
  readonly blocks: readonly CourseBlock[];
  readonly steps: readonly CourseStep[];
}
