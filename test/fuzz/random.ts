/** A number from 0 to 1, ever the same for the same seed. */
export type Random = () => number;

export const below = (random: Random, n: number): number => Math.floor(random() * n);

export const oneOf = <T>(random: Random, list: readonly T[]): T => list[below(random, list.length)]!;
