/** Turning the chapters: pressed again before the chapter before is there, one goes on from where one is going. */
export interface CourseTurn {
  /** The chapter one is at or on the way to; null: none. */
  at(): number | null;
  /** By this many chapters; 0 begins it anew. */
  by(step: number): void;
  to(chapter: number): void;
  /** The chapter that is on show now. */
  shown(at: number | null): void;
}

/** `open` asks for a chapter and gives whether it will come; `failed` hears why not where nobody else has said so. */
export function courseTurn(
  count: () => number,
  open: (chapter: number) => Promise<boolean>,
  changed: () => void,
  failed: (error: unknown) => void,
): CourseTurn {
  let shown: number | null = null;
  let wanted: number | null = null;
  let asked = 0;
  const at = (): number | null => wanted ?? shown;
  function to(chapter: number): void {
    if (chapter < 0 || chapter >= count()) return;
    wanted = chapter;
    const own = ++asked;
    changed();
    const stay = (): boolean => {
      // Only of what was asked for last: all else is passed by.
      if (own !== asked) return false;
      wanted = null;
      changed();
      return true;
    };
    open(chapter).then(
      (comes) => comes || stay(),
      (error: unknown) => stay() && failed(error),
    );
  }
  return {
    at,
    to,
    by(step) {
      const from = at();
      if (from !== null) to(from + step);
    },
    shown(now) {
      shown = now;
      if (wanted === now) wanted = null;
    },
  };
}
