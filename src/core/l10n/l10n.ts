/**
 * Texts for people in their language. The English text is the key, as with `vscode.l10n`, and one bundle serves host, core and
 * pages. Kept apart from vscode since core, pages and terminal have none.
 */
let texts: Readonly<Record<string, string>> = {};

/** From now on `t` answers from this bundle; what it lacks stays English. Call it before modules that keep texts are loaded. */
export function useTexts(bundle: Readonly<Record<string, string>>): void {
  texts = bundle;
}

/** For a worker of the page, which shares no memory with it. */
export const textsInUse = (): Readonly<Record<string, string>> => texts;

/** Texts taken apart: what stands in them and, in between, the numbers of their places. There are as many as `t` is called with. */
const takenApart = new Map<string, readonly string[]>();

/** The text in the reader's language, with `{0}`, `{1}`… put in. Args are untrusted: they are put in once and never read again. */
export function t(text: string, ...args: readonly (string | number)[]): string {
  const known = Object.hasOwn(texts, text) ? texts[text]! : text;
  if (args.length === 0) return known;
  // Said of every operator of a large net: taking the text apart each time would be felt.
  let parts = takenApart.get(known);
  if (!parts) takenApart.set(known, (parts = known.split(/\{(\d+)\}/)));
  let whole = parts[0]!;
  for (let at = 1; at < parts.length; at += 2) {
    const place = parts[at]!;
    whole += String(args[Number(place)] ?? `{${place}}`) + parts[at + 1]!;
  }
  return whole;
}
