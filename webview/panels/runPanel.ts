/** The left side of the workbench: the image and what a unit sees of it, how it was prepared and run, and what came out. */
import './runPanel.css';
import { t } from '../../src/core/l10n/l10n';
import type { RunSource } from '../../src/protocol/host';
import type { PageContext } from '../state/context';
import type { Runner } from '../state/runner';
import type { AppState } from '../state/app';
import { button } from '../ui/index';
import { el, fill, icon, refill } from '../ui/dom';
import { createDrawPad } from './drawPad';
import { fillPicker } from './imagePicker';
import type { MapsStore } from './layerMaps';
import { createRunFacts } from './runFacts';
import { createPictureStrip } from './pictureStrip';
import { mountRunDifferences } from './runDifferences';
import { createRunPicture } from './runPicture';
import { fillOutcome, outcomeOf, type Outcome } from './outcome';
import { fillTop5 } from './top5';

const BUSY: ReadonlySet<string> = new Set(['preparing', 'loading', 'running']);
/** Cancel is only offered for what takes a while. */
const CANCEL_AFTER = 400;

export function mountRunPanel(parent: HTMLElement, context: PageContext, runner: Runner, maps: MapsStore): () => void {
  const { store } = context;
  const title = el('h2', { class: 'grow wb-cut' });
  const tool = (name: string, label: string, run: () => void): HTMLElement =>
    el(
      'button',
      { class: 'tool', title: label, attrs: { type: 'button', 'aria-label': label }, on: { click: run } },
      icon(name),
    );
  const overlayTool = tool('layers', t('What the net says over the picture'), () => {
    overlaid = !overlaid;
    showOverlay();
  });
  const keepTool = tool('git-compare', t('Keep this run to compare the next ones with'), () =>
    runner.keepRun(store.get().run.kept === null),
  );
  keepTool.dataset.testid = 'keep';
  const modelTool = tool('diff', t('Compare with another model…'), () => void runner.compareWithModel());
  modelTool.dataset.testid = 'compare-model';
  const tools = el(
    'span',
    { class: 'tools' },
    overlayTool,
    keepTool,
    modelTool,
    tool('file-media', t('Choose a picture from disk…'), () => void runner.pick()),
    tool('edit', t('Draw'), () => openPad()),
  );
  const shown = createRunPicture(context, runner, maps);
  const strip = createPictureStrip(context, runner);
  const pad = el('div', { attrs: { hidden: true } });
  const status = el('div', { class: 'run-status', attrs: { 'data-testid': 'run-status' } });
  const facts = createRunFacts(context, runner);
  const compared = el('div');
  const unmountCompared = mountRunDifferences(compared, context, runner, maps);
  const top5 = el('div', { class: 'run-part' });
  const classes = el('div', { class: 'run-part' });
  const notes = el('div', { class: 'wb-note' });
  const picker = el('div', { class: 'picker', attrs: { 'data-testid': 'picker' } });
  const root = el(
    'div',
    { class: 'run-panel', attrs: { 'data-testid': 'run-panel' } },
    el('div', { class: 'wb-row' }, title, tools),
    strip.element,
    pad,
    shown.element,
    shown.sentence,
    status,
    facts.element,
    compared,
    top5,
    classes,
    notes,
    picker,
  );
  parent.append(root);

  let source: RunSource | null = null;
  let outcome: Outcome | null = null;
  let overlaid = true;
  let busySince = 0;
  let timer = 0;

  function openPad(): void {
    const show = pad.hasAttribute('hidden');
    pad.toggleAttribute('hidden', !show);
    shown.hide(show);
    if (show) fill(pad, createDrawPad(runner.preparation, (image) => void runner.choose(image), openPad).element);
  }

  function showOverlay(): void {
    overlayTool.hidden = outcome === null;
    overlayTool.title = outcome?.words ?? '';
    overlayTool.classList.toggle('on', overlaid);
    overlayTool.setAttribute('aria-pressed', String(overlaid));
    shown.show(overlaid ? (outcome?.overlay ?? null) : null);
  }

  function showStatus({ run }: AppState): void {
    clearTimeout(timer);
    const busy = BUSY.has(run.phase);
    if (!busy) busySince = 0;
    else if (busySince === 0) busySince = performance.now();
    root.classList.toggle('busy', busy);
    if (busy) {
      const waited = performance.now() - busySince;
      const cancel =
        waited > CANCEL_AFTER
          ? button(t('Cancel'), { appearance: 'secondary', icon: 'debug-stop', onClick: () => runner.cancel() })
          : null;
      if (!cancel) timer = window.setTimeout(() => showStatus(store.get()), CANCEL_AFTER - waited + 10);
      refill(
        status,
        el('div', { class: 'run-progress' }, el('i')),
        el('div', { class: 'wb-row' }, el('span', { class: 'grow wb-small', text: `${run.text}…` }), cancel),
      );
    } else if (run.phase === 'failed' && run.text !== source?.obstacle?.what) {
      fill(
        status,
        el('div', { class: 'run-message' }, icon('error'), el('div', {}, el('b', { text: run.text }), ` ${run.hint}`)),
      );
    } else if (source?.obstacle) {
      fill(
        status,
        el(
          'div',
          { class: 'run-message warning' },
          icon('warning'),
          el('div', {}, el('b', { text: source.obstacle.what }), ` ${source.obstacle.hint}`),
        ),
      );
    } else fill(status, run.phase === 'idle' && run.text ? el('p', { class: 'wb-small', text: run.text }) : null);
  }

  function findOutcome(): void {
    const { picture } = runner;
    if (!source || !picture || store.get().run.serial === 0) return;
    outcome = outcomeOf(source, runner, picture);
    fillOutcome(classes, outcome);
    showOverlay();
  }

  function showRun(state: AppState): void {
    const pictures = source?.inputs.some(({ image }) => image) ?? true;
    title.textContent = pictures ? (runner.chosen?.name ?? t('Image')) : t('Inputs');
    tools.hidden = picker.hidden = !pictures;
    title.title = title.textContent;
    fillTop5(top5, state.run.top5, source?.labels ?? null);
    const untrained = source?.weights === 'untrained' ? [t('Untrained weights: what comes out means nothing.')] : [];
    fill(notes, ...[...untrained, ...runner.notes].map((note) => el('p', { text: note })));
    const { kept, serial } = state.run;
    keepTool.hidden = modelTool.hidden = serial === 0;
    keepTool.classList.toggle('on', kept !== null);
    keepTool.setAttribute('aria-pressed', String(kept !== null));
    keepTool.title = kept === null ? t('Keep this run to compare the next ones with') : t('Let go of {0}', kept);
    strip.show(state.run);
    facts.show(state, source);
    showStatus(state);
    shown.draw();
  }

  const pictures = (): void => {
    void fillPicker(picker, runner, {
      choose: (image) => {
        if (!pad.hidden) openPad();
        void runner.choose(image);
      },
      chooseAll: (images) => void runner.addAll(images),
      pick: () => void runner.pick(),
      draw: () => {
        if (pad.hidden) openPad();
        root.scrollTop = 0;
      },
    });
  };

  const learn = (): void => {
    void runner.source().then(
      (answer) => {
        source = answer;
        findOutcome();
        showRun(store.get());
      },
      () => undefined,
    );
  };
  learn();
  pictures();
  showRun(store.get());
  showOverlay();
  // From anywhere in the workbench: `O` who depends on a pixel, comma and full stop the picture before and after.
  const bench = parent.closest<HTMLElement>('.workbench');
  const keys = (event: KeyboardEvent): void => {
    const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (event.key === 'o') shown.point();
    else if (event.key === ',') strip.step(-1);
    else if (event.key === '.') strip.step(1);
    else return;
    event.preventDefault();
  };
  bench?.addEventListener('keydown', keys);
  const stops = [
    () => bench?.removeEventListener('keydown', keys),
    store.subscribe((state, previous) => {
      if (state.scene !== previous.scene) {
        outcome = null;
        fillOutcome(classes, null);
        learn();
      }
      if (state.run === previous.run) return;
      if (state.run.serial !== previous.run.serial) {
        findOutcome();
        pictures();
      }
      showRun(state);
    }),
  ];
  return () => {
    clearTimeout(timer);
    unmountCompared();
    shown.stop();
    stops.forEach((stop) => stop());
    root.remove();
  };
}
