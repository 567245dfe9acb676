import assert from 'node:assert/strict';
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
