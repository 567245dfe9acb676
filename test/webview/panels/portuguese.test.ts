/** What panels say in Portuguese; in a process of its own modules, for texts are kept from the moment they are loaded. */
import assert from 'node:assert/strict';
import bundle from '../../../l10n/bundle.l10n.pt-br.json';
import { useTexts } from '../../../src/core/l10n/l10n';
import { fieldWords } from '../../../webview/panels/fieldPicture';
import { pixelWords } from '../../../webview/panels/pixel';
import { inputsLine } from '../../../webview/panels/runInputs';
import { powerText } from '../../../webview/panels/microscopeText';

describe('panels in Portuguese', () => {
  before(() => useTexts(bundle));
  after(() => useTexts({}));

  it('keep the strong part of a sentence where the language puts it', () => {
    const field = {
      ranges: [
        [156, 178],
        [108, 130],
      ] as const,
      pixels: 49,
      padding: 8,
      runs: [],
    };
    assert.deepEqual(fieldWords(field as never), [
      'vê linhas 156…178, colunas 108…130: ',
      '49',
      ' pixels, 91 % de buracos, 8 de preenchimento',
    ]);
    const users = {
      count: 36,
      of: 3025,
      ranges: [
        [41, 46],
        [28, 33],
      ],
      runs: [],
    };
    assert.deepEqual(pixelWords(users as never), [
      'é usado por ',
      '36',
      ' de 3\u202f025 unidades de cada canal: linhas 41…46, colunas 28…33',
    ]);
    assert.deepEqual(pixelWords({ ...users, ranges: null }), ['é usado por ', 'nenhuma unidade', ' desta camada']);
  });

  it('say of numbers and fillings what they are', () => {
    assert.equal(powerText({ power: -4, decimals: 2 }), 'em unidades de 10⁻⁴');
    const input = { name: 'h', dtype: 'float32', shape: [1], image: false };
    assert.equal(inputsLine([{ input, filling: { kind: 'zeros' } }] as never), 'h zeros');
    assert.equal(inputsLine([{ input, filling: { kind: 'noise', seed: 1 } }] as never), 'h ruído');
  });
});
