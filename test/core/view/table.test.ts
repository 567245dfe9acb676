import assert from 'node:assert/strict';
import { analyze } from '../../../src/core/analysis';
import { flatTable, layerRows, plainTable, treeTable } from '../../../src/core/view/layerTable';
import { buildScene, draw } from '../../../src/core/view/scene';
import { markdownSummary } from '../../../src/core/view/summary';
import { type Table, toCsv, toLatex, toMarkdown, toText } from '../../../src/core/view/table';
import { modelOf, type ModelSpec } from '../../support/onnxModel';

const HOSTILE = '<img src=x onerror=alert(1)> [a](command:b)|\u001b[31m$x$_&% https://example.org';

const table = (...texts: string[]): Table => ({
  columns: [{ title: 'Name' }, { title: 'Count', right: true }],
  rows: texts.map((text, i) => [text, i === 1 ? null : 1234567 * i]),
});

const lengthOf = (text: string): number => Array.from(text).length;

/** Splits at bars that are not escaped. */
const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/\\[\\|]/g, '')
    .split('|')
    .slice(1, -1);

describe('a table', () => {
  it('is written as CSV that a reader of RFC 4180 gives back', () => {
    const text = toCsv(table('plain', 'a,b "c"', ' space'));
    assert.equal(text, 'Name,Count\r\nplain,0\r\n"a,b ""c""",\r\n" space",2469134\r\n');
  });

  it('holds no formula for a spreadsheet, but signed numbers', () => {
    const lines = toCsv(table('=1+1', '@SUM(A1)', '-3x-3', '-2+3', '+x'))
      .split('\r\n')
      .slice(1, -1);
    assert.deepEqual(
      lines.map((line) => line.split(',')[0]),
      ["'=1+1", "'@SUM(A1)", '-3x-3', "'-2+3", "'+x"],
    );
  });

  it('is written as Markdown whose cells stay cells and whose text stays text', () => {
    const lines = toMarkdown(table(HOSTILE, 'a\nb', '`c`'))
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, 5);
    for (const line of lines) assert.equal(cellsOf(line).length, 2, line);
    assert.doesNotMatch(lines.join(''), /(?<!\\)[<[`$]/);
    assert.doesNotMatch(lines.join(''), /https:\/\//);
    assert.match(lines[3]!, /\| \? \|$/);
    assert.match(lines[4]!, /\| 2,469,134 \|$/);
  });

  it('is written as LaTeX without commands of the text', () => {
    const text = toLatex(table(HOSTILE, '\\input{/etc/passwd}', '[0.5ex] 50% #1 ~^'));
    const body = text.slice(text.indexOf('\\endhead'));
    assert.doesNotMatch(body, /\\input|(?<!\\)[%#]/);
    for (const row of body.split('\n').filter((line) => line.endsWith('\\\\'))) {
      assert.equal(row.replace(/\\&/g, '').split('&').length, 2, row);
      assert.doesNotMatch(row, /^[[*]/);
    }
    assert.match(text, /2\{,\}469\{,\}134/);
  });

  it('is aligned on a terminal, obeys its width, and lets no escape through', () => {
    const text = toText(table(HOSTILE, '中文', 'ok'), 40);
    const lines = text.trimEnd().split('\n');
    assert.ok(!text.includes('\u001b'));
    for (const line of lines) assert.ok(lengthOf(line) <= 40, line);
    const ends = lines.filter((line) => /\d$/.test(line)).map((line) => lengthOf(line));
    assert.equal(new Set(ends).size, 1);
    // Each of the two characters is two columns wide.
    assert.equal(lengthOf(lines.find((line) => line.startsWith('中文'))!) + 2, ends[0]);
  });
});

const small: ModelSpec = {
  opset: 13,
  inputs: { x: [1, 3, 8, 8] },
  constants: { 'features.0.weight': { shape: [4, 3, 3, 3] }, 'features.2.weight': { shape: [2, 4, 3, 3] } },
  nodes: [
    { op: 'Conv', name: '/features/features.0/Conv', inputs: ['x', 'features.0.weight'], outputs: ['a'] },
    { op: 'Relu', name: '/features/features.1/Relu', inputs: ['a'], outputs: ['b'] },
    {
      op: 'Conv',
      name: '/features/features.2/Conv',
      inputs: ['b', 'features.2.weight'],
      outputs: [HOSTILE],
      attrs: { strides: [2, 1] },
    },
    { op: 'Shape', inputs: [HOSTILE], outputs: ['s'] },
    { op: 'Reshape', name: '/last/Reshape', inputs: [HOSTILE, 's'], outputs: ['y'] },
  ],
  outputs: ['y'],
};

function shown(spec: ModelSpec) {
  const facts = analyze(modelOf(spec));
  const scene = buildScene(draw(facts), 'tiny.onnx');
  return { facts, scene, rows: layerRows(facts, scene) };
}

describe('the layer table', () => {
  const { facts, scene, rows } = shown(small);

  it('has modules with sums, operators inside of them, and no plumbing', () => {
    const cells = treeTable(rows).rows.map(([layer, operator, ...rest]) => [layer, operator, rest.at(-2), rest.at(-1)]);
    assert.deepEqual(cells, [
      ['features', '', 180, 3888 + 2 * 4 * 9 * 8],
      ['├─ features.0', 'Conv 3×3 · 4 · pad 0', 108, 3888],
      ['├─ features.1', 'ReLU', 0, 0],
      ['└─ features.2', 'Conv 3×3 · 2 · /2×1 · pad 0', 72, 2 * 4 * 9 * 8],
      ['last', 'Reshape 1×2×2×4', 0, 0],
    ]);
  });

  it('keeps the order of the data where the constants of a module stand before everything', () => {
    const late = shown({
      opset: 13,
      inputs: { x: [1, 2, 8, 8] },
      constants: { size: { shape: [4], ints: [2, 2, 3, 3] } },
      nodes: [
        { op: 'ConstantOfShape', name: '/body/body.0/Fill', inputs: ['size'], outputs: ['w'] },
        { op: 'Relu', name: '/stem/Relu', inputs: ['x'], outputs: ['a'] },
        { op: 'Conv', name: '/body/body.0/Conv', inputs: ['a', 'w'], outputs: ['b'] },
        { op: 'Sigmoid', name: '/body/body.1/Sigmoid', inputs: ['b'], outputs: ['c'] },
        { op: 'Tanh', name: '/body/body.2/Tanh', inputs: ['c'], outputs: ['y'] },
      ],
      outputs: ['y'],
    });
    assert.deepEqual(
      late.rows.map((row) => (row.kind === 'module' ? row.name : row.node.op)),
      ['Relu', 'body', 'Conv', 'Sigmoid', 'Tanh'],
    );
  });

  it('says receptive field and stride per axis where they differ', () => {
    const [, , , conv] = treeTable(rows).rows;
    assert.deepEqual(conv?.slice(2, 5), ['2×2×4', '5', '2×1']);
  });

  it('is flat with one fact a column for scripts', () => {
    const { columns, rows: flat } = plainTable(rows);
    const row = Object.fromEntries(columns.map(({ title }, i) => [title, flat[2]![i]]));
    assert.equal(row.index, 2);
    assert.equal(row.module, 'features');
    assert.deepEqual([row.field, row.stride, row.start, row.dense], ['5x5', '2x1', '0x0', 'true']);
    assert.deepEqual([row.parameters, row.macs, row.bytes], [72, 576, 64]);
    assert.equal(flatTable(rows).rows.length, flat.length);
  });

  it('is part of a summary in which no name of the model becomes markup', () => {
    const text = markdownSummary(facts, scene);
    assert.match(text, /^# tiny\.onnx\n/);
    assert.match(text, /- Parameters: 180\n/);
    assert.match(text, /\| Conv 3×3 · 4 · pad 0 \| 4×6×6 \| 3 \| 1 \| 108 \| 3,888 \|/);
    assert.doesNotMatch(text, /(?<!\\)[<[](?!\/)/);
    for (const line of text.split('\n').filter((l) => l.startsWith('| '))) assert.equal(cellsOf(line).length, 7, line);
  });

  it('marks what is unknown and what global operators see', () => {
    const { rows: open } = shown({
      opset: 13,
      inputs: { x: [1, 3, 'H', 'W'] },
      constants: { w: { shape: [4, 3, 3, 3] } },
      nodes: [
        { op: 'Conv', inputs: ['x', 'w'], outputs: ['a'] },
        { op: 'GlobalAveragePool', inputs: ['a'], outputs: ['y'] },
      ],
      outputs: ['y'],
    });
    const [conv, pool] = treeTable(open).rows;
    assert.equal(conv?.at(-1), null);
    assert.equal(pool?.[3], 'all');
    assert.match(toMarkdown(treeTable(open)), /\| 108 \| \? \|/);
  });
});
