import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { CDPSession } from 'playwright-core';
import { BAD } from '../../support/badFiles';
import { expectQuiet } from '../harness/expect';
import { plain, sceneFacts, textOf } from '../harness/lens';
import { extensionHostPeak } from '../harness/nodeServer';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, screenshot } from '../harness/vscode';
import { corpusDir, hasCorpus } from '../harness/workspace';

/** What the extension host ever held for any of them, and with 100,000 operators; by how much the window's heap may grow, MiB. */
const MOST_IN_HOST = 400;
const MOST_WITH_100K = 1500;
const MOST_IN_WINDOW = 60;

/** No file may take longer to be told about, on a busy machine with two cores. */
const PATIENCE_MS = 30_000;
const PATIENCE_WITH_100K_MS = 90_000;

const isMany = (name: string): boolean => (BAD[name]?.operators ?? 0) > 10_000;
const found = hasCorpus
  ? readdirSync(path.join(corpusDir, 'bad')).flatMap((file) => (file.endsWith('.onnx') ? [file.slice(0, -5)] : []))
  : Object.keys(BAD);
/** The largest last: behind what it takes no other could be seen. */
const there = found.sort((a, b) => Number(isMany(a)) - Number(isMany(b)));

describe(`files that are no good (${hostKind} host)`, () => {
  let session: Session;
  let devtools: CDPSession;
  let atFirst: number;

  async function windowHeap(): Promise<number> {
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  }

  before(async () => {
    const files = there.map((name) => `bad/${name}.onnx`);
    const extras = files.map((file) => [file, { from: path.join(corpusDir, file) }] as const);
    session = await launchHost({ extras: hasCorpus ? Object.fromEntries(extras) : {} });
    devtools = await session.page.context().newCDPSession(session.page);
    atFirst = await windowHeap();
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  for (const name of there) {
    const expected = BAD[name];
    it(`say so: ${name}`, async function () {
      if (!hasCorpus) this.skip();
      await openFile(session.page, `bad/${name}.onnx`);
      const many = isMany(name);
      const frame = await convlensFrame(session.page, many ? PATIENCE_WITH_100K_MS : PATIENCE_MS);
      const facts = await sceneFacts(frame);
      const quiet = expected?.says === null || !(await frame.locator('[data-testid=message]').isVisible());
      const message = quiet ? '' : plain((await textOf(frame, 'message')).replace(/\|/g, ' '));
      if (expected) assert.equal(facts.drawn, expected.operators, 'operators drawn');
      if (!expected) assert.ok(facts.drawn > 0 || message.length > 0, 'neither a graph nor a word');
      else if (expected.says) assert.match(message, expected.says);
      else assert.deepEqual(facts.problems, []);
      assert.doesNotMatch(await frame.locator('body').innerText(), /\bNaN\b|Infinity|\bundefined\b(?!-)|\[object/);
      if (hostKind === 'node') {
        const peak = await extensionHostPeak();
        assert.ok(peak > 50 && peak < (many ? MOST_WITH_100K : MOST_IN_HOST), `the host held ${peak.toFixed(0)} MiB`);
      }
      if (name === 'names_html') await screenshot(session.page, 'names-html');
    });
  }

  it('leave nothing in the window', async () => {
    const grown = (await windowHeap()) - atFirst;
    assert.ok(grown < MOST_IN_WINDOW, `its heap grew by ${grown.toFixed(0)} MiB`);
  });
});
