import { strict as assert } from 'node:assert';
import { analyze } from '../../src/core/analysis';
import { compareModels } from '../../src/core/compare';
import { unionScene } from '../../src/core/compare/union';
import { spokenNode } from '../../src/core/spoken';
import { buildScene, draw } from '../../src/core/view/scene';
import { modelOf } from '../support/onnxModel';

describe('layers in words', () => {
  const drawn = (last: string) =>
    draw(
      analyze(
        modelOf({
          opset: 13,
          inputs: { x: [1, 4, 8, 8] },
          nodes: [
            { op: 'Abs', inputs: ['x'], outputs: ['a'] },
            { op: 'MaxPool', inputs: ['a'], outputs: ['b'], attrs: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] } },
            { op: 'Add', inputs: ['a', 'b'], outputs: ['c'] },
            { op: last, inputs: ['c'], outputs: ['y'] },
          ],
          outputs: ['y'],
        }),
      ),
    );

  it('tells sizes, field and where a skip starts', () => {
    const { nodes } = buildScene(drawn('Neg'), '');
    assert.match(spokenNode(nodes[0]!), /^Abs.*In 4 by 8 by 8, out 4 by 8 by 8\. Sees 1 pixel\. Skip starts here\.$/);
    assert.match(spokenNode(nodes[1]!), /Sees 3 pixels\.$/);
  });

  it('begins with what a comparison found', () => {
    const { scene } = unionScene(compareModels(drawn('Neg'), drawn('Sqrt')), { before: 'a', after: 'b' });
    const said = scene.nodes.map(spokenNode).filter((words) => /^(Added|Removed|Changed)\. /.test(words));
    assert.ok(said.length > 0);
  });
});
