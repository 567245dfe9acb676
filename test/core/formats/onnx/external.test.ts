import assert from 'node:assert/strict';
import { refusal } from '../../../../src/core/formats/onnx/external';

describe('places of external data', () => {
  for (const path of ['weights.bin', './weights.bin', 'data/weights.bin', 'α β.data', '..weights', 'a..b/c']) {
    it(`reads ${path}`, () => {
      assert.equal(refusal(path), null);
    });
  }
  for (const path of [
    '',
    '..',
    '../weights.bin',
    'a/../../b',
    '/etc/passwd',
    '\\\\server\\share',
    'C:\\weights',
    'c:weights',
    'file:///etc/passwd',
    'http://example.org/w',
    'a\\b',
    'a\u0000b',
    '*/_ORT_MEM_ADDR_/*',
  ]) {
    it(`refuses ${JSON.stringify(path)}`, () => {
      assert.notEqual(refusal(path), null);
    });
  }
});
