import assert from 'node:assert/strict';
import path from 'node:path';
import { edgeWords } from '../../../webview/stage/paint/prepared';
import { readModel, sceneOf } from '../../support/modelScene';

describe('words on an edge', () => {
  it('tell the kept indices of a pooling from its values, on the way to the unpooling', async () => {
    const scene = sceneOf(await readModel(path.join(__dirname, '../../../samples/shapes/shapes.onnx')));
    const words = (from: string, to: string): string[] =>
      scene.edges.flatMap((edge, at) => {
        const [source, target] = [edge.from, edge.to].map((end) =>
          end.kind === 'node' ? scene.nodes[end.node]!.op : '',
        );
        return source === from && target === to ? [edgeWords(scene, at)] : [];
      });
    assert.deepEqual(words('MaxPool', 'MaxUnpool').sort(), ['indices 16×32×32', 'indices 32×16×16', 'indices 48×8×8']);
    assert.deepEqual(words('MaxPool', 'Conv').sort(), ['16×32×32', '32×16×16', '48×8×8']);
    assert.equal(edgeWords(scene, -1), '');
  });
});
