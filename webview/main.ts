/** Puts the page together: wire to the host, state, panels, keys, and what outlives a reload. */
import './texts';
import './page.css';
import { t } from '../src/core/l10n/l10n';
import type { HostApi, HostEvents, Opened, UiCommand } from '../src/protocol/host';
import { hostEvents } from '../src/protocol/heard';
import { connect, onEvents, type Port } from '../src/protocol/rpc';
import { lookAhead, type Outlook } from './ahead';
import { attachFrame, createFrame, type Frame } from './frame';
import { createRunner } from './inference/runner';
import { obeyGraph } from './graphCommands';
import { attachKeys } from './keys';
import { createLens } from './lens/lens';
import { fullContext, logErrors, reachHost, startPage, type VsCodeApi } from './page';
import { mountCourse, type CoursePanel } from './panels/course';
import { mountEmpty } from './panels/empty';
import { mountFindBar } from './panels/findBar';
import { chooseFieldInput } from './panels/fieldInput';
import { mountHeader } from './panels/header';
import { mountHoverCard } from './panels/hoverCard';
import { mountInspector } from './panels/inspector';
import { mountLegend } from './panels/legend';
import { mountMicroscope } from './panels/microscope';
import { mountMessageBar } from './panels/messageBar';
import { mountStatusLine } from './panels/statusLine';
import { mountWorkbench } from './panels/workbench';
import { restoreView, whenSettled } from './restore';
import { mountStage } from './stage';
import { thumbnailsAt } from './stage/places';
import { scaleOf } from './stage/scales';
import { createAppStore, initialState, type AppState } from './state/app';
import type { PageContext } from './state/context';
import { createHistory } from './state/history';
import type { Runner } from './state/runner';
import { showScene } from './state/scenes';
import { offerToTests } from './state/testHook';
import { fieldInput, readSaved, restored, save, type Saved } from './state/persist';
import { readTheme } from './ui/theme';

async function start(): Promise<void> {
  const { api, port } = reachHost();
  const host = connect<HostApi>(port);
  const saved = readSaved(api.getState());
  const store = createAppStore(restored(initialState, saved));
  const frame = createFrame();
  attachFrame(frame, { store });
  frame.progress(true);
  logErrors(host);

  // The host reads and analyses while the page is put together.
  const [assets, opening] = [host.assets(), host.open()];
  opening.catch(() => undefined);
  const context = fullContext(store, host, frame, await assets);
  const place: Place = { now: '' };
  const ahead = lookAhead(store, saved);
  let shown = (): void => undefined;
  const first = new Promise<void>((resolve) => (shown = resolve));
  // Events may come as soon as the file is open: listen before anything waits.
  listen(port, context, frame, place, ahead, first);
  const runner = createRunner(context);
  context.runner = runner;
  const stage = await mountStage(frame.stage, context);
  context.stage = stage;
  ahead.mounted(stage.arranger);
  mountHeader(frame.header, context);
  mountMessageBar(frame.message, context);
  mountLegend(frame.stage, context, (state) =>
    state.scene ? scaleOf(state.colourBy, state.scene, readTheme(), state.run.times) : null,
  );
  mountEmpty(frame.stage, context);
  mountFindBar(frame.find, context);
  mountStatusLine(frame.status, context);
  coursePanel = mountCourse(frame.course, context, () => void runSample(context, runner));
  mountHoverCard(frame.stage, context);
  mountInspector(frame.inspector, context);
  const lens = createLens(context, runner);
  mountWorkbench(frame.bench, context, lens, [
    { tab: 'microscope', label: t('Microscope'), mount: mountMicroscope(lens, runner) },
  ]);
  context.history = createHistory(context);
  attachKeys(frame, context);
  offerToTests({
    // CSS pixels of this page; null when off screen or inside a closed module.
    nodeScreenBox: (node: number) => stage.nodeBox(node),
    groupScreenBox: (group: number) => stage.groupBox(group),
    // Pans to a node, as its user would.
    bringIntoSight: (node: number) => stage.pointTo(node),
    thumbnails: (node: number) => thumbnailsAt(stage.model, stage.view, node, runner.thumbnails),
    state: () => store.get(),
    camera: () => stage.camera(),
    // What stands again when the window is loaded anew.
    kept: () => api.getState(),
  });

  let opened: Opened;
  try {
    opened = await opening;
    place.now ||= opened.place;
    await showScene(store, opened.scene, await ahead.found());
  } catch (error) {
    frame.progress(false);
    store.dispatch({ do: 'failed', text: error instanceof Error ? error.message : String(error) });
    return;
  }
  restore(context, saved);
  shown();
  void stage.whenDrawn.then(() => {
    frame.progress(false);
    frame.drawn();
  });
  remember(api, context, place);
  tellHost(context);
  if (opened.initial) obey(context, opened.initial);
}

function restore(context: PageContext, saved: Saved | null): void {
  const { store } = context;
  const { scene } = store.get();
  const isSelected = restoreView(context, saved);
  if (!saved || !scene) return;
  if (isSelected && saved.inspectorOpen) store.dispatch({ do: 'inspector', open: true });
  const input = fieldInput(saved, scene);
  if (input !== null) chooseFieldInput(context, input);
}

/** What the page keeps for the host: its file may be renamed. */
interface Place {
  now: string;
}

function remember(api: VsCodeApi, context: PageContext, place: Place): void {
  const { store, stage } = context;
  whenSettled(context, () => api.setState(save(store.get(), stage?.camera() ?? null, place.now)));
}

let coursePanel: CoursePanel | null = null;

/** The selection is being set to what is looked at elsewhere. */
let pointing = false;

function tellHost({ store, host }: PageContext): void {
  const running = (state: AppState): boolean => ['preparing', 'loading', 'running'].includes(state.run.phase);
  store.subscribe((state, previous) => {
    if (
      state.selection !== previous.selection ||
      state.mode !== previous.mode ||
      state.tab !== previous.tab ||
      running(state) !== running(previous)
    )
      void host.state({
        selection: state.selection,
        chosen: state.selection !== previous.selection && state.scene === previous.scene && !pointing,
        running: running(state),
        mode: state.mode === 'graph' ? 'graph' : state.tab,
      });
  });
}

/** `first`: resolves once there is a scene, which others follow and commands are about. */
function listen(
  port: Port,
  context: PageContext,
  frame: Frame,
  place: Place,
  ahead: Outlook,
  first: Promise<void>,
): void {
  const { store } = context;
  let lost: string | null = null;
  onEvents<HostEvents>(port, hostEvents, {
    plan: (text) => ahead.told(text),
    sceneChanged: (scene) => {
      // The file is there again.
      if (lost !== null && store.get().message?.text === lost) store.dispatch({ do: 'message', message: null });
      lost = null;
      void first.then(() => showScene(store, scene));
    },
    problemsChanged: (problems) => {
      const { scene } = store.get();
      if (scene) store.dispatch({ do: 'scene', scene: { ...scene, problems } });
    },
    command: (command) => void first.then(() => obey(context, command)),
    progress: ({ done }) => frame.progress(done === null || done < 1),
    lost: (text) => {
      lost = text;
      store.dispatch({ do: 'message', message: { severity: 'warning', text } });
    },
    // The scene that follows is remembered with it.
    moved: (now) => {
      place.now = now;
    },
  });
}

/** Commands of VS Code's palette that act on the page. */
function obey(context: PageContext, command: UiCommand): void {
  const { store, stage, runner } = context;
  if (obeyGraph(context, command)) return;
  switch (command.kind) {
    case 'find':
      store.dispatch({ do: 'find', find: { open: true } });
      break;
    case 'layers':
      store.dispatch({ do: 'mode', mode: 'workbench', tab: 'layers' });
      break;
    case 'graph':
      store.dispatch({ do: 'mode', mode: 'graph' });
      stage?.focus();
      break;
    case 'runImage':
      if (runner) void offerPictures(context, runner);
      break;
    case 'runSample':
      if (runner) void runSample(context, runner);
      break;
    case 'course':
      store.dispatch({ do: 'course', course: { open: true } });
      coursePanel?.focus();
      break;
    case 'setInputSize':
      void context.host.setInputSize(null).then((scene) => (scene === null ? null : showScene(store, scene)));
      break;
    case 'chooseFieldInput':
      chooseFieldInput(context, null);
      break;
    case 'point':
      pointing = true;
      store.dispatch({ do: 'select', node: command.node });
      pointing = false;
      stage?.follow(command.node);
      break;
    case 'selectGroup':
      store.dispatch({ do: 'select', node: null, group: command.group });
      stage?.revealGroup(command.group);
      break;
    case 'select':
      store.dispatch({ do: 'select', node: command.node });
      store.dispatch({ do: 'inspector', open: true });
      stage?.reveal(command.node);
      break;
  }
}

/** The pictures to choose from, with the keyboard on them; says at once what stands in the way of a run. */
async function offerPictures({ store }: PageContext, runner: Runner): Promise<void> {
  if (runner.chosen) store.dispatch({ do: 'mode', mode: 'workbench', tab: 'maps' });
  else await runner.run();
  await runner.images().catch(() => []);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.thumb.on, .thumb')?.focus());
}

/** Runs at once on a picture that came with the model, or else on one of the samples. */
async function runSample({ store }: PageContext, runner: Runner): Promise<void> {
  const images = await runner.images().catch(() => []);
  const sample = images.find(({ group }) => group === 'model') ?? images.find(({ group }) => group === 'samples');
  if (!sample) return runner.run();
  if (store.get().mode === 'graph') store.dispatch({ do: 'mode', mode: 'workbench', tab: 'maps' });
  await runner.choose(sample);
}

startPage(start);
