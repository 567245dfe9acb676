import type { Frame, Page } from 'playwright-core';
import { settled, until } from './wait';

/** What the page's state says, as far as tests look at it. */
interface PageState {
  readonly phase: 'loading' | 'ready' | 'error';
  readonly scene: {
    readonly header: { readonly operators: number; readonly parameters: number; readonly macs: number | null };
    readonly nodes: readonly { readonly id: number; readonly op: string; readonly name: string }[];
  } | null;
  readonly selection: number | null;
  readonly thumbnails: boolean;
  readonly mode: 'graph' | 'workbench';
  readonly run: {
    readonly phase: string;
    readonly text: string;
    readonly provider: string | null;
    readonly serial: number;
    /** File name of the picture. */
    readonly image: string | null;
    /** By how far each layer is apart from the run that is kept. */
    readonly differences:
      | readonly {
          readonly node: number;
          readonly numbers: {
            readonly largest: number;
            readonly mean: number;
            readonly relative: number | null;
            readonly cosine: number | null;
          } | null;
        }[]
      | null;
  };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The hook the page offers to tests; everything else about it is looked at from outside. */
interface LensWindow {
  readonly __convlens: {
    nodeScreenBox(node: number): Box | null;
    groupScreenBox(group: number): Box | null;
    bringIntoSight(node: number): void;
    state(): unknown;
    camera(): unknown;
    kept(): unknown;
    mapValues(channel: number): ArrayLike<number>;
  };
}

export const pageState = (frame: Frame): Promise<PageState> =>
  frame.evaluate(() => (globalThis as unknown as LensWindow).__convlens.state()) as Promise<PageState>;

interface SceneFacts {
  readonly phase: string;
  readonly operators: number;
  readonly macs: number | null;
  readonly input: string;
  readonly drawn: number;
  readonly problems: readonly { readonly severity: string; readonly code: string; readonly message: string }[];
}

/** What is known of the model as a whole, without its nodes: those of a big one would take seconds to hand over. */
export const sceneFacts = (frame: Frame): Promise<SceneFacts> =>
  frame.evaluate(() => {
    type Scene = Pick<SceneFacts, 'problems'> & {
      readonly header: Pick<SceneFacts, 'operators' | 'macs' | 'input'>;
      readonly nodes: readonly unknown[];
    };
    const state = (globalThis as unknown as LensWindow).__convlens.state() as { phase: string; scene: Scene };
    const { header, nodes, problems } = state.scene;
    const { operators, macs, input } = header;
    return { phase: state.phase, operators, macs, input, drawn: nodes.length, problems };
  });

export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Where one looks. */
export const cameraOf = (frame: Frame): Promise<Camera> =>
  frame.evaluate(() => (globalThis as unknown as { __convlens: { camera(): Camera } }).__convlens.camera());

/** Waits until what stands now is what would stand again after the window was loaded anew. */
export const untilKept = (frame: Frame): Promise<true> =>
  until('what is seen to be kept', () =>
    frame.evaluate(() => {
      const page = (globalThis as unknown as LensWindow).__convlens;
      const kept = page.kept() as { camera: unknown; selection: string | null; open: readonly string[] } | undefined;
      const { selection, scene, openGroups } = page.state() as {
        selection: number | null;
        scene: { nodes: { name: string }[]; groups: { path: string }[] };
        openGroups: Iterable<number>;
      };
      const now = {
        camera: page.camera(),
        selection: selection === null ? null : scene.nodes[selection]!.name,
        open: [...openGroups].map((group) => scene.groups[group]!.path),
      };
      const same =
        JSON.stringify(now) ===
        JSON.stringify(kept && { camera: kept.camera, selection: kept.selection, open: kept.open });
      return same ? true : undefined;
    }),
  );

/** Values of one channel of the layer whose maps are in view. */
export const mapValues = (frame: Frame, channel: number): Promise<number[]> =>
  frame.evaluate((wanted) => Array.from((globalThis as unknown as LensWindow).__convlens.mapValues(wanted)), channel);

const boxOf = (frame: Frame, node: number): Promise<Box | null> =>
  frame.evaluate((wanted) => (globalThis as unknown as LensWindow).__convlens.nodeScreenBox(wanted), node);

/** The index of a node by its operator and its place among those of that operator. */
export async function nodeIndex(frame: Frame, op: string, nth = 0): Promise<number> {
  const { scene } = await pageState(frame);
  const found = scene?.nodes.filter((node) => node.op === op)[nth];
  if (!found) throw new Error(`no ${op} number ${String(nth)} in the scene`);
  return found.id;
}

/** From a place in the frame to that in the page; the frame lies somewhere inside the window. */
async function inWindow(frame: Frame, { x, y }: { x: number; y: number }): Promise<{ x: number; y: number }> {
  const stage = frame.locator('[data-testid=stage]');
  const [inPage, inFrame] = [
    await stage.boundingBox(),
    await stage.evaluate((element) => element.getBoundingClientRect().toJSON() as Box),
  ];
  if (!inPage) throw new Error('the stage is not in view');
  return { x: inPage.x - inFrame.x + x, y: inPage.y - inFrame.y + y };
}

/** The middle of a node in the page's coordinates. */
async function middleOf(frame: Frame, node: number): Promise<{ x: number; y: number }> {
  const box = await settled(
    `node ${String(node)}`,
    () => boxOf(frame, node),
    // Off the stage: pan there, as one would.
    () => frame.evaluate((wanted) => (globalThis as unknown as LensWindow).__convlens.bringIntoSight(wanted), node),
  );
  return inWindow(frame, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
}

/** Paths of the modules that are open, in the order of the alphabet. */
export const openModules = (frame: Frame): Promise<string[]> =>
  frame.evaluate(() => {
    const { openGroups, scene } = (globalThis as unknown as LensWindow).__convlens.state() as {
      openGroups: Iterable<number>;
      scene: { groups: { path: string }[] };
    };
    return [...openGroups].map((group) => scene.groups[group]!.path).sort();
  });

/** Clicks a closed module that is in sight: on its chevron, or in its middle. */
export async function clickModule(page: Page, frame: Frame, name: string, on: 'chevron' | 'box'): Promise<void> {
  const box = await settled(`module ${name}`, () =>
    frame.evaluate((wanted) => {
      const page = (globalThis as unknown as LensWindow).__convlens;
      const { groups } = (page.state() as { scene: { groups: { name: string }[] } }).scene;
      return page.groupScreenBox(groups.findIndex((group) => group.name === wanted));
    }, name),
  );
  const x = on === 'chevron' ? box.x + Math.min(10, box.width / 16) : box.x + box.width / 2;
  const place = await inWindow(frame, { x, y: box.y + box.height / 2 });
  await page.mouse.click(place.x, place.y);
}

/** Where a node is drawn from now on, frame by frame, until it has stood still for a while after it moved: each place once. */
export const placesSeen = (frame: Frame, node: number): Promise<string[]> =>
  frame.evaluate(async (wanted) => {
    const seen: string[] = [];
    for (let still = 0; still < (seen.length > 1 ? 20 : 200); still++) {
      const { x = 0, y = 0 } = (globalThis as unknown as LensWindow).__convlens.nodeScreenBox(wanted) ?? {};
      const now = `${String(Math.round(x))},${String(Math.round(y))}`;
      if (now !== seen.at(-1)) {
        seen.push(now);
        still = 0;
      }
      await new Promise(requestAnimationFrame);
    }
    return seen;
  }, node);

export async function hoverNode(page: Page, frame: Frame, node: number): Promise<void> {
  const { x, y } = await middleOf(frame, node);
  // two steps: a pointer that appears on a node without having moved is none
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
}

export async function clickNode(page: Page, frame: Frame, node: number): Promise<void> {
  const { x, y } = await middleOf(frame, node);
  await page.mouse.click(x, y);
}

/** Selects a node and comes, by keys, as near as boxes wear maps; tells by how much it moved on the way, px. */
export async function nearTo(page: Page, frame: Frame, node: number): Promise<number> {
  await clickNode(page, frame, node);
  const from = JSON.stringify(await cameraOf(frame));
  await page.keyboard.press('0');
  await until('the camera to set out', async () => (JSON.stringify(await cameraOf(frame)) === from ? undefined : true));
  const before = await middleOf(frame, node);
  for (let step = 0; step < 4; step++) await page.keyboard.press('+');
  await until('the closest level', async () => ((await cameraOf(frame)).zoom > 1.5 ? true : undefined));
  const { x, y } = await middleOf(frame, node);
  return Math.hypot(x - before.x, y - before.y);
}

interface Worn extends Box {
  readonly channel: number;
  /** Red, green and blue in the middle of each of its values, row by row. */
  readonly pixels: readonly (readonly [number, number, number])[];
}

/** What is painted where a node wears its maps, of 10×10 values each; none while it wears none. */
export async function wornMaps(frame: Frame, node: number): Promise<Worn[]> {
  const places = await frame.evaluate(
    (wanted) =>
      (
        globalThis as unknown as { __convlens: { thumbnails(node: number): (Box & { channel: number })[] } }
      ).__convlens.thumbnails(wanted),
    node,
  );
  return Promise.all(places.map(async (place) => ({ ...place, pixels: await pixelsIn(frame, place) })));
}

/** Colours of the stage at the middles of a grid of 10 by 10 in a box of it. */
export const pixelsIn = (frame: Frame, { x, y, width, height }: Box): Promise<[number, number, number][]> =>
  frame.evaluate(
    ([left, top, wide, high]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=stage]')!;
      const ratio = canvas.width / canvas.getBoundingClientRect().width;
      const context = canvas.getContext('2d')!;
      return Array.from({ length: 100 }, (_, at) => {
        const px = (left + ((at % 10) + 0.5) * (wide / 10)) * ratio;
        const py = (top + (Math.floor(at / 10) + 0.5) * (high / 10)) * ratio;
        const [red, green, blue] = context.getImageData(Math.floor(px), Math.floor(py), 1, 1).data;
        return [red!, green!, blue!] as [number, number, number];
      });
    },
    [x, y, width, height] as const,
  );

/** Text as a person reads it: thousands are set apart with narrow spaces, which a comparison should not have to know. */
export const plain = (text: string): string =>
  text
    .replace(/(\d)[\s\u2009\u202f\u00a0](?=\d{3}(\D|$))/g, '$1')
    .replace(/[\s\u2009\u202f\u00a0]+/g, ' ')
    .trim();

export async function textOf(frame: Frame, testId: string): Promise<string> {
  const element = frame.locator(`[data-testid=${testId}]`);
  await element.waitFor();
  return plain((await element.innerText()).replace(/\n/g, ' | '));
}

/** Starts a run on one of the pictures offered and waits for its end. */
export async function runPicture(page: Page, frame: Frame, picture: string): Promise<void> {
  const before = (await pageState(frame)).run;
  await frame.locator('[data-testid=run]').click();
  await frame.locator(`[data-image="${picture}"]`).first().click();
  await until(
    `the run on ${picture} to end`,
    async () => {
      const { run } = await pageState(frame);
      if (run.phase === 'failed') throw new Error(`the run failed: ${run.text}`);
      return run.phase === 'done' && run.serial > before.serial ? run : undefined;
    },
    120_000,
  );
  await page.mouse.move(0, 0);
}
