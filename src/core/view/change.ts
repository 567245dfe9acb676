/** How an operator differs from the other of two models that are compared; `follows`: in sizes, cost or receptive field alone. */
export type DiffMark = 'added' | 'removed' | 'changed' | 'follows';

/** A layer of two models drawn as one: what it was, and by how much it grew (negative: shrank); null where that is not known. */
export interface LayerChange {
  /** NodeId in the model that has it, the later one if both do. */
  readonly place: number;
  /** Its facts in the earlier model, as a scene has them; null for a new one. */
  readonly was: {
    readonly place: number;
    readonly label: readonly string[];
    readonly sizeOut: string;
    readonly sees: number | 'all' | null;
    readonly parameters: number;
    readonly macs: number | null;
  } | null;
  /** All it has or had, where only one of the models has it. */
  readonly parameters: number | null;
  readonly macs: number | null;
  /** Pixels of the input. */
  readonly sees: number | null;
  /** Of the output. */
  readonly elements: number | null;
}
