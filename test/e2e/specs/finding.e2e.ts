import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { cameraOf, pageState } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, reloadWindow, runCommand, until } from '../harness/vscode';

interface Layer {
  readonly id: number;
  readonly name: string;
  readonly parameters: number;
  readonly sees: number | 'all' | null;
}

describe(`finding one's way (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  before(async () => {
    session = await launchHost();
    await openFile(session.page, 'architectures/resnet18.onnx');
    frame = await convlensFrame(session.page);
    await frame.locator('.app[data-drawn]').waitFor();
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  const layers = async (): Promise<readonly Layer[]> => (await pageState(frame)).scene!.nodes as unknown as Layer[];
  const selected = async (): Promise<number | null> => (await pageState(frame)).selection;

  const queries: readonly (readonly [string, (layer: Layer) => boolean])[] = [
    ['params>1M', ({ parameters }) => parameters > 1e6],
    ['rf>=224', ({ sees }) => sees === 'all' || (sees ?? 0) >= 224],
  ];
  for (const [query, fits] of queries)
    it(`walks the hits of ${query} with Enter`, async () => {
      const { page } = session;
      const expected = (await layers()).filter(fits).map(({ id }) => id);
      assert.ok(expected.length > 3 && expected.length < 40, String(expected.length));
      await frame.locator('[role=treeitem][tabindex="0"]').focus();
      await page.keyboard.press('/');
      const input = frame.locator('.find-input');
      await input.fill(query);
      await until('all hits', async () =>
        (await frame.locator('.find-count').innerText()).includes(String(expected.length)) ? true : undefined,
      );
      const walked: (number | null)[] = [];
      for (let i = 0; i < 3; i++) {
        const before = await selected();
        await page.keyboard.press('Enter');
        walked.push(
          await until('the next hit', async () => {
            const now = await selected();
            return now !== before ? now : undefined;
          }),
        );
      }
      assert.ok(
        walked.every((id) => id !== null && expected.includes(id)),
        walked.join(),
      );
      assert.equal(new Set(walked).size, 3);
      await page.keyboard.press('Escape');
      await input.waitFor({ state: 'hidden' });
    });

  it('colours by each measure, and the legend says by what', async () => {
    const legend = frame.locator('[data-testid=legend]');
    const colour = frame.locator('[data-testid=header] select[aria-label="Colour by"]');
    const measures = await colour
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
    assert.equal(measures.length, 7);
    const said = new Set<string>();
    for (const measure of measures) {
      await colour.selectOption(measure);
      said.add(
        await until(`the legend of ${measure}`, async () => {
          const text = (await legend.innerText()).trim();
          return text !== '' && !said.has(text) ? text : undefined;
        }),
      );
    }
    await colour.selectOption('family');
  });

  it('leads from a layer to the modules around it', async () => {
    const inside = (await layers()).find(({ name }) => name.includes('layer1'))!;
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await session.page.keyboard.press('/');
    await frame.locator('.find-input').fill('name:layer1.0 op:Conv');
    await session.page.keyboard.press('Enter');
    await until('a layer of the first stage', async () => ((await selected()) === null ? undefined : true));
    await session.page.keyboard.press('Escape');
    const crumbs = frame.locator('nav.crumbs');
    await crumbs.getByText('layer1', { exact: true }).click();
    await until('the module', async () => ((await selected()) === null ? true : undefined));
    const { selectedGroup, scene } = (await pageState(frame)) as unknown as {
      selectedGroup: number;
      scene: { groups: { name: string; nodes: number[] }[] };
    };
    assert.equal(scene.groups[selectedGroup]!.name, 'layer1');
    assert.ok(scene.groups[selectedGroup]!.nodes.includes(inside.id));
    // The first is the net itself.
    await crumbs.locator('.crumb').first().click();
    await until('nothing selected', async () =>
      ((await pageState(frame)) as unknown as { selectedGroup: number | null }).selectedGroup === null
        ? true
        : undefined,
    );
  });

  it('goes where the minimap is pressed', async () => {
    // So near that the frame of what is in sight is not cut off at the minimap's edges.
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    const minimap = frame.locator('.minimap:not(.hidden)');
    const shown = frame.locator('.minimap-view');
    await until('a small part of the net', async () => {
      await session.page.keyboard.press('+');
      if (!(await minimap.isVisible())) return undefined;
      return (await shown.boundingBox())!.height < (await minimap.boundingBox())!.height / 4 ? true : undefined;
    });
    const middle = async (): Promise<number> => {
      const box = (await shown.boundingBox())!;
      return box.y + box.height / 2;
    };
    const map = (await minimap.boundingBox())!;
    for (const place of [0.8, 0.3]) {
      const wanted = map.y + map.height * place;
      await session.page.mouse.click(map.x + map.width / 2, wanted);
      await until(`the view at ${String(place)} of the net`, async () =>
        Math.abs((await middle()) - wanted) < 8 ? true : undefined,
      );
    }
    await runCommand(session.page, 'ConvLens: Fit Graph');
  });

  it('has the same modules open after the window was loaded again', async () => {
    const open = (): Promise<readonly string[]> =>
      frame.evaluate(() => {
        const { openGroups, scene } = (
          globalThis as unknown as {
            __convlens: { state(): { openGroups: Iterable<number>; scene: { groups: { path: string }[] } } };
          }
        ).__convlens.state();
        return [...openGroups].map((group) => scene.groups[group]!.path).sort();
      });
    const before = await open();
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await session.page.keyboard.press('Shift+E');
    const kept = await until('a level of modules to close', async () => {
      const now = await open();
      return now.join() !== before.join() ? now : undefined;
    });
    // What is seen is kept a moment after it stands.
    await until('the camera to stand', async () => {
      const before = await cameraOf(frame);
      await session.page.waitForTimeout(600);
      return JSON.stringify(await cameraOf(frame)) === JSON.stringify(before) ? true : undefined;
    });
    await reloadWindow(session.page);
    frame = await convlensFrame(session.page);
    await frame.locator('.app[data-drawn]').waitFor();
    assert.deepEqual(await open(), kept);
  });
});
