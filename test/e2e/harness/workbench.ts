import type { Frame, Locator, Page } from 'playwright-core';
import { reveal } from './explorer';
import { runCommand, until } from './vscode';

/** The totals in VS Code's own status bar; '' while there are none. */
export async function statusTotals(page: Page): Promise<string> {
  const item = page.locator('.statusbar-item[id*="convlens.totals"]:visible');
  return (await item.count()) > 0 ? (await item.first().innerText()).replace(/\s+/g, ' ').trim() : '';
}

/** What the Problems panel lists, once it lists something. */
export async function listedProblems(page: Page): Promise<string[]> {
  await runCommand(page, 'Problems: Focus on Problems View');
  const rows = page.locator('.markers-panel .monaco-list-row .marker-message-details-container');
  await rows.first().waitFor();
  const texts = await rows.allInnerTexts();
  await runCommand(page, 'View: Hide Panel');
  return texts.map((text) => text.replace(/\s+/g, ' '));
}

/** Frames of all ConvLens editors that can be seen now, from left to right. */
export async function shownFrames(page: Page): Promise<Frame[]> {
  const found: { readonly frame: Frame; readonly left: number }[] = [];
  for (const frame of page.frames()) {
    try {
      if ((await frame.locator('[data-convlens]:not([data-state=loading])').count()) === 0) continue;
      const box = await (await frame.parentFrame()!.frameElement()).boundingBox();
      if (box && (await (await frame.parentFrame()!.frameElement()).isVisible())) found.push({ frame, left: box.x });
    } catch {
      // the frame went away while it was asked
    }
  }
  return found.sort((a, b) => a.left - b.left).map(({ frame }) => frame);
}

export const framesOf = (page: Page, count: number): Promise<Frame[]> =>
  until(`${String(count)} ConvLens editors side by side`, async () => {
    const frames = await shownFrames(page);
    return frames.length === count ? frames : undefined;
  });

/** Titles of the buttons in the title bar of the editor in front, as a person reads them in their tooltips. */
export async function titleButtons(page: Page): Promise<string[]> {
  const actions = page.locator('.editor-group-container.active .title .editor-actions .action-label:visible');
  const labels = await actions.evaluateAll((all) => all.map((label) => label.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.replace(/ \(.*\)$/, '')).filter(Boolean);
}

export async function notification(page: Page, text: string): Promise<void> {
  await page.locator('.notification-list-item-message', { hasText: text }).first().waitFor();
}

/** The context menu of a file in the Explorer. */
export async function menuOf(page: Page, file: string): Promise<Locator> {
  await (await reveal(page, file)).click({ button: 'right' });
  const menu = page.locator('.monaco-menu:visible');
  await menu.waitFor();
  // A menu swallows the click that comes in the moment it opens.
  await page.waitForTimeout(400);
  return menu;
}
