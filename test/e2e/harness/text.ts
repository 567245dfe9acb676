import type { Page } from 'playwright-core';
import { reveal } from './explorer';
import { runCommand, until } from './vscode';

/** Text as a person reads it in the editor: blanks are no-break there, hints are part of their lines. */
const read = (text: string): string => text.replace(/[\u200b-\u200d]/g, '').replace(/[^\S\n]/g, ' ');

/** Opens a file in the text editor by a double-click in the Explorer, and waits until its language is known. */
export async function openText(page: Page, file: string): Promise<void> {
  const name = file.split('/').at(-1)!;
  const tab = page.locator('.tab.active', { hasText: name });
  await until(`${file} as text`, async () => {
    await (await reveal(page, file)).dblclick();
    await tab.waitFor({ timeout: 4000 }).catch(() => undefined);
    return (await tab.count()) > 0 ? true : undefined;
  });
  await page.locator('.statusbar-item', { hasText: 'ConvLens definition' }).waitFor();
}

/** Lines of the text in front that can be seen, with the hints behind them. */
export async function shownLines(page: Page): Promise<string[]> {
  const lines = await page.locator('.editor-instance:visible .view-lines .view-line').evaluateAll((all) =>
    all
      .map((line) => ({ top: Number.parseFloat((line as HTMLElement).style.top), text: line.textContent }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
  return lines.map((line) => read(line).trimEnd());
}

/** Waits until a line reads like this. */
export const lineLike = (page: Page, pattern: RegExp): Promise<string> =>
  until(`a line like ${String(pattern)}`, async () => (await shownLines(page)).find((line) => pattern.test(line)));

/** Puts the cursor of the text at the left before a column of a line, both counted from 1; it has the focus afterwards. */
export async function putCursor(page: Page, line: number, column: number): Promise<void> {
  await runCommand(page, 'View: Focus First Editor Group');
  await page.keyboard.press('Control+g');
  const input = page.locator('.quick-input-widget:visible input[type=text]');
  await input.fill(`:${String(line)}:${String(column)}`);
  await page.keyboard.press('Enter');
  await page
    .locator('.quick-input-widget:visible')
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
}

/** Types in place of so many characters behind the cursor. */
export async function typeOver(page: Page, characters: number, text: string): Promise<void> {
  for (let i = 0; i < characters; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.type(text, { delay: 40 });
}

/** `line:column`, as the status bar has it. */
export async function cursorAt(page: Page): Promise<string> {
  const text = await page.locator('.statusbar-item[id="status.editor.selection"]').innerText();
  const [, line = '', column = ''] = /Ln (\d+), Col (\d+)/.exec(text) ?? [];
  return `${line}:${column}`;
}

/** Words over a line that can be clicked, and those that only tell. */
export const lenses = async (page: Page): Promise<string[]> =>
  (await page.locator('.editor-instance:visible .codelens-decoration').allInnerTexts()).map((text) => read(text));

/** Takes a remedy from the list of the light bulb. */
export async function quickFix(page: Page, title: string): Promise<void> {
  const item = page.locator('.action-widget .monaco-list-row', { hasText: title });
  await until(`the quick fix “${title}”`, async () => {
    await page.keyboard.press('Control+.');
    await item.waitFor({ timeout: 3000 }).catch(() => undefined);
    if ((await item.count()) > 0) return true;
    await page.keyboard.press('Escape');
    return undefined;
  });
  // The list takes keys only: what covers the editor meanwhile takes the clicks.
  const focused = page.locator('.action-widget .monaco-list-row.focused', { hasText: title });
  for (let step = 0; step < 8 && (await focused.count()) === 0; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
