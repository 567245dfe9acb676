/** Asks again when something has changed while it was asking; what lay between is never asked. */
export function latest(ask: () => Promise<void>): () => void {
  let asking = false;
  let again = false;
  async function run(): Promise<void> {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    do {
      again = false;
      await ask().catch(() => undefined);
    } while (again as boolean);
    asking = false;
  }
  return () => void run();
}
