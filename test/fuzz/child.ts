/** The process that tries the cases: says which one it begins, so that whoever watches knows where it hangs or dies. */
import { seeded } from '../support/modelFile';
import { KINDS, kindFor } from './kinds';
import { oneOf } from './random';

export interface Report {
  readonly begun?: number;
  readonly failed?: { readonly at: number; readonly error: string; readonly file: string; readonly extension: string };
  /** The kind of the case that is over. */
  readonly tried?: string;
  readonly done?: number;
}

const send = (report: Report): Promise<void> =>
  new Promise((resolve) => process.send!(report, undefined, undefined, () => resolve()));

/** A case is its number: the same seed and number give the same bytes anywhere the same seed files are. */
async function main(seed: number, from: number, to: number): Promise<void> {
  const seeds = new Map(KINDS.map((kind) => [kind, kind.seeds()]));
  for (let at = from; at < to; at++) {
    await send({ begun: at });
    const random = seeded(Math.imul(seed, 1_000_003) + Math.imul(at, 7919));
    // The first numbers of a linear congruence are alike for neighbouring seeds.
    for (let i = 0; i < 4; i++) random();
    const kind = kindFor(random);
    const files = seeds.get(kind)!;
    const bytes = kind.mutate(oneOf(random, files), files, random);
    try {
      await kind.hold(bytes, random);
    } catch (error) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      await send({
        failed: { at, error: text, file: Buffer.from(bytes).toString('base64'), extension: kind.extension },
      });
    }
    await send({ tried: kind.name });
  }
  await send({ done: to });
}

const [seed, from, to] = process.argv.slice(2).map(Number);
void main(seed!, from!, to!).then(() => process.disconnect());
