import assert from 'node:assert/strict';
import { unlinked } from '../../src/host/editor/unlinked';
import { escaped } from '../../src/host/text/escape';

/** CommonMark: a backslash takes the meaning from any ASCII punctuation, and from nothing else. */
const unescaped = (markdown: string): string => markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');

describe('names of a text in Markdown', () => {
  const names = [
    '[link](command:evil)',
    '![picture](https://example.org/x.png)',
    '<img src=x onerror=alert(1)>',
    'https://example.org and www.example.org, me@example.org',
    '`code` **bold** _em_ ~~gone~~ | cell | # head',
    '&lt;b&gt; $(sync~spin) \\* 64×112×112',
  ];
  for (const name of names)
    it(`leave no sign bare: ${name}`, () => {
      const markdown = escaped(name);
      assert.equal(unescaped(markdown), name);
      assert.doesNotMatch(markdown.replace(/\\./g, ''), /[!-/:-@[-`{-~]/);
    });

  it('stay in their line', () => {
    assert.equal(escaped('a\n\nb\r\n| c'), 'a b \\| c');
  });
});

describe('names in messages of VS Code', () => {
  /** What VS Code takes for a link in the text of a notification, and opens even where it is a command. */
  const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
  for (const name of [
    '[click](command:workbench.action.terminal.new).py',
    '[[a]](file:///etc/passwd "b") [c](https://example.org)',
  ])
    it(`make no link: ${name}`, () => {
      assert.match(name, link);
      assert.doesNotMatch(unlinked(name), link);
    });
});
