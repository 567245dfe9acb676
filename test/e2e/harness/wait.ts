/** Asks again and again, for what no event announces: soon at first, and then every so often. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, timeoutMs = 30_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (let pause = 20; ; pause = Math.min(100, pause * 1.6)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${String(timeoutMs / 1000)} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** What stays: the same answer twice, a tenth of a second apart. `null` is an answer that is not wanted. */
export async function settled<T>(
  what: string,
  ask: () => Promise<T | null>,
  none?: () => Promise<unknown>,
): Promise<T> {
  let last = '';
  return until(`${what} to settle`, async () => {
    const now = await ask();
    if (now === null && last === 'null') await none?.();
    const before = last;
    last = JSON.stringify(now);
    if (now !== null && last === before) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
    return undefined;
  });
}
