/** The pictures of the README and of the walkthrough, taken in a real VS Code: `npm run pictures`. */
import path from 'node:path';
import { clickNode, hoverNode, nodeIndex, runPicture } from '../e2e/harness/lens';
import { launchHost, type Session } from '../e2e/harness/session';
import { residual } from '../e2e/harness/nets';
import { openText, putCursor } from '../e2e/harness/text';
import { closeEditors, convlensFrame, openFile, runCommand, setTheme, type Theme } from '../e2e/harness/vscode';
import { editorBox, still } from './still';

const FOLDER = path.join(__dirname, '../../media/pictures');
const WALKTHROUGH = path.join(__dirname, '../../media/walkthrough');
/** The walkthrough shows its pictures half as wide as a window. */
const CARD = { width: 760, height: 520 };
const stepPicture = (name: string, theme: Theme): string => path.join(WALKTHROUGH, `${name}-${theme}.webp`);

describe('pictures', () => {
  let session: Session;
  before(async () => {
    session = await launchHost({ extras: { 'residual.cnn.yaml': { text: residual(224, 128) } } });
    await runCommand(session.page, 'View: Toggle Primary Side Bar Visibility').catch(() => undefined);
    await runCommand(session.page, 'View: Toggle Primary Side Bar Visibility').catch(() => undefined);
  });
  after(() => session.stop());
  afterEach(() => closeEditors(session.page));

  const take = async (name: string, theme: Theme): Promise<void> => {
    // Pictures that fade in are to be seen whole.
    await session.page.waitForTimeout(1500);
    await session.page.screenshot({ path: path.join(FOLDER, `${name}-${theme}.png`) });
  };

  /** A part of the window, `left` and `top` of the editor's content, in the walkthrough. */
  const cut = async (name: string, theme: Theme, left = 0, top = 0): Promise<void> => {
    const { x, y } = await editorBox(session.page);
    await still(session.page, stepPicture(name, theme), { x: x + left, y: y + top, ...CARD });
  };

  const graph = (theme: Theme) => async (): Promise<void> => {
    const { page } = session;
    await setTheme(page, theme);
    await openFile(page, 'architectures/resnet18.onnx');
    const frame = await convlensFrame(page);
    await hoverNode(page, frame, await nodeIndex(frame, 'Conv', 2));
    await frame.locator('[data-testid=hover-card]').waitFor();
    await take('graph', theme);
    await cut('hover', theme, 240, 200);
    await page.mouse.move(0, 0);
    await cut('open', theme);
  };
  it('the graph with a card, dark', graph('dark'));
  it('the graph with a card, light', graph('light'));

  it('the inspector', async () => {
    const { page } = session;
    await setTheme(page, 'light');
    await openFile(page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 1));
    await frame.locator('[data-testid=inspector]').waitFor();
    await take('inspector', 'light');
  });

  const run = (theme: Theme) => async (): Promise<void> => {
    const { page } = session;
    await setTheme(page, theme);
    await openFile(page, 'shapes/shapes.onnx');
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'Conv', 1));
    await frame.locator('[data-testid=run]').click();
    const picture = frame.locator('[data-image]').first();
    const name = await picture.getAttribute('data-image');
    await page.keyboard.press('Escape');
    await runPicture(page, frame, name!);
    await frame.locator('[data-testid=maps] canvas[data-channel]').first().waitFor();
    await take('run', theme);
    await cut('run', theme);
  };
  it('the maps of a run, dark', run('dark'));
  it('the maps of a run, light', run('light'));

  const definition = (theme: Theme) => async (): Promise<void> => {
    const { page } = session;
    await setTheme(page, theme);
    await openText(page, 'residual.cnn.yaml');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await runCommand(page, 'ConvLens: Open Graph to the Side');
    const frame = await convlensFrame(page);
    await frame.getByRole('button', { name: 'Close', exact: true }).first().click();
    await runCommand(page, 'ConvLens: Fit Graph');
    await putCursor(page, 13, 16);
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover:visible', { hasText: 'cannot be added' }).first().waitFor();
    if (theme === 'dark') await take('definition', theme);
    const { x, y } = (await page.locator('.editor-instance').first().boundingBox())!;
    await still(page, stepPicture('write', theme), { x, y, ...CARD });
    await page.keyboard.press('Escape');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  };
  it('a definition with a mistake beside its graph, dark', definition('dark'));
  it('a definition with a mistake beside its graph, light', definition('light'));

  const find = (theme: Theme) => async (): Promise<void> => {
    const { page } = session;
    await setTheme(page, theme);
    await openFile(page, 'architectures/googlenet.onnx');
    const frame = await convlensFrame(page);
    await runCommand(page, 'ConvLens: Find Layer');
    await frame.locator('[aria-label=Find] input').first().fill('op:Conv params>200k');
    await cut('find', theme, 340);
  };
  it('finding layers, dark', find('dark'));
  it('finding layers, light', find('light'));

  it('the layer table', async () => {
    const { page } = session;
    await setTheme(page, 'light');
    await openFile(page, 'architectures/googlenet.onnx');
    await convlensFrame(page);
    await runCommand(page, 'ConvLens: Show Layer Table');
    await take('table', 'light');
  });
});
