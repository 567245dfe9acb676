/** How a box is marked at the moment. */
export interface Look {
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly hit: boolean;
  /** Faded because others are looked for. */
  readonly faded: boolean;
  /** Colour of the bar when it stands for a number instead of the family. */
  readonly scale: string | null;
}
