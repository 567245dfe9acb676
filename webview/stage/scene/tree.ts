/** The net for a screen reader: a hidden tree beside the canvas, of which only the part around the focus exists. */
import { t } from '../../../src/core/l10n/l10n';
import { spokenNode } from '../../../src/core/spoken';
import type { Scene } from '../../../src/core/view/types';
import { el } from '../../ui/dom';
import { pillNodes, type Item, type StageModel } from './model';

interface Entry {
  readonly item: number;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

const AROUND = 150;

export interface Tree {
  readonly element: HTMLElement;
  update(model: StageModel): void;
  /** Makes this item the one tab stop; moves the keyboard there when `take` is set or it is in the tree already. */
  point(item: number, take: boolean): void;
}

export function createTree(label: string, onFocus: (item: number) => void): Tree {
  const element = el('div', { class: 'stage-tree', role: 'tree', attrs: { 'aria-label': label } });
  let model: StageModel | null = null;
  let entries: readonly Entry[] = [];
  let current = -1;

  const render = (): void => {
    const at = Math.max(
      0,
      entries.findIndex((e) => e.item === current),
    );
    const shown = entries.slice(Math.max(0, at - AROUND), at + AROUND);
    const had = element.contains(document.activeElement);
    element.replaceChildren(...shown.map((entry) => row(model!, entry, entry === entries[at])));
    if (had) element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  };
  element.addEventListener('focusin', (event) => {
    const item = Number((event.target as HTMLElement).dataset.item);
    if (Number.isInteger(item) && item !== current) onFocus(item);
  });
  return {
    element,
    update(next) {
      model = next;
      entries = entriesOf(next);
      if (entries.length && !entries.some((e) => e.item === current)) current = entries[0]!.item;
      render();
    },
    point(item, take) {
      if (!model) return;
      if (item !== current) {
        current = item;
        const there = element.querySelector<HTMLElement>(`[data-item="${item}"]`);
        if (there) {
          element.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
          there.setAttribute('tabindex', '0');
        } else render();
        for (const other of element.querySelectorAll('[aria-selected="true"]'))
          other.setAttribute('aria-selected', 'false');
        element.querySelector(`[data-item="${item}"]`)?.setAttribute('aria-selected', 'true');
      }
      if (take || element.contains(document.activeElement))
        element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
    },
  };
}

function entriesOf(model: StageModel): Entry[] {
  const { scene, geometry } = model;
  const depth = (item: number): number => {
    let d = 0;
    for (let g = parentOf(scene, item); g !== null; g = scene.groups[g]?.parent ?? null) d++;
    return d;
  };
  // What is in a pill are operators too: they come right after the one it hangs on.
  const items = Array.from(geometry.items).flatMap((item) => [item, ...pillNodes(scene.nodes[item])]);
  const list = items.map((item) => ({ item, parent: parentOf(scene, item), level: depth(item) + 1 }));
  const counts = new Map<number | null, number>();
  const positions = list.map(({ parent }) => {
    const n = (counts.get(parent) ?? 0) + 1;
    counts.set(parent, n);
    return n;
  });
  return list.map(({ item, level, parent }, i) => ({
    item,
    level,
    position: positions[i]!,
    siblings: counts.get(parent)!,
  }));
}

/** The tree's item for a node: a pill has one of its own. */
export function treeItem(model: StageModel, node: number): number {
  const shown = model.shownFor(node);
  return model.scene.nodes[node]?.pillOf === shown ? node : shown;
}

function parentOf(scene: Scene, item: number): number | null {
  if (item < scene.nodes.length) return scene.nodes[item]?.group ?? null;
  return scene.groups[item - scene.nodes.length]?.parent ?? null;
}

const spokenSize = (size: string): string => size.split('×').reduce((a, b) => t('{0} by {1}', a, b));

function row(model: StageModel, entry: Entry, focusable: boolean): HTMLElement {
  const { scene } = model;
  const place = model.placeOf[entry.item]!;
  const item: Item = place >= 0 ? model.item(place) : { kind: 'node', node: scene.nodes[entry.item]! };
  const attrs: Record<string, string | number> = {
    'aria-level': entry.level,
    'aria-posinset': entry.position,
    'aria-setsize': entry.siblings,
    'aria-selected': focusable ? 'true' : 'false',
    tabindex: focusable ? 0 : -1,
    'data-item': entry.item,
  };
  let words: string;
  if (item.kind === 'node') {
    attrs['data-node'] = item.node.id;
    words = spokenNode(item.node);
  } else if (item.kind === 'group') {
    attrs['data-group'] = item.index;
    attrs['aria-expanded'] = item.open ? 'true' : 'false';
    const { group, row } = item;
    const facts = [group.name, group.nodes.length, spokenSize(group.sizeIn), spokenSize(group.sizeOut)] as const;
    words = row
      ? t('{4} equal modules {0}, {1} operators each. In {2}, out {3}.', ...facts, row)
      : t('Module {0}, {1} operators. In {2}, out {3}.', ...facts);
    if (group.seesAfter === 'all') words += ` ${t('Sees all of the input at its end.')}`;
    else if (group.seesAfter !== null) words += ` ${t('Sees {0} pixels at its end.', group.seesAfter)}`;
  } else {
    attrs['data-port'] = entry.item - scene.nodes.length - scene.groups.length;
    const { side, name, size } = item.port;
    words =
      side === 'input' ? t('Input {0}, {1}.', name, spokenSize(size)) : t('Output {0}, {1}.', name, spokenSize(size));
  }
  return el('div', { role: 'treeitem', text: words, attrs });
}
