/** The menu of a box: by the right button, or by the menu key on the box that has the keyboard. */
import { t } from '../../../src/core/l10n/l10n';
import { pickActions } from '../../state/pick';
import { openMenu, type MenuEntry } from '../../ui/menu';
import type { Stage } from '../stage';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Item number of the box under a point of the page; -1 where there is none. */
type ItemAt = (event: MouseEvent) => number;

export function attachMenu(stage: Stage, itemAt: ItemAt): void {
  const { element, canvas } = stage.surface;
  element.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    const onCanvas = event.target === canvas;
    const item = onCanvas ? itemAt(event) : -1;
    if (item >= 0) stage.select(item);
    const { selection, selectedGroup } = stage.state;
    if (onCanvas ? item < 0 : selection === null && selectedGroup === null) return;
    const focus = element.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]') ?? element;
    openMenu(focus, t('Layer'), entriesOf(stage), onCanvas ? { x: event.clientX, y: event.clientY } : besideBox(stage));
  });
}

/** Where the keyboard's box is drawn. */
function besideBox(stage: Stage): Point {
  const { selection, selectedGroup } = stage.state;
  const box =
    selectedGroup !== null ? stage.groupBox(selectedGroup) : selection === null ? null : stage.nodeBox(selection);
  const origin = stage.surface.canvas.getBoundingClientRect();
  return box ? { x: box.x + 24, y: box.y + Math.min(box.height, 36) } : { x: origin.left + 24, y: origin.top + 24 };
}

function entriesOf(stage: Stage): (MenuEntry | null)[] {
  const { context } = stage;
  const { store } = context;
  const { scene, selection, selectedGroup, openGroups } = stage.state;
  const node = selection === null ? undefined : scene?.nodes[selection];
  const group = selectedGroup;
  return [
    ...(group === null
      ? []
      : [
          {
            label: openGroups.has(group) ? t('Close the module') : t('Open the module'),
            hint: 'Enter',
            icon: openGroups.has(group) ? 'collapse-all' : 'expand-all',
            run: () => stage.toggleGroup(group),
          },
        ]),
    { label: t('Pin in the inspector'), icon: 'pin', run: () => store.dispatch({ do: 'inspector', open: true }) },
    { label: t('Fit into view'), hint: '0', icon: 'screen-full', run: () => stage.fitSelection() },
    null,
    ...pickActions(context),
    ...(node ? [null, { label: t('Copy the name'), icon: 'copy', run: () => void context.host.copy(node.name) }] : []),
  ];
}
