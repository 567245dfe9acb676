import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import packageJson from '../../package.json';
import english from '../../package.nls.json';
import portuguese from '../../package.nls.pt-br.json';
import bundle from '../../l10n/bundle.l10n.pt-br.json';
import { formats } from '../../src/core/formats';
import { safeName } from '../../src/host/editor/fileName';
import { SAMPLE_DEFINITIONS, SAMPLE_MODELS } from '../../src/host/samples/manifest';
import { parseShape } from '../../src/host/editor/shapeText';

const root = resolve(__dirname, '../..');

const filesBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

/** What the sources say through `t`, host, core and pages alike. */
function spokenTexts(): string[] {
  const spoken: string[] = [];
  for (const path of ['src/core', 'src/host', 'src/node', 'webview'].flatMap(filesBelow)) {
    const source = readFileSync(path, 'utf8');
    if (!/\/l10n'|\bl10n\./.test(source)) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node)) {
        const { expression, arguments: args } = node;
        const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
        if (ts.isIdentifier(name) && name.text === 't') {
          const [text] = args;
          assert.ok(text);
          // What a sample is called stands in the manifest and is added below.
          if (!/^sample\.(title|detail)$/.test(text.getText())) {
            assert.ok(ts.isStringLiteralLike(text), `${path}: only a text that stands there can be translated`);
            spoken.push(text.text);
          }
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
  }
  return spoken;
}

describe('texts of the extension', () => {
  it('are there for every placeholder of package.json, in both languages', () => {
    const used = [...JSON.stringify(packageJson).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(english).sort());
    assert.deepEqual(Object.keys(portuguese).sort(), Object.keys(english).sort());
  });

  it('are translated wherever host, core and pages speak', () => {
    const samples = [...SAMPLE_MODELS, ...SAMPLE_DEFINITIONS].flatMap(({ title, detail }) => [title, detail]);
    assert.deepEqual([...new Set([...spokenTexts(), ...samples])].sort(), Object.keys(bundle).sort());
  });

  it('keep their placeholders in translation', () => {
    for (const [text, translated] of Object.entries(bundle)) {
      const places = (s: string) => [...s.matchAll(/\{\d\}/g)].map(String).sort();
      assert.deepEqual(places(translated), places(text), text);
    }
  });

  it('contribute a command for everything the palette should offer, in one category', () => {
    for (const { category, title } of packageJson.contributes.commands) {
      assert.equal(category, 'ConvLens');
      assert.match(title, /^%command\./);
    }
  });
});

describe('package.json', () => {
  it('opens the extensions of every binary format, and none of nobody', () => {
    const patterns = packageJson.contributes.customEditors.flatMap(({ selector }) => selector);
    const opened = patterns.map(({ filenamePattern }) => filenamePattern.replace('*', '')).sort();
    const binary = formats.filter(({ id }) => id !== 'cnn');
    // Definitions are text: they stay in the text editor.
    assert.deepEqual(opened, binary.flatMap(({ extensions }) => extensions).sort());
  });
});

describe('extents typed by a person', () => {
  for (const typed of ['1x3x224x224', '1×3×224×224', '1 3 224 224', ' 1, 3, 224, 224 ', '1*3*224*224']) {
    it(`reads ${JSON.stringify(typed)}`, () => {
      assert.deepEqual(parseShape(typed), [1, 3, 224, 224]);
    });
  }
  for (const typed of ['', 'x', '1x', '1x-3', '1x3.5', '1xabc', '1x99999999999']) {
    it(`refuses ${JSON.stringify(typed)}`, () => {
      assert.equal(parseShape(typed), null);
    });
  }
});

describe('names of files to save', () => {
  it('hold nothing that leads elsewhere', () => {
    assert.equal(safeName('../../etc/passwd'), '__.._etc_passwd');
    assert.equal(safeName('a/b\\c:d\u0000.md'), 'a_b_c_d_.md');
    assert.equal(safeName(''), 'convlens');
  });
});
