/** One picture of each sample that is a net of its own, in a real VS Code: `npm run pictures -- --grep samples`. */
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { SAMPLE_DEFINITIONS, SAMPLE_MODELS, type Sample } from '../../src/host/samples/manifest';
import { clickNode, nodeIndex, pageState } from '../e2e/harness/lens';
import { launchHost, type Session } from '../e2e/harness/session';
import { openText } from '../e2e/harness/text';
import { closeEditors, convlensFrame, openFile, runCommand, setTheme, until } from '../e2e/harness/vscode';
import { editorBox, editorsBox, still } from './still';

const FOLDER = path.join(__dirname, '../../docs/gallery');
const WINDOW = { width: 1240, height: 820 };
/** A text and its graph beside each other. */
const WIDE = { width: 1600, height: 900 };

/** `vgg16`, `vgg16-text`: a net may be there as a model and as text. */
const nameOf = ({ path: file, kind }: Sample): string =>
  path.basename(file).replace(/(\.cnn)?\.\w+$/, kind === 'zoo' ? '-text' : '');

describe('pictures of the samples', () => {
  let session: Session;
  before(async () => {
    session = await launchHost();
    await setTheme(session.page, 'light');
  });
  after(() => session.stop());
  afterEach(() => closeEditors(session.page));

  const toggleSideBar = (): Promise<void> => runCommand(session.page, 'View: Toggle Primary Side Bar Visibility');
  /** What was learnt is seen in its maps. */
  const ran = async (frame: Frame): Promise<void> => {
    const { page } = session;
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 1));
    await runCommand(page, 'ConvLens: Run Sample Image');
    await until('the run to end', async () => ((await pageState(frame)).run.phase === 'done' ? true : undefined));
    await frame.locator('[aria-label="Use the whole page"]').click();
    await frame.locator('[data-testid=maps] canvas[data-channel]').first().waitFor();
  };

  for (const sample of [...SAMPLE_MODELS, ...SAMPLE_DEFINITIONS]) {
    const { path: file, kind } = sample;
    // The course has pictures of its own; the narrow nets look as the full ones.
    if (kind === 'lecture' || kind === 'narrow') continue;
    const isText = kind === 'zoo';
    it(file, async () => {
      const { page } = session;
      await page.setViewportSize(isText ? WIDE : WINDOW);
      await (isText ? openText : openFile)(page, file);
      await toggleSideBar();
      if (isText) await runCommand(page, 'ConvLens: Open Graph to the Side');
      const frame = await convlensFrame(page);
      if (kind === 'trained') await ran(frame);
      await page.mouse.move(0, 0);
      await still(page, path.join(FOLDER, `${nameOf(sample)}.webp`), await (isText ? editorsBox : editorBox)(page));
      await toggleSideBar();
    });
  }
});
