/** How one unit came about, down to the single multiplication; moved from unit to unit by keys, pointer or by itself. */
import './microscope.css';
import { t } from '../../src/core/l10n/l10n';
import type { MathNode, SceneNode } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext, Unmount } from '../state/context';
import type { Lens, UnitAnswer } from '../state/lens';
import type { Runner } from '../state/runner';
import { viewTensor, type TensorView } from '../state/tensorView';
import { offerToTests } from '../state/testHook';
import { button } from '../ui/index';
import { el, fill } from '../ui/dom';
import { reducedMotion, watchTheme } from '../ui/theme';
import { createFormula, formulaNotes } from './formula';
import { fillBorder, findBorderUnit } from './microscopeBorder';
import { graphView } from './microscopeGraph';
import { createBody } from './microscopeBody';
import { lookAt } from './microscopeKept';
import { createSide, windowOf } from './microscopeSide';
import { outcomeOf } from './microscopeSum';
import { lineText } from './microscopeText';
import { layerInView } from './walk';

/** Four units a second. */
const PLAY_MS = 250;
const NARROW = 900;
/** Lower than this the graph is only shown when asked for. */
const SHORT = 620;

export const mountMicroscope =
  (lens: Lens, runner: Runner) =>
  (parent: HTMLElement, context: PageContext): Unmount => {
    const { store } = context;
    const body = createBody({ onCell: (place) => side.mark(place), onPin: () => redraw(), onKeeper: lookAt(store) });
    const formula = createFormula();
    const notes = el('div', { class: 'mic-notes' });
    const empty = el('div', { class: 'wb-empty', attrs: { 'data-testid': 'microscope-empty' } });
    const side = createSide(store, runner, { step, play, go });
    const formulaBlock = el('div', { class: 'mic-formula' }, formula.element, notes);
    const main = el('div', { class: 'mic-main' }, body.element, formulaBlock);
    const graph = el('div', { class: 'mic-low-graph' });
    const border = el('div', { class: 'mic-low-border' });
    const low = el('div', { class: 'mic-low' }, graph, border);
    const borderShown = (): boolean => !border.hidden && (graphShown() || border.hasAttribute('data-own'));
    const root = el(
      'div',
      { class: 'mic waiting', attrs: { tabindex: -1, 'data-testid': 'microscope' } },
      side.element,
      el('div', { class: 'mic-scroll' }, main, low),
      empty,
    );
    parent.append(root);

    let answer: UnitAnswer | null = null;
    let node: SceneNode | null = null;
    let map: TensorView | null = null;
    let imageInput: number | null = null;
    let timer = 0;
    let graphAsked: boolean | null = null;
    let asked = 0;
    /** By keys, and not by playing: the value is said to a screen reader. */
    let speak = false;

    const narrow = (): boolean => root.clientWidth < NARROW;
    const short = (): boolean => root.clientHeight < SHORT;
    const graphShown = (): boolean => graphAsked ?? (!narrow() && !short());

    /** Colours of the picture where the input is one, else numbers. */
    function channelName(channel: number): string {
      const { preparation } = runner;
      const input = answer === null ? null : answer.inputs[0];
      const coloured = preparation?.layout === 'NCHW' && preparation.channels === 3 && preparation.order !== 'grey';
      if (!coloured || input?.value !== imageInput) return `c ${channel}`;
      const names = [t('red'), t('green'), t('blue')];
      return (preparation.order === 'BGR' ? names.reverse() : names)[channel] ?? `c ${channel}`;
    }

    function showEmpty(text: string, action: HTMLElement | null = null): void {
      root.classList.remove('waiting');
      root.classList.add('none');
      fill(empty, el('p', { text }), action);
    }

    function redraw(): void {
      const { channel, unit } = store.get();
      if (!answer || !unit) return;
      root.classList.remove('none', 'waiting');
      root.classList.toggle('narrow', narrow());
      root.classList.toggle('short', short());
      const { decimals } = body.show(answer, { width: main.clientWidth, narrow: narrow(), name: channelName });
      const window = windowOf(answer.explanation);
      side.show({
        answer,
        channel,
        unit,
        map,
        inputChannel: body.firstChannel ?? window?.lead.at(-1) ?? 0,
        imageInput,
        narrow: narrow(),
        playing: timer !== 0,
      });
      showFormula(answer, decimals);
      const drawn = graphShown() ? graphView(answer, decimals) : null;
      fill(graph, ...(drawn ? [el('h3', { text: t('The same unit as a computational graph') })] : []));
      if (drawn) graph.append(drawn);
      graph.hidden = !drawn;
      low.hidden = !drawn && !borderShown();
    }

    /** The formula is that of the layer alone, but for a single activation, which it takes in. */
    function showFormula(shown: UnitAnswer, decimals: number): void {
      const { formula: view, after, runtime, explanation } = shown;
      formulaBlock.hidden = view === null;
      if (!view) return;
      const outcome = after.length === 1 && after[0]!.activation !== null ? outcomeOf(shown) : null;
      const value = outcome ? (outcome.runtime ?? outcome.value) : (runtime ?? explanation.value);
      const text = lineText(value, decimals);
      const line: MathNode = {
        tag: 'mrow',
        children: [view.index, { tag: 'mo', text: '=' }, { tag: 'mn', text }],
      };
      formula.show(line, `${view.text} = ${text}`);
      fill(notes, formulaNotes(view));
    }

    async function ask(): Promise<void> {
      const serial = ++asked;
      const state = store.get();
      const layer = layerInView(state);
      if (layer !== node) body.forget();
      node = layer;
      if (state.run.serial === 0) {
        answer = null;
        showEmpty(
          t('Run the model on a picture to see how a unit came about.'),
          button(t('Run'), { icon: 'play', onClick: () => void runner.run() }),
        );
        return;
      }
      // The maps choose a unit as soon as the layer's tensor is there.
      if (!layer || !state.unit) return;
      const found = await lens.explain(layer, { channel: state.channel, unit: state.unit });
      if (serial !== asked) return;
      if (found.kind === 'unexplained') {
        answer = null;
        stop();
        showEmpty(found.why);
        return;
      }
      answer = found;
      const value =
        found.after.length > 0 ? store.get().scene?.nodes[layer.pill?.node ?? -1]?.outputs[0]?.value : undefined;
      const tensor = runner.peek(value ?? found.output.value);
      map = tensor && viewTensor(tensor, layer.spatial.length);
      redraw();
      if (speak) context.announce(t('unit {0}, channel {1}: {2}', state.unit.join(', '), state.channel, body.result));
      speak = false;
      if (timer === 0) await showBorder(serial, layer, found, state);
    }

    async function showBorder(serial: number, layer: SceneNode, found: UnitAnswer, state: AppState): Promise<void> {
      const { unit, channel } = state;
      const place = map?.kind === 'maps' && unit ? await findBorderUnit(lens, layer, found, channel, unit, map) : null;
      if (serial !== asked) return;
      border.hidden = place === null;
      if (place) fillBorder(border, place, place.answer === found, channel, channelName, go);
      border.toggleAttribute('data-own', place?.answer === found);
      low.hidden = graph.hidden && !borderShown();
    }

    function go(unit: readonly number[]): void {
      const now = store.get().unit;
      if (now?.length === unit.length && now.every((position, axis) => position === unit[axis])) return;
      store.dispatch({ do: 'unit', unit });
    }

    /** The next unit row by row; of a vector the next value. False at the end. */
    function step(by: number): boolean {
      const { unit, channel } = store.get();
      if (!map || !unit) return false;
      if (map.kind === 'vector') {
        const next = channel + by;
        if (next < 0 || next >= map.channels) return false;
        store.dispatch({ do: 'channel', channel: next });
        return true;
      }
      const flat = (map.axes === 1 ? 0 : (unit[0] ?? 0) * map.width) + (unit.at(-1) ?? 0) + by;
      if (flat < 0 || flat >= map.height * map.width) return false;
      go(map.axes === 1 ? [flat] : [Math.floor(flat / map.width), flat % map.width]);
      return true;
    }

    function move(rows: number, columns: number): void {
      const { unit } = store.get();
      if (!map || !unit) return;
      speak = true;
      if (map.kind === 'vector') {
        step(rows + columns);
        return;
      }
      const next = map.axes === 1 ? [(unit[0] ?? 0) + columns] : [(unit[0] ?? 0) + rows, (unit[1] ?? 0) + columns];
      const [row, column] = map.axes === 1 ? [0, next[0]!] : [next[0]!, next[1]!];
      if (row >= 0 && row < map.height && column >= 0 && column < map.width) go(next);
    }

    function stop(): void {
      if (timer === 0) return;
      window.clearInterval(timer);
      timer = 0;
      void ask();
    }

    function play(): void {
      if (timer !== 0) stop();
      else if (reducedMotion()) step(1);
      else {
        timer = window.setInterval(() => {
          if (!step(1)) stop();
        }, PLAY_MS);
        redraw();
      }
    }

    const keys = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
      if (ctrlKey || metaKey || altKey || shiftKey || event.defaultPrevented) return;
      const target = event.target as Element;
      if (target.matches('select, input')) return;
      if (key === 'ArrowLeft') move(0, -1);
      else if (key === 'ArrowRight') move(0, 1);
      else if (key === 'ArrowUp') move(-1, 0);
      else if (key === 'ArrowDown') move(1, 0);
      else if (key === ' ' && !target.matches('button, vscode-button')) play();
      else if (key === 'g') {
        graphAsked = !graphShown();
        redraw();
        low.scrollIntoView({ block: 'nearest' });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    root.addEventListener('keydown', keys);
    // Where nothing has the focus the keys are those of what is in view; `G` is beside it, too.
    const stray = (event: KeyboardEvent): void => {
      const target = event.target as Element;
      const beside = event.key === 'g' && !parent.contains(target) && target.closest('.workbench') !== null;
      if ((target === document.body || beside) && root.offsetParent !== null) keys(event);
    };
    document.addEventListener('keydown', stray, true);
    root.addEventListener('pointerdown', (event) => {
      if (!(event.target as Element).closest('button, select, [tabindex="0"]')) root.focus({ preventScroll: true });
    });

    const learn = (): void => {
      void runner.source().then(
        ({ inputs }) => {
          imageInput = inputs.find(({ image }) => image)?.value ?? null;
          redraw();
        },
        () => undefined,
      );
    };
    const resized = new ResizeObserver(() => redraw());
    resized.observe(root);
    const stops = [
      watchTheme(redraw),
      store.subscribe((state, previous) => {
        if (state.scene !== previous.scene) learn();
        const same =
          state.unit === previous.unit &&
          state.channel === previous.channel &&
          state.selection === previous.selection &&
          state.selectedGroup === previous.selectedGroup &&
          state.run.serial === previous.run.serial &&
          state.scene === previous.scene;
        if (!same) void ask();
        else if (state.field !== previous.field) redraw();
      }),
    ];
    offerToTests({
      /** How the unit in view came about; null while nothing is shown. */
      microscope: () => answer,
      /** The same for any unit of any node, shown or not. */
      explainUnit: (id: number, channel: number, unit: readonly number[]) => {
        const asked = store.get().scene?.nodes[id];
        return asked ? lens.explain(asked, { channel, unit }) : null;
      },
    });
    learn();
    void ask();
    if (document.activeElement === document.body || parent.closest('.bench')?.contains(document.activeElement))
      root.focus();
    return () => {
      document.removeEventListener('keydown', stray, true);
      window.clearInterval(timer);
      resized.disconnect();
      stops.forEach((end) => end());
      root.remove();
    };
  };
