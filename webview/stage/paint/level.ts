/** What is drawn at which zoom (design §2, level of detail). */
export type Level = 'far' | 'middle' | 'near' | 'closest';

export function levelAt(zoom: number): Level {
  if (zoom < 0.35) return 'far';
  if (zoom < 0.75) return 'middle';
  return zoom <= 1.5 ? 'near' : 'closest';
}

/** Where maps in boxes are large enough to be told from each other. */
export const wearsMaps = (level: Level): boolean => level === 'near' || level === 'closest';
