import assert from 'node:assert/strict';
import { t, useTexts } from '../../../src/core/l10n/l10n';

describe('texts in the language of the reader', () => {
  afterEach(() => useTexts({}));

  it('stay English where the bundle lacks them', () => {
    assert.equal(t('{0} of {1} layers', 3, 5), '3 of 5 layers');
    assert.equal(t('constructor'), 'constructor');
  });

  it('come from the bundle, with places in its own order', () => {
    useTexts({ '{0} of {1} layers': 'de {1} camadas, {0}' });
    assert.equal(t('{0} of {1} layers', 3, 5), 'de 5 camadas, 3');
  });

  it('take names as they are', () => {
    assert.equal(t('{0} is {1}', '{1}', '$&'), '{1} is $&');
    assert.equal(t('{0} and {1}', 'one'), 'one and {1}');
  });
});
