import type { Locator, Page } from 'playwright-core';
import { settled, until } from './wait';

const explorerRows = (page: Page): Locator => page.locator('.explorer-folders-view .monaco-list-row');

/** The row of a file or folder; its label is its path, which tells it from others of its name. */
const explorerRow = (page: Page, file: string): Locator =>
  explorerRows(page)
    .and(page.locator(`[aria-level="${String(file.split('/').length)}"]`))
    .filter({ has: page.locator(`.monaco-icon-label[aria-label*=${JSON.stringify(`/${file}`)}]`) })
    .filter({ has: page.getByText(file.split('/').at(-1)!, { exact: true }) })
    .first();

/** Whether something that lies in a folder is in sight: then it is open, and filled. */
const isOpen = (page: Page, folder: string): Promise<boolean> =>
  explorerRows(page).evaluateAll(
    (rows, start) =>
      rows.some((row) => {
        const [label = ''] = (row.querySelector('.monaco-icon-label')?.getAttribute('aria-label') ?? '').split(' • ');
        const inFolder = label.split('/').slice(-Number(row.getAttribute('aria-level')));
        return inFolder.join('/').startsWith(start);
      }),
    `${folder}/`,
  );

/** A row of the Explorer; the list holds only what is in sight, so it is rolled until the row is. `filled`: it holds all it will. */
async function rollTo(page: Page, file: string, filled: boolean): Promise<Locator> {
  const row = explorerRow(page, file);
  const place = (): ReturnType<Locator['boundingBox']> => row.boundingBox({ timeout: 1000 }).catch(() => null);
  const list = page.locator('.explorer-folders-view');
  let step = 240;
  let rolled = filled;
  let under = false;
  const roll = async (by: number): Promise<void> => {
    if (!under) await list.hover({ position: { x: 40, y: 200 } });
    under = rolled = true;
    await page.mouse.wheel(0, by);
    // Lists are drawn with the next frames.
    await page.waitForTimeout(80);
  };
  await until(`${file} in the Explorer`, async () => {
    // Folders fill a moment after they were opened.
    if (!rolled) await row.waitFor({ timeout: 700 }).catch(() => undefined);
    const box = (await row.isVisible()) ? await place() : null;
    const whole = await list.boundingBox();
    if (box && whole) {
      // A row cut by an edge would be brought into view by the browser, behind the back of the list, which then takes clicks for others.
      const below = box.y + box.height - (whole.y + whole.height);
      const above = whole.y - box.y;
      if (below > 0 || above > 0) {
        await roll(below > 0 ? below + 30 : -above - 30);
        return undefined;
      }
      // A list that was rolled moves on for a moment.
      if (under) await settled(`${file} in the Explorer`, place);
      return true;
    }
    const rows = page.locator('.explorer-folders-view .monaco-list-rows');
    const before = await rows.evaluate((element) => (element as HTMLElement).style.top);
    await roll(step);
    // At an end: the other way.
    if ((await rows.evaluate((element) => (element as HTMLElement).style.top)) === before) step = -step;
    return undefined;
  });
  return row;
}

/** Finds a file in the Explorer, opening the folders on the way. */
export async function reveal(page: Page, file: string): Promise<Locator> {
  const parts = file.split('/');
  for (let depth = 1; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/');
    if (await isOpen(page, folder)) continue;
    const row = await rollTo(page, folder, false);
    if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
  }
  return rollTo(page, file, parts.length > 1 && (await isOpen(page, parts.slice(0, -1).join('/'))));
}
