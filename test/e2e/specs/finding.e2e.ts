import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { clickModule, nodeIndex, openModules, pageState, placesSeen, untilKept } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, reloadWindow, until } from '../harness/vscode';

interface Layer {
  readonly id: number;
  readonly name: string;
  readonly parameters: number;
  readonly sees: number | 'all' | null;
}

interface Asked {
  readonly query: string;
  readonly hits: readonly number[];
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
  const asked = async (): Promise<Asked> => ((await pageState(frame)) as unknown as { readonly find: Asked }).find;

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
      // By the pointer: the last one of the list.
      const last = frame.locator('.find-hit[role=option]').last();
      await last.click();
      await until('the hit that was clicked', async () => {
        const now = await selected();
        return now !== walked[2] && now !== null && expected.includes(now) ? true : undefined;
      });
      await page.keyboard.press('Escape');
      await input.waitFor({ state: 'hidden' });
    });

  it('knows every word of its language', async () => {
    const { page } = session;
    // ResNet-18: 20 convolutions, 17 ReLUs, 8 sums, two poolings, a flatten and a fully connected layer; its weights are made by operators
    // that are folded away.
    const counts: Readonly<Record<string, number>> = {
      'op:Conv': 20,
      'op:Conv kernel:3': 16,
      'op:Conv stride:2': 7,
      '-op:Conv -op:Relu -op:Add': 4,
      'family:pooling': 2,
      'family:pooling dtype:float32': 2,
      'name:layer4 op:Conv': 5,
      'channels=512 op:Conv': 5,
      'op:Add out:512x7x7': 2,
      'op:Conv in:3x224x224': 1,
      'tensor:layer2 op:Add': 2,
      'op:Conv sees<=11': 1,
      'op:Gemm macs<1M': 1,
      'memory>3M': 2,
      'conv1 op:Conv': 9,
    };
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('Control+f');
    const input = frame.locator('.find-input');
    const found: Record<string, number> = {};
    for (const query of Object.keys(counts)) {
      await input.fill(query);
      found[query] = (
        await until(query, async () => {
          const now = await asked();
          return now.query === query ? now : undefined;
        })
      ).hits.length;
    }
    assert.deepEqual(found, counts);

    // What cannot be walked to is no hit, until it is unfolded: by keyboard, and folded again by the pointer.
    await input.fill('op:ConstantOfShape');
    const folded = frame.locator('[data-testid=find-folded]', { hasText: /^42 folded away/ });
    await folded.press('Enter');
    await until('42 hits', async () => ((await asked()).hits.length === 42 ? true : undefined));
    await frame.locator('[data-testid=header] button[aria-label="Modules"]').click();
    await frame.locator('[role^=menuitem]', { hasText: 'Show shape plumbing' }).click();
    await folded.waitFor();
    await input.fill('');
    await input.press('Escape');
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
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await session.page.keyboard.press('c');
    await until('the next measure', async () =>
      (await colour.evaluate((element) => (element as HTMLSelectElement).value)) === measures[1] ? true : undefined,
    );
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
    // The first is the net itself; by keyboard.
    await crumbs.locator('.crumb').first().press('Enter');
    await until('nothing selected', async () =>
      ((await pageState(frame)) as unknown as { selectedGroup: number | null }).selectedGroup === null
        ? true
        : undefined,
    );
  });

  it('opens and closes modules, one, a level and all, by the pointer and by keys', async () => {
    const { page } = session;
    const usual = await openModules(frame);
    const opened = (what: string, fits: (paths: readonly string[]) => boolean): Promise<readonly string[]> =>
      until(what, async () => {
        const now = await openModules(frame);
        return fits(now) ? now : undefined;
      });
    const choose = async (entry: string): Promise<void> => {
      await frame.locator('[data-testid=header] [aria-label=Modules]').click();
      await frame.locator('[role=menuitem]', { hasText: entry }).click();
    };
    await choose('Close all');
    await opened('all closed', (paths) => paths.length === 0);
    await clickModule(page, frame, 'layer1', 'chevron');
    await opened('the module that was clicked', (paths) => paths.join() === 'layer1');
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('Shift+E');
    await opened('that level closed', (paths) => paths.length === 0);

    await clickModule(page, frame, 'layer2', 'box');
    const told = frame.locator('[role=tree] [role=treeitem][data-group]', { hasText: 'Module layer2,' });
    assert.equal(await told.getAttribute('aria-expanded'), 'false');
    assert.equal(await told.getAttribute('aria-level'), '1');
    await page.keyboard.press('Enter');
    await opened('the module by a key', (paths) => paths.join() === 'layer2');
    await until('a reader to be told', async () =>
      (await told.getAttribute('aria-expanded')) === 'true' ? true : undefined,
    );
    await page.keyboard.press('Backspace');
    await opened('the module closed by a key', (paths) => paths.length === 0);
    await page.keyboard.press('e');
    await opened('the level', (paths) => paths.join() === 'layer1,layer2,layer3,layer4');
    await choose('Open all');
    await opened('all of them', (paths) => paths.length === 4 + 8);
    await choose('As at first');
    await opened('those of the beginning', (paths) => paths.join() === usual.join());
  });

  it('stays whole at 200 % zoom, and moves at once for who asks for less motion', async () => {
    const { page } = session;
    const screen = await page.context().newCDPSession(page);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    try {
      // What zooming in a browser does to the page: half the pixels, each of them twice as large.
      await screen.send('Emulation.setDeviceMetricsOverride', {
        width: 720,
        height: 450,
        deviceScaleFactor: 2,
        mobile: false,
      });
      await until('a stage of twice the pixels', () =>
        frame.locator('[data-testid=stage]').evaluate((element) => {
          const canvas = element as HTMLCanvasElement;
          const { width } = canvas.getBoundingClientRect();
          return width > 0 && Math.abs(canvas.width - 2 * width) <= 2 ? true : undefined;
        }),
      );
      const cut = await frame.evaluate(() => ({
        across: document.documentElement.scrollWidth - innerWidth,
        buttons: [...document.querySelectorAll<HTMLElement>('[data-testid=header] button, [data-testid=run]')]
          .map((button) => button.getBoundingClientRect())
          .filter(({ width, right, bottom }) => width > 0 && (right > innerWidth + 1 || bottom > innerHeight + 1))
          .length,
      }));
      assert.deepEqual(cut, { across: 0, buttons: 0 });

      await frame.locator('[role=treeitem][tabindex="0"]').focus();
      const before = (await openModules(frame)).join();
      const seen = placesSeen(frame, await nodeIndex(frame, 'MaxPool'));
      await page.keyboard.press('Shift+E');
      await until('a level to close', async () => ((await openModules(frame)).join() === before ? undefined : true));
      const places = await seen;
      assert.ok(places.length <= 2, `it was seen on its way: ${places.join(' ')}`);
      await page.keyboard.press('e');
    } finally {
      await screen.send('Emulation.clearDeviceMetricsOverride');
      await screen.detach();
      await page.emulateMedia({ reducedMotion: null });
      await page.setViewportSize({ width: 1440, height: 899 });
      await page.setViewportSize({ width: 1440, height: 900 });
    }
  });

  it('has the same modules open after the window was loaded again', async () => {
    const open = (): Promise<readonly string[]> => openModules(frame);
    const before = await open();
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await session.page.keyboard.press('Shift+E');
    const kept = await until('a level of modules to close', async () => {
      const now = await open();
      return now.join() !== before.join() ? now : undefined;
    });
    await untilKept(frame);
    await reloadWindow(session.page);
    frame = await convlensFrame(session.page);
    await frame.locator('.app[data-drawn]').waitFor();
    assert.deepEqual(await open(), kept);
  });
});
