/** One picture of each chapter of the course, for its walkthrough and the gallery: `npm run pictures -- --grep course`. */
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { CHAPTERS } from '../../src/core/course/chapters';
import { clickModule, openModules, pageState } from '../e2e/harness/lens';
import { launchHost, type Session } from '../e2e/harness/session';
import { convlensFrame, runCommand, setTheme, until, type Theme } from '../e2e/harness/vscode';
import { editorBox, still } from './still';

const WALKTHROUGH = path.join(__dirname, '../../media/walkthrough');
/** Small enough that letters are read where the picture stands in half a window. */
const WINDOW = { width: 1060, height: 820 };
/** Where things stand side by side. */
const WIDE = { width: 1400, height: 860 };
/** Of layers side by side down to the numbers below their maps. */
const BESIDE = { width: 1400, height: 1060 };
/** Where the microscope draws its graph too. */
const TALL = { width: 1060, height: 1020 };

describe('pictures of the course', () => {
  let session: Session;
  let frame: Frame;
  const launch = async (theme: Theme): Promise<void> => {
    session = await launchHost();
    await session.page.setViewportSize(WINDOW);
    await runCommand(session.page, 'View: Toggle Primary Side Bar Visibility');
    await setTheme(session.page, theme);
  };

  const course = (): Locator => frame.getByRole('complementary', { name: 'Course' });
  const press = (words: string | RegExp): Promise<void> =>
    course().getByRole('button', { name: words }).first().click();
  /** Waits for the run that is started. */
  const ran = async (start: () => Promise<void>): Promise<void> => {
    const { serial } = (await pageState(frame)).run;
    await start();
    await until('the run to end', async () => {
      const { run } = await pageState(frame);
      if (run.phase === 'failed') throw new Error(run.text);
      return run.phase === 'done' && run.serial > serial ? true : undefined;
    });
  };
  /** The picture and the maps get the room of the panel. */
  const alone = (): Promise<void> => frame.locator('[aria-label="Close the course"]').click();

  /** The workbench in place of the graph. */
  const wholePage = async (): Promise<void> => {
    const docked = frame.locator('[aria-label="Use the whole page"]');
    if (await docked.isVisible()) await docked.click();
  };
  /** A module opened, as the drawings of the papers have it. */
  const opened = async (module: string): Promise<void> => {
    await clickModule(session.page, frame, module, 'chevron');
    await until(`${module} open`, async () => ((await openModules(frame)).includes(module) ? true : undefined));
    await runCommand(session.page, 'ConvLens: Fit Graph');
  };

  const sideBySide = async (): Promise<void> => {
    await ran(() => press('See them side by side on one picture'));
    await alone();
    await wholePage();
    await until('all maps', async () =>
      (await frame.getByText('Fetching the maps…').count()) === 0 ? true : undefined,
    );
    // An eye of the cat.
    const map = frame.locator('.beside-panels canvas').first();
    const { width, height } = (await map.boundingBox())!;
    await map.hover({ position: { x: 0.33 * width, y: 0.36 * height } });
  };
  /** Differences are faint beside brightness. */
  const eachItsOwn = async (): Promise<void> => {
    await sideBySide();
    await frame.getByText('each its own', { exact: true }).click();
  };
  /** On the unit in the middle. */
  const microscope = async (): Promise<void> => {
    await ran(() => press('Run it on a picture'));
    await press(/^Open the microscope/);
    await alone();
    await wholePage();
    await frame.locator('.mic-map canvas').click();
    await frame.locator('.mic:not(.waiting)').waitFor();
    // The click may have rolled them out of sight.
    await frame.locator('[data-testid=microscope-unit]').scrollIntoViewIfNeeded();
  };
  /** Of the picture, as far as it is seen. */
  const coverage = async (): Promise<void> => {
    await ran(() => runCommand(session.page, 'ConvLens: Run Sample Image'));
    await press('Open its coverage');
    await wholePage();
  };

  /** What shows a chapter's idea at a glance; the graph with the panel where nothing is said. */
  const ways: Readonly<Record<string, { readonly window?: typeof WINDOW; readonly show?: () => Promise<void> }>> = {
    '01-notation': { show: () => press('See the volumes shrink and grow') },
    '03-one-layer': { window: TALL, show: microscope },
    '04-classic-kernels': { window: BESIDE, show: eachItsOwn },
    '05-borders': { window: BESIDE, show: sideBySide },
    '06-max-pooling': { window: BESIDE, show: sideBySide },
    '07-unseen-pixels': { show: coverage },
    '08-receptive-field': { window: WIDE },
    '09-upsampling': { window: BESIDE, show: sideBySide },
    '10-dilated': { window: WIDE },
    '11-inception': { window: WIDE, show: () => opened('inception1') },
    '12-resnet18': { show: () => opened('stay1') },
  };

  for (const theme of ['dark', 'light'] as const satisfies readonly Theme[])
    describe(theme, () => {
      before(async () => {
        await launch(theme);
        await runCommand(session.page, 'ConvLens: Open Course');
        frame = await convlensFrame(session.page);
        await runCommand(session.page, 'View: Toggle Maximize Editor Group');
      });
      after(() => session.stop());
      for (const chapter of CHAPTERS)
        it(chapter.id, async () => {
          const { page } = session;
          const { window = WINDOW, show } = ways[chapter.id] ?? {};
          await page.setViewportSize(window);
          if (!(await course().isVisible())) await frame.locator('.tool[aria-label=Course]').click();
          await frame.locator('[data-testid=course-place]').click();
          await frame.locator(`[data-chapter="${chapter.id}"]`).click();
          await frame.locator('[data-testid=course-title]', { hasText: chapter.title() }).waitFor();
          await show?.();
          await page.mouse.move(0, 0);
          await still(page, path.join(WALKTHROUGH, `${chapter.id}-${theme}.webp`), await editorBox(page));
        });
    });
});
