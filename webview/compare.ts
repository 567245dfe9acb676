/** Puts the page of a comparison together: two nets in one graph, the list of their differences, totals of both. */
import './texts';
import './page.css';
import { t } from '../src/core/l10n/l10n';
import type { CompareApi, CompareEvents, Compared } from '../src/protocol/compare';
import type { Assets, HostApi } from '../src/protocol/host';
import { compareEvents } from '../src/protocol/heard';
import { connect, onEvents } from '../src/protocol/rpc';
import { attachFrame, createFrame, type Frame } from './frame';
import { attachKeys } from './keys';
import { bareContext, fullContext, logErrors, reachHost, startPage } from './page';
import { mountCompareHeader } from './panels/compareHeader';
import { mountCompareLayers } from './panels/compareLayers';
import { mountComparePanel } from './panels/comparePanel';
import { mountFindBar } from './panels/findBar';
import { mountHoverCard } from './panels/hoverCard';
import { mountLegend } from './panels/legend';
import { mountMessageBar } from './panels/messageBar';
import { mountStatusLine } from './panels/statusLine';
import { restoreView, whenSettled } from './restore';
import { mountStage } from './stage';
import { createAppStore, initialState } from './state/app';
import { createCompareStore } from './state/compare';
import type { PageContext } from './state/context';
import { createHistory } from './state/history';
import { readSaved, restored, save } from './state/persist';
import { offerToTests } from './state/testHook';

async function start(): Promise<void> {
  const { api, port } = reachHost();
  // What panels of the other page ask for, and this host does not answer, none of those here asks.
  const host = connect<HostApi & CompareApi>(port);
  const saved = readSaved(api.getState());
  const fresh = { ...initialState, inspectorOpen: true, margin: false, inspectorWidth: 380, docked: true };
  const store = createAppStore({ ...restored(fresh, saved), inspectorOpen: saved?.inspectorOpen ?? true });
  const frame = createFrame();
  frame.inspector.setAttribute('aria-label', t('Differences'));
  attachFrame(frame, { store });
  frame.progress(true);
  logErrors(host);
  let assets: Assets;
  let first: Compared;
  try {
    [assets, first] = await Promise.all([host.assets(), host.compared()]);
  } catch (error) {
    frame.progress(false);
    store.dispatch({ do: 'failed', text: error instanceof Error ? error.message : String(error) });
    mountMessageBar(frame.message, bareContext(store, host));
    return;
  }
  const context = fullContext(store, host, frame, assets);
  const compare = createCompareStore(first.view);
  // A file may change while the page is put together.
  const newest: { compared: Compared } = { compared: first };
  const show = (compared: Compared): void => {
    newest.compared = compared;
    compare.set(compared.view);
    store.dispatch({ do: 'scene', scene: compared.scene });
  };
  onEvents<CompareEvents>(port, compareEvents, {
    comparedAnew: (compared) => {
      store.dispatch({ do: 'message', message: null });
      show(compared);
    },
    lost: (text) => store.dispatch({ do: 'message', message: { severity: 'warning', text } }),
  });
  await mountPage(frame, context, compare, host);
  show(newest.compared);
  restoreView(context, saved);
  // The places are the host's, which opens the two files again.
  const keep = (): void =>
    api.setState({ ...save(store.get(), context.stage?.camera() ?? null, ''), places: newest.compared.places });
  keep();
  whenSettled(context, keep);
  offerToTests({ kept: () => api.getState() });
}

async function mountPage(
  frame: Frame,
  context: PageContext,
  compare: ReturnType<typeof createCompareStore>,
  host: CompareApi,
): Promise<void> {
  const { store } = context;
  const stage = await mountStage(frame.stage, context);
  context.stage = stage;
  const panel = mountComparePanel(frame.inspector, context, compare);
  mountCompareHeader(frame.header, context, compare, { ...panel, swap: () => void host.swap() });
  mountCompareLayers(frame.bench, context, compare);
  mountMessageBar(frame.message, context);
  mountLegend(frame.stage, context, () => null);
  mountFindBar(frame.find, context);
  mountStatusLine(frame.status, context);
  mountHoverCard(frame.stage, context);
  context.history = createHistory(context);
  attachKeys(frame, context, (key) => {
    if (key === 'F7' || key === 'n') panel.next();
    else if (key === 'p') panel.previous();
    else if (key === '5') store.dispatch({ do: 'mode', mode: 'workbench', tab: 'layers' });
    else if (key === 'g') store.dispatch({ do: 'mode', mode: 'graph' });
    else return false;
    return true;
  });
  void stage.whenDrawn.then(() => {
    frame.progress(false);
    frame.drawn();
  });
  offerToTests({
    bringIntoSight: (node: number) => stage.pointTo(node),
    nodeScreenBox: (node: number) => stage.nodeBox(node),
    groupScreenBox: (group: number) => stage.groupBox(group),
    state: () => store.get(),
    camera: () => stage.camera(),
    compared: () => compare.get(),
  });
}

startPage(start);
