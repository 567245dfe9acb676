import assert from 'node:assert/strict';
import type { Frame, Page } from 'playwright-core';
import { cameraOf, clickNode, hoverNode, nodeIndex, pageState } from './lens';
import { until } from './vscode';
import { shownFrames } from './workbench';

/** What must survive: the layer that is selected, and from how near it is looked at. */
interface Look {
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
  let last = 0;
  const zoom = await until('the camera to stand', async () => {
    const now = (await cameraOf(frame)).zoom;
    const stands = now === last;
    last = now;
    return stands ? now : undefined;
  });
  await page.waitForTimeout(400);
  return { node, zoom };
}

export async function expectKept(frame: Frame, kept: Look): Promise<void> {
  await until('the selection of before', async () =>
    (await pageState(frame)).selection === kept.node ? true : undefined,
  );
  const { zoom } = await cameraOf(frame);
  assert.ok(Math.abs(zoom / kept.zoom - 1) < 0.01, `zoom ${String(zoom)} was ${String(kept.zoom)}`);
}

/** The page in view, once a host answers it: what the card of a layer that is not selected says is worked out there. */
export const servedFrame = (page: Page): Promise<Frame> =>
  until(
    'a page that is served',
    async () => {
      const [frame] = await shownFrames(page);
      if (!frame || !(await pageState(frame)).scene) return undefined;
      await hoverNode(page, frame, await nodeIndex(frame, 'Conv', 0));
      const card = frame.locator('[data-testid=hover-card]');
      return (await card.count()) > 0 && /\bOut\b/.test(await card.innerText()) ? frame : undefined;
    },
    90_000,
  );
