import { comparedFlat, comparedPlain } from '../../core/compare/table';
import type { Scene } from '../../core/view/types';
import { record } from '../editor/checks';
import { nodesOf, writerFor } from '../editor/table';

/** The layer table of both models as text. The request comes from the page: a format that is none or a node that is not there throws. */
export function comparedTable(scene: Scene, request: unknown): string {
  const { format, nodes } = record(request, 'request');
  const { bare, write } = writerFor(format);
  const wanted = nodes === null ? (scene.order ?? []) : nodesOf(nodes, scene.nodes.length);
  const rows = wanted.flatMap((id) => {
    const node = scene.nodes[id];
    if (!node) throw new RangeError(`No operator ${id}`);
    return nodes === null && node.plumbing ? [] : [node];
  });
  return write((bare ? comparedPlain : comparedFlat)(scene, rows));
}
