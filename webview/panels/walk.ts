/** Which layers the workbench walks through, and which one it shows. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene, SceneNode } from '../../src/core/view/types';
import type { AppState } from '../state/app';

/** Operators in flow order, without plumbing and without activations that are drawn as part of their producer. */
export const walkable = (scene: Scene): readonly SceneNode[] =>
  scene.nodes.filter((node) => !node.plumbing && node.pillOf === null && node.outputs.length > 0);

/** The layer in view: the selected one, else the last of a selected module, else the first convolution. */
export function layerInView({ scene, selection, selectedGroup }: AppState): SceneNode | null {
  if (!scene) return null;
  if (selection !== null) return scene.nodes[selection] ?? null;
  const layers = walkable(scene);
  const inside = selectedGroup === null ? undefined : scene.groups[selectedGroup]?.nodes;
  return (
    (inside && layers.filter((node) => inside.includes(node.id)).at(-1)) ??
    layers.find((node) => node.family === 'convolution') ??
    layers[0] ??
    null
  );
}

/** The layer `step` further along; a selected activation counts as its producer. Null at the ends. */
export function neighbour(state: AppState, step: number): number | null {
  const at = layerInView(state);
  if (!state.scene || !at) return null;
  const layers = walkable(state.scene);
  const index = layers.findIndex((node) => node.id === (at.pillOf ?? at.id));
  if (index >= 0) return layers[index + step]?.id ?? null;
  // Plumbing is selected: go on from where it stands in the file.
  const after = layers.findIndex((node) => node.id > at.id);
  return layers[step > 0 ? after : after - 1]?.id ?? null;
}

/** `Conv 3×3 · 64 · /2`. */
export const layerWords = ({ title, label }: SceneNode): string =>
  [[title, ...label.slice(0, 1)].join(' '), ...label.slice(1)].join(' · ');

/** `fire3 › expand3x3`: modules around the layer, then its own name. */
export function pathOf(scene: Scene, node: SceneNode): string {
  const names: string[] = [];
  for (let group = node.group; group !== null; group = scene.groups[group]!.parent)
    names.unshift(scene.groups[group]!.name);
  return [...names, node.shortName].filter((name) => name !== '').join(' › ');
}

/** Which of the layers of its kind a layer is, in flow order: `Conv 3 of 26`; '' for the only one. */
export function ordinalOf(scene: Scene, node: SceneNode): string {
  const own = node.pillOf === null ? node : (scene.nodes[node.pillOf] ?? node);
  const alike = walkable(scene).filter(({ title }) => title === own.title);
  const at = alike.indexOf(own);
  return at < 0 || alike.length < 2 ? '' : t('{0} {1} of {2}', own.title, at + 1, alike.length);
}
