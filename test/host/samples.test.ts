import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { sampleFiles } from '../../src/host/samples/manifest';

const folder = resolve(__dirname, '../../samples');

/** For people and for training, not for the extension. */
const NOT_OFFERED = /README|LICENSE|(^|\/)masks\//;

describe('the list of samples', () => {
  it('names every file of the samples that the extension offers, and no other', () => {
    const there = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((path) => !NOT_OFFERED.test(path));
    assert.deepEqual([...sampleFiles()].sort(), there.sort());
  });
});
