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

/** The text in the reader's language, with `{0}`, `{1}`… put in. Args are untrusted: they are put in once and never read again. */
export function t(text: string, ...args: readonly (string | number)[]): string {
  const known = Object.hasOwn(texts, text) ? texts[text]! : text;
  return args.length === 0
    ? known
    : known.replace(/\{(\d+)\}/g, (place, index: string) => String(args[Number(index)] ?? place));
}
