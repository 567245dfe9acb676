import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { SAMPLE_DEFINITIONS, SAMPLE_MODELS, sampleFiles } from '../../src/host/samples/manifest';

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

describe('the gallery', () => {
  const docs = resolve(__dirname, '../../docs');
  const text = readFileSync(join(docs, 'gallery.md'), 'utf8');
  const pictures = [...text.matchAll(/(?:\]\(|src="|srcset=")([^)"]+\.webp)/g)].map(([, path]) => join(docs, path!));

  it('names every sample that can be opened', () => {
    const links = [...text.matchAll(/\]\(\.\.\/samples\/([^)]+)\)/g)].map(([, path]) => path!);
    assert.deepEqual(links.sort(), [...SAMPLE_MODELS, ...SAMPLE_DEFINITIONS].map(({ path }) => path).sort());
  });

  it('has a picture of each net, in light and dark of each idea of the course, and shows all there are', () => {
    const nets = [...SAMPLE_MODELS, ...SAMPLE_DEFINITIONS].filter(({ kind }) => kind !== 'narrow');
    const lecture = nets.filter(({ kind }) => kind === 'lecture').length;
    const idea = /^\d\d-.*\.webp$/;
    const there = (folder: string): string[] =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.webp'))
        .map((name) => join(folder, name));
    const ideas = there(resolve(docs, '../media/walkthrough')).filter((path) => idea.test(path.split(sep).at(-1)!));
    assert.equal(ideas.length, 2 * lecture);
    assert.deepEqual([...pictures].sort(), [...ideas, ...there(join(docs, 'gallery'))].sort());
    assert.equal(pictures.length, nets.length + lecture);
  });
});
