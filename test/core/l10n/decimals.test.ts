/** Numbers of the page and the cards with a comma where the language has one, and with a point wherever they are read again. */
import assert from 'node:assert/strict';
import bundle from '../../../l10n/bundle.l10n.pt-br.json';
import { useTexts } from '../../../src/core/l10n/l10n';
import { bytes, count, decimal, factor, share } from '../../../src/core/view/numbers';
import { find } from '../../../webview/state/find';
import { cellText, lineText, signedText } from '../../../webview/panels/microscopeText';
import { shortValue, valueText } from '../../../webview/panels/valueText';
import * as page from '../../../webview/ui/numbers';
import { toCsv } from '../../../src/core/view/table';

const written = (): readonly string[] => [
  count(11_689_512),
  share(0.08, 1),
  share(1, 1e6),
  bytes(46_700_000),
  decimal(0.125),
  factor(9.62),
  page.compact(3.49e6),
  page.percent(0.043),
  page.bytes(46_700_000),
  page.duration(0.42),
  page.duration(1200),
  valueText(-4.2123),
  valueText(1.2e-7),
  shortValue(3.14),
  cellText(-50.13, { power: 0, decimals: 1 }),
  lineText(1234.5, 1),
  signedText({ sign: '+', value: 69.58 }, 1),
];

describe('the decimal mark', () => {
  afterEach(() => useTexts({}));

  it('is a point in English', () => {
    assert.deepEqual(
      written().map((text) => text.replace(/\s/g, ' ')),
      [
        ...['11.7 M', '8.0 %', '<0.1 %', '46.7 MB', '0.125', '9.6', '3.49 M', '4.3 %', '46.7 MB', '0.42 ms', '1.2 s'],
        ...['−4.21', '1.2·10⁻⁷', '3.1', '−50.1', '1234.5', '+ 69.6'],
      ],
    );
  });

  it('is a comma in Portuguese', () => {
    const english = written();
    useTexts(bundle);
    assert.deepEqual(
      written(),
      english.map((text) => text.replace('.', ',')),
    );
    assert.equal(page.integer(9408), '9\u202f408', 'thousands stay apart by a space');
  });

  it('is a point in what other programs read, and either in what one looks for', () => {
    useTexts(bundle);
    const columns = [{ title: 'a' }, { title: 'b' }];
    assert.match(toCsv({ columns, rows: [[0.5, 1.25]] }), /0\.5,1\.25/);
    const nodes = [{ id: 0, parameters: 1_600_000 } as never];
    assert.deepEqual(find({ nodes } as never, 'params>1,5M'), [0]);
    assert.deepEqual(find({ nodes } as never, 'params>1.5M'), [0]);
    assert.deepEqual(find({ nodes } as never, 'params>1,7M'), []);
  });
});
