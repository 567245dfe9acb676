import type { Model } from './ir/types';

/** How the places of files are told: paths on the terminal, addresses in the editor. */
interface Places<P> {
  /** The place of a file that the model names, from the folder of its own. */
  readonly beside: (name: string) => P;
  /** The same for all ways to one file, links among them; null where there is none. */
  readonly real: (place: P) => Promise<string | null>;
}

/** What a new file would take the place of: the model it is made of, or a file with weights of that; null for neither. */
export async function partOverwritten<P>(
  { externalFiles }: Pick<Model, 'externalFiles'>,
  source: P,
  target: P,
  { beside, real }: Places<P>,
): Promise<'model' | 'weights' | null> {
  const there = await real(target);
  if (there === null) return null;
  if (there === (await real(source))) return 'model';
  for (const name of externalFiles ?? []) if (there === (await real(beside(name)))) return 'weights';
  return null;
}
