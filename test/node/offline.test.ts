import assert from 'node:assert/strict';
import { get } from 'node:http';
import { connect } from 'node:net';

/** Whether the program and the host can be tried at all under test/support/offline.ts, which the unit tests are run with. */
describe('without a network', () => {
  it('are all of these tests: whoever asks one is told', async () => {
    const refused = /nothing here asks a network/;
    assert.throws(() => connect(49151, '127.0.0.1'), refused);
    assert.throws(() => get('http://127.0.0.1:49151/'), refused);
    await assert.rejects(fetch('http://127.0.0.1:49151/'), ({ cause }: Error) => {
      assert.ok(cause instanceof Error);
      assert.match(cause.message, refused);
      return true;
    });
  });
});
