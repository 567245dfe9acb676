import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { reveal } from './explorer';
import { hostKind } from './session';
import { settled, until } from './wait';
import { root } from './workspace';

export { until };

const THEMES = { dark: 'Dark Modern', light: 'Light Modern', hc: 'Dark High Contrast' } as const;
export type Theme = keyof typeof THEMES;

// The first input of the widget is a hidden checkbox.
const quickInput = (page: Page): Locator => page.locator('.quick-input-widget:visible input[type=text]');
const quickRow = (page: Page, label: string): Locator =>
  page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: label }).first();

/**
 * Opens the palette and types into it. A key pressed while the focus is on its way is lost, and the box of a question just answered
 * may still be fading, so it may take two.
 */
async function openPalette(page: Page, typed: string): Promise<void> {
  await until('the palette', async () => {
    await page.keyboard.press('F1');
    const filled = quickInput(page).fill(typed, { timeout: 4000 });
    return filled.then(
      () => true,
      () => undefined,
    );
  });
}

/** Runs a command by its title, the way a person does; the dots at its end may be left out. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await openPalette(page, `>${title}`);
  const exact = new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(…|\\.\\.\\.)?$`);
  await page.locator('.quick-input-widget:visible .monaco-list-row .label-name').filter({ hasText: exact }).click();
}

/** Listens before it asks: on a fast machine the window is there again before the command has returned. */
export async function reloadWindow(page: Page): Promise<void> {
  await Promise.all([
    page.waitForEvent('domcontentloaded', { timeout: 60_000 }),
    runCommand(page, 'Developer: Reload Window'),
  ]);
}

/** Titles of the commands of one category that the palette offers now (a `when` clause may hide some). */
export async function offeredCommands(page: Page, category: string): Promise<string[]> {
  await openPalette(page, `>${category}: `);
  // The list of before stays until the new one is made: wait until all of it fits what was typed, and stays.
  const labels = page.locator('.quick-input-widget:visible .monaco-list-row .label-name');
  const first = await settled('the palette', async () => {
    const texts = await labels.allInnerTexts();
    return texts[0]?.startsWith(category) ? texts : null;
  });
  const rows = new Set(first);
  // The list holds only what is in sight, and the first key only moves to the end of that.
  for (let turn = 0; turn < 5; turn++) {
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(200);
    (await labels.allInnerTexts()).forEach((text) => rows.add(text));
  }
  await page.keyboard.press('Escape');
  return [...rows].filter((row) => row.startsWith(`${category}: `)).map((row) => row.slice(category.length + 2));
}

/** Picks an entry of the quick pick that stands open, typing its label first; `says` tells it from others of that label. */
export async function pick(page: Page, label: string, says = label): Promise<void> {
  await quickInput(page).waitFor();
  await quickInput(page).fill(label);
  await quickRow(page, says).click();
}

/** Types into the input box that stands open and confirms. */
export async function answer(page: Page, text: string): Promise<void> {
  await quickInput(page).waitFor();
  await quickInput(page).fill(text);
  await page.keyboard.press('Enter');
}

/**
 * Takes the name that the dialog offers, once it ends like this, and returns it. The dialog is VS Code's own in both hosts; it shows
 * the folder first, and then the name in it.
 */
export async function saveAs(page: Page, ending: string): Promise<string> {
  const input = quickInput(page);
  const name = await until(`${ending} in the dialog`, async () => {
    const offered = await input.inputValue({ timeout: 1000 }).catch(() => '');
    return offered.endsWith(ending) ? offered : undefined;
  });
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
  return name;
}

export async function setTheme(page: Page, theme: Theme): Promise<void> {
  await runCommand(page, 'Preferences: Color Theme');
  await pick(page, THEMES[theme]);
  const expected = { dark: 'vs-dark', light: 'vs', hc: 'hc-black' }[theme];
  await page.locator(`.monaco-workbench.${expected}`).waitFor();
}

const isTextFallback = async (page: Page): Promise<boolean> =>
  (await page.locator('.editor-instance .monaco-editor-pane-placeholder:visible').count()) > 0;

/** What stands in the editor area, or nothing: a double-click on a list that is still rolling or filling goes nowhere. */
async function editorOpened(page: Page): Promise<'text' | 'custom' | undefined> {
  return until(
    'an editor',
    async () => {
      if (await isTextFallback(page)) return 'text' as const;
      const custom = await page.locator('.webview.ready, iframe.webview').count();
      return custom > 0 ? ('custom' as const) : undefined;
    },
    6_000,
  ).catch(() => undefined);
}

/**
 * Double-clicks a file in the Explorer, again where nothing came of it. A file opened before the extension host knows our editor
 * ends up as "binary file"; nothing tells from outside when that moment has passed, so such an editor is closed first.
 */
export async function openFile(page: Page, file: string): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    await (await reveal(page, file)).dblclick();
    const opened = await editorOpened(page);
    if (opened === 'custom') return;
    if (opened === 'text') {
      await runCommand(page, 'View: Close Editor');
      await page.waitForTimeout(1500);
    }
  }
  throw new Error(`${file} opens as nothing or as a binary file: the extension did not register its editor`);
}

async function isShown(frame: Frame): Promise<boolean> {
  // The frame with the content lies in one of VS Code's own, which is hidden along with its editor.
  const outer = frame.parentFrame();
  if (!outer) return false;
  return (await outer.frameElement()).isVisible();
}

/** The frame of the ConvLens editor in view, once it is done with its file. */
export async function convlensFrame(page: Page, timeoutMs = 60_000): Promise<Frame> {
  return until(
    'a ConvLens editor that is ready',
    async () => {
      for (const frame of page.frames()) {
        try {
          if (
            (await frame.locator('[data-convlens]:not([data-state=loading])').count()) > 0 &&
            (await isShown(frame))
          ) {
            return frame;
          }
        } catch {
          // the frame went away while it was asked
        }
      }
      return undefined;
    },
    timeoutMs,
  );
}

export async function closeEditors(page: Page): Promise<void> {
  const empty = page.locator('.editor-group-container.empty').first();
  // The keys of that command are quicker than the palette, which is there where one of them got lost.
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+w');
  const closed = await empty.waitFor({ timeout: 1500 }).then(
    () => true,
    () => false,
  );
  if (!closed) await runCommand(page, 'View: Close All Editors');
  await empty.waitFor();
  // The page of a closed editor may outlive it for a moment, and would be taken for that of the next.
  await until('the pages of closed editors to go', async () => {
    for (const frame of page.frames()) {
      const there = await frame
        .locator('[data-convlens]')
        .count()
        .catch(() => 0);
      if (there > 0 && (await isShown(frame).catch(() => false))) return undefined;
    }
    return true;
  });
}

/** Kept in artifacts/ for people to look at; the README's pictures are made from them. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = path.join(root, 'artifacts', 'screenshots');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${hostKind}-${name}.png`);
  await page.screenshot({ path: file, scale: 'device' });
  return file;
}
