import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyze } from '../../src/core/analysis';
import { atOnce } from '../../src/core/steps';
import { buildScene, draw } from '../../src/core/view/scene';
import { columnsText, readColumns } from '../../src/protocol/columns';
import { reluChain } from '../support/reluChain';
import { modelOf } from '../support/onnxModel';

const back = (value: unknown): unknown => atOnce(readColumns(atOnce(columnsText(value))));

describe('plain data by columns', () => {
  it('comes back as it was, whatever fields some of the records lack', () => {
    const word = fc.constantFrom('Conv', 'Relu', 'a\nb', '', '×');
    const part = fc.record({ title: word, nodes: fc.array(fc.integer(), { maxLength: 3 }) });
    const row = fc.record(
      {
        id: fc.nat(),
        op: word,
        sees: fc.oneof(fc.nat(), fc.constant('all'), fc.constant(null)),
        mark: word,
        pill: fc.option(fc.record({ node: fc.nat(), parts: fc.array(part, { maxLength: 3 }) })),
        label: fc.option(fc.array(word, { maxLength: 3 })),
      },
      { requiredKeys: ['id'] },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.boolean(), (rows, flag) => {
        const value = { flag, rows, none: null, empty: [] };
        // As JSON would bring it back.
        assert.deepEqual(back(value), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('keeps a long column whether its words repeat or not', () => {
    const count = 2000;
    const value = Array.from({ length: count }, (_, i) => ({
      id: i,
      back: count - i,
      name: `node ${i}`,
      op: i % 3 ? 'Conv' : 'Add',
      same: 'float32',
      late: i < count / 2 ? 'a' : `b ${i}`,
    }));
    assert.deepEqual(back(value), value);
  });

  it('holds a scene in less than half the text', () => {
    const facts = analyze(modelOf({ opset: 13, inputs: { x: [1, 3, 8, 8] }, ...reluChain(300) }));
    const scene = buildScene(draw(facts), 'chain');
    const text = atOnce(columnsText(scene));
    const plain = JSON.stringify(scene);
    assert.deepEqual(atOnce(readColumns(text)), JSON.parse(plain));
    assert.ok(text.length < plain.length / 2, `${text.length} of ${plain.length}`);
  });

  it('says so when the text is cut off', () => {
    const text = atOnce(columnsText([{ a: 1, b: 'x' }]));
    assert.throws(() => atOnce(readColumns(text.slice(0, text.lastIndexOf('\n')))), /missing/);
  });
});
