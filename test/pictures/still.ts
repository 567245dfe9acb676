/** Small pictures of what stands in an editor: WebP, a fifth of what PNG takes. */
import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** Of 100: letters stay sharp, and all pictures of the walkthroughs fit into a package of a bounded size. */
const QUALITY = 60;

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the page in the editor in front. */
export async function editorBox(page: Page): Promise<Clip> {
  const box = await page.locator('iframe.webview.ready').first().boundingBox();
  if (!box) throw new Error('nothing stands in the editor');
  return box;
}

/** Of all editors, with their tabs. */
export async function editorsBox(page: Page): Promise<Clip> {
  return (await page.locator('.part.editor').boundingBox())!;
}

export async function still(page: Page, path: string, clip: Clip): Promise<void> {
  // Pictures that fade in are to be seen whole.
  await page.waitForTimeout(1500);
  const window = page.viewportSize();
  if (!window) throw new Error('the window has no size');
  // What lies beyond it is white.
  const [width, height] = [Math.min(clip.width, window.width - clip.x), Math.min(clip.height, window.height - clip.y)];
  const devtools = await page.context().newCDPSession(page);
  const { data } = await devtools.send('Page.captureScreenshot', {
    format: 'webp',
    quality: QUALITY,
    clip: { ...clip, width, height, scale: 1 },
  });
  await devtools.detach();
  await writeFile(path, Buffer.from(data, 'base64'));
}
