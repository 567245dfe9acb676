import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { cameraOf, clickNode, hoverNode, nodeIndex, pageState, untilKept } from './lens';
import { settled, until } from './wait';
import { shownFrames } from './workbench';

/** What must survive: the layer that is selected, and from how near it is looked at. */
export interface Look {
  readonly node: number;
  readonly zoom: number;
}

/** Selects the second convolution and looks at it from near. */
export async function lookAt(page: Page, frame: Frame): Promise<Look> {
  const node = await nodeIndex(frame, 'Conv', 1);
  await clickNode(page, frame, node);
  const before = await cameraOf(frame);
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await until('a nearer look', async () => ((await cameraOf(frame)).zoom > before.zoom * 1.2 ? true : undefined));
  // The camera glides, and what is seen is kept a moment after it stands.
  const zoom = await settled('the camera', async () => (await cameraOf(frame)).zoom);
  await untilKept(frame);
  return { node, zoom };
}

export async function expectKept(frame: Frame, kept: Look): Promise<void> {
  await until('the selection of before', async () =>
    (await pageState(frame)).selection === kept.node ? true : undefined,
  );
  const { zoom } = await cameraOf(frame);
  assert.ok(Math.abs(zoom / kept.zoom - 1) < 0.01, `zoom ${String(zoom)} was ${String(kept.zoom)}`);
}

/** The page in view with this heading; one that is going or coming has another or none. */
async function titled(page: Page, title: string): Promise<Frame | undefined> {
  for (const frame of await shownFrames(page)) {
    const heading = frame.locator('h1');
    if ((await heading.count()) > 0 && (await heading.first().innerText()).trim() === title) return frame;
  }
  return undefined;
}

export const frameTitled = (page: Page, title: string): Promise<Frame> =>
  until(`the page of ${title}`, () => titled(page, title));

/** That page, once a host answers it: what the card of a layer that is not selected says is worked out there. */
export const servedFrame = (page: Page, title: string): Promise<Frame> =>
  until(
    `a page of ${title} that is served`,
    async () => {
      const frame = await titled(page, title);
      if (!frame || !(await pageState(frame)).scene) return undefined;
      await hoverNode(page, frame, await nodeIndex(frame, 'Conv', 0));
      const card = frame.locator('[data-testid=hover-card]');
      return (await card.count()) > 0 && /\bOut\b/.test(await card.innerText()) ? frame : undefined;
    },
    90_000,
  );
