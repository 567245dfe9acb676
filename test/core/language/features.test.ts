import { strict as assert } from 'node:assert';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDefinition } from '../../../src/core/formats/cnn/definition';
import { completions } from '../../../src/core/language/completion';
import { actions } from '../../../src/core/language/diagnostics';
import { folds } from '../../../src/core/language/folding';
import { formatEdits } from '../../../src/core/language/format';
import { hover } from '../../../src/core/language/hover';
import { inlays } from '../../../src/core/language/inlays';
import { totals } from '../../../src/core/language/lens';
import { nameAt, rename } from '../../../src/core/language/names';
import { outline, type Symbol } from '../../../src/core/language/outline';
import { nodeAt, spanOfNode } from '../../../src/core/language/selection';
import { Session, type Snapshot } from '../../../src/core/language/snapshot';
import { seeded } from '../../support/modelFile';
import { edited, marked, net, snapshotOf } from './marked';

const samples = ['lecture', 'zoo'].flatMap((folder) => {
  const path = join(__dirname, '../../../samples', folder);
  return readdirSync(path).map((name) => ({ name, source: readFileSync(join(path, name), 'utf8') }));
});
const sample = (name: string): string => samples.find((entry) => entry.name.includes(name))!.source;

/** The picture of the design, with the mistake it shows. */
const RESIDUAL = `# a residual net, small enough to read
input: 224x224x3
layers:
  - conv: 64 7x7 stride 2 pad 3 relu
  - maxpool: 3x3 stride 2 pad 1
    name: p
  - conv: 64 3x3 pad same relu
  - conv: 64 3x3 pad same
  - add: [p, previous]
  - conv: 128 3x3 stride 2 pad 1 relu
    name: d
  - conv: 128 3x3 relu
  - add: [d, previous]
`;

const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ');

/** Every line with its hint. */
function withHints(source: string): readonly string[] {
  const hints = inlays(snapshotOf(source), 0, source.length);
  let text = source;
  for (const { offset, text: hint } of [...hints].reverse())
    text = `${text.slice(0, offset)}  ${plain(hint)}${text.slice(offset)}`;
  return text.split('\n');
}

describe('inlay hints', () => {
  it('say size, field and synapses as in the design', () => {
    assert.deepEqual(
      withHints(RESIDUAL).slice(3, 13),
      [
        '  - conv: 64 7x7 stride 2 pad 3 relu  → 64×112×112 · sees 7 · 9 472 synapses',
        '  - maxpool: 3x3 stride 2 pad 1  → 64×56×56 · sees 11',
        '    name: p',
        '  - conv: 64 3x3 pad same relu  → 64×56×56 · sees 19 · 36 928 synapses',
        '  - conv: 64 3x3 pad same  → 64×56×56 · sees 27 · 36 928 synapses',
        '  - add: [p, previous]  → 64×56×56 · sees 27',
        '  - conv: 128 3x3 stride 2 pad 1 relu  → 128×28×28 · sees 35 · 73 856 synapses',
        '    name: d',
        '  - conv: 128 3x3 relu  → 128×26×26 · sees 51 · 147 584 synapses',
        '  - add: [d, previous]  → ?',
      ].map((line) => (line.endsWith('→ ?') ? '  - add: [d, previous]  → ? · sees 51' : line)),
    );
  });

  it('sum up repeats and uses of blocks, and stand before a comment', () => {
    const lines = withHints(
      'input: 32x32x3\nblocks:\n  stage(c):\n    - conv: $c 3x3 pad same\n    - maxpool: 2x2\nlayers:\n  - stage: 8 # the first\n  - stage: 16\n  - relu:\n    repeat: 2\n',
    );
    assert.equal(
      lines[3],
      '    - conv: $c 3x3 pad same  → 8×32×32 … 16×16×16 · sees 3 … 8 · 1 392 synapses · 2 layers',
    );
    assert.equal(lines[6], '  - stage: 8  → 8×16×16 · sees 4 · 224 synapses # the first');
    assert.equal(lines[7], '  - stage: 16  → 16×8×8 · sees 10 · 1 168 synapses');
    assert.equal(lines[8], '  - relu:  → 16×8×8 · sees 10 · 2 layers');
  });

  it('tell written kernels from learned ones, and what is not known', () => {
    const heads = withHints(
      net('- head: [{filter: box 3x3, from: input}]', '- head: [{filter: box 3x3}, conv: 2 3x3]'),
    );
    assert.match(heads[2]!, / · 9 fixed weights$/);
    assert.match(heads[3]!, / synapses$/);
    const lines = withHints(net('- filter: sobel x', '- conv:', '- dense: 10'));
    assert.equal(lines[2], '  - filter: sobel x  → 1×28×28 · sees 3 · 9 fixed weights');
    assert.match(lines[3]!, /- conv: {2}→ \?/);
  });
});

describe('code lens', () => {
  it('sums the net up over its input', () => {
    const { text, offset } = totals(snapshotOf(RESIDUAL));
    assert.equal(plain(text), '305 k parameters · 507 M MACs · a unit sees 51 of 224 px');
    assert.ok(RESIDUAL.slice(offset).startsWith('input:'));
  });
});

describe('hover', () => {
  const at = (text: string) => {
    const { source, start } = marked(text);
    return hover(snapshotOf(source), start + 1);
  };

  it('shows the full card of a layer', () => {
    const found = at(net('- «conv»: 64 7x7 stride 2 pad 3 relu'));
    assert.equal(found?.title, 'Convolution');
    assert.equal(found.card?.label, '7×7 · 64 · /2');
    assert.ok(found.card.formula);
    assert.deepEqual(
      found.card.rows.slice(0, 2).map(({ label, value }) => `${label} ${value}`),
      ['In 1×28×28', 'Out 64×14×14'],
    );
  });

  it('explains options, activations, weights, settings and references', () => {
    assert.equal(at(net('- conv: 64 3x3 «stride» 2'))?.title, 'stride');
    assert.match(at(net('- conv: 64 3x3 «stride» 2'))!.paragraphs[0]!, /larger than the kernel leaves pixels unseen/);
    assert.equal(at(net('- conv: 64 3x3 «relu»'))?.title, 'ReLU');
    assert.equal(at(net('- filter: «gaussian» 5x5'))?.title, 'gaussian');
    assert.equal(at('«input»: 8x8x1\nlayers:\n')?.title, 'input');
    assert.match(at(net('- conv: 8 3x3', '- add: [input, «previous»]'))!.paragraphs[0]!, /layer before/);
    const named = at(net('- conv: 8 3x3 pad 1', '  name: d', '- relu', '- add: [«d», previous]'));
    assert.equal(named?.title, 'd');
    assert.equal(named.card?.title, 'Conv');
  });

  it('says what a block is and comes to', () => {
    const found = at('input: 8x8x1\nblocks:\n  b(c, n=2):\n    - conv: $c 3x3\nlayers:\n  - «b»: 4\n  - b: 4\n');
    assert.equal(found?.title, 'b(c, n=2)');
    assert.match(found.paragraphs[0]!, /Used 2 times/);
    assert.match(plain(found.facts[0]!.value), /4×6×6 · sees 3 · 40 synapses/);
  });
});

describe('outline and folding', () => {
  const shape = (symbols: readonly Symbol[]): unknown =>
    symbols.map(({ name, detail, children }) => (children.length ? [name, detail, shape(children)] : [name, detail]));

  it('lists settings, blocks, layers and branches', () => {
    const text =
      'name: N\ninput: 8x8x1\nblocks:\n  b(c):\n    - conv: $c 3x3 pad 1\nlayers:\n  - b: 4\n    name: first\n  - add:\n      - - relu\n      - previous\n';
    assert.deepEqual(shape(outline(snapshotOf(text))), [
      ['name', 'N'],
      ['input', '8x8x1'],
      ['blocks', '', [['b', '(c)', [['conv', '4×8×8']]]]],
      [
        'layers',
        '',
        [
          ['first', 'b · 4×8×8'],
          ['add', '4×8×8', [['relu', '4×8×8']]],
        ],
      ],
    ]);
  });

  it('folds what is indented, and comments', () => {
    assert.deepEqual(
      folds(snapshotOf('# a\n# b\ninput: 8x8x1\nlayers:\n  - conv: 4 3x3\n    name: c\n  - relu\n').lines).map(
        ({ first, last, kind }) => `${first}-${last} ${kind}`,
      ),
      ['0-1 comment', '3-6 region', '4-5 region'],
    );
  });
});

describe('formatting', () => {
  const format = (source: string): string => edited(source, formatEdits(source));

  it('lays a text out and leaves the samples alone', () => {
    assert.equal(
      format(
        'input:   8x8x1\nlayers:\n- conv:   4    3x3   \n  name:  a\n# why\n- {add: [a,   previous]}\n\n\n\n- relu',
      ),
      'input: 8x8x1\nlayers:\n  - conv: 4 3x3\n    name: a\n  # why\n  - {add: [a, previous]}\n\n  - relu\n',
    );
    for (const { name, source } of samples) assert.equal(format(source), source, name);
  });

  it('does not touch what it cannot read', () => {
    assert.deepEqual(formatEdits('layers:\n  - conv: [1, 2\n'), []);
  });

  it('changes no net, and nothing the second time', () => {
    const random = seeded(11);
    for (const { source } of samples) {
      // Blanks where they mean nothing: more between words, at line ends and between lines.
      const ragged = source.replace(/(?<=[\w\]]) (?=\w)|\n/g, (gap) =>
        random() < 0.3 ? (gap === ' ' ? '   ' : '  \n') : gap,
      );
      const once = format(ragged);
      assert.equal(format(once), once);
      const nodes = (text: string) =>
        readDefinition(text).model.graph.nodes.map(({ op, name, inputs, attrs }) => [op, name, inputs, [...attrs]]);
      assert.deepEqual(nodes(once), nodes(source));
    }
  });
});

describe('code actions', () => {
  it('offer the padding that keeps the size on any window that shrinks the picture', () => {
    const { source, start } = marked(net('- «conv»: 8 5x5 relu'));
    const found = actions(snapshotOf(source), start, start);
    assert.deepEqual(
      found.map(({ fix, problem }) => [fix.title, problem]),
      [['Pad with 2: keeps 28×28', null]],
    );
    assert.equal(edited(source, found[0]!.fix.edits), net('- conv: 8 5x5 pad 2 relu'));
    const long = marked(net('- «conv»:', '    channels: 8', '    kernel: 3x3'));
    const [offer] = actions(snapshotOf(long.source), long.start, long.start);
    assert.equal(
      edited(long.source, offer!.fix.edits),
      net('- conv:', '    channels: 8', '    kernel: 3x3', '    pad: 1'),
    );
    assert.deepEqual(actions(snapshotOf(net('- conv: 8 3x3 pad same')), 30, 30), []);
  });
});

describe('selection follows between text and graph', () => {
  it('goes from a line to its operator and back', () => {
    const snapshot = snapshotOf(RESIDUAL);
    for (const site of snapshot.sites) {
      const node = nodeAt(snapshot, site.layer.kind.span.start, null);
      assert.ok(node !== null);
      const span = spanOfNode(snapshot, node);
      assert.equal(span?.start, site.layer.kind.span.start);
    }
    // A key under the layer belongs to it, and so does its activation.
    assert.equal(
      nodeAt(snapshot, RESIDUAL.indexOf('name: p') + 6, null),
      nodeAt(snapshot, RESIDUAL.indexOf('maxpool'), null),
    );
    const relu = snapshot.definition.model.graph.nodes.findIndex(({ op }) => op === 'Relu');
    assert.equal(spanOfNode(snapshot, relu)?.start, RESIDUAL.indexOf('conv:'));
    assert.equal(nodeAt(snapshot, 3, null), null);
  });

  it('stays in the use of a block that is looked at', () => {
    const source = sample('resnet50');
    const snapshot = snapshotOf(source);
    const site = snapshot.sites.find(({ block }) => block?.name.text === 'bottleneck')!;
    assert.ok(site.runs.length > 10);
    const nodes = site.runs.map(({ main }) => main!);
    for (const node of nodes) assert.equal(nodeAt(snapshot, site.layer.kind.span.start, node + 1), node);
    assert.equal(nodeAt(snapshot, site.layer.kind.span.start, null), nodes[0]);
  });
});

describe('all services answer at any place of any text', function () {
  this.timeout(120_000);

  const everything = (snapshot: Snapshot, offset: number): void => {
    const { source } = snapshot;
    for (const { span, insert } of completions(snapshot, offset)) {
      assert.ok(span.start <= span.end && span.end <= source.length && insert.length > 0);
    }
    const found = hover(snapshot, offset);
    if (found) assert.ok(found.span.start <= offset && offset <= found.span.end);
    nameAt(snapshot, offset);
    rename(snapshot, offset, 'fresh');
    actions(snapshot, offset, offset);
    nodeAt(snapshot, offset, null);
  };

  it('in every beginning of the samples', () => {
    for (const { source } of samples) {
      const session = new Session('x');
      const step = Math.max(7, Math.floor(source.length / 25));
      for (let end = 0; end <= source.length; end += step) {
        const snapshot = session.read(source.slice(0, end));
        everything(snapshot, end);
        inlays(snapshot, 0, end);
        outline(snapshot);
        folds(snapshot.lines);
        totals(snapshot);
        formatEdits(snapshot.source);
      }
    }
  });

  it('at random places', () => {
    const random = seeded(17);
    for (const { source } of samples) {
      const snapshot = snapshotOf(source);
      for (let i = 0; i < 25; i++) everything(snapshot, Math.floor(random() * (source.length + 1)));
    }
  });
});
