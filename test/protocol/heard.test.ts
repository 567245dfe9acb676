import assert from 'node:assert/strict';
import type { HostEvents } from '../../src/protocol/host';
import { compareEvents, hostEvents } from '../../src/protocol/heard';
import { connect, emitter, onEvents, type Port } from '../../src/protocol/rpc';

/** A wire with one end: what a page posts, and a way to say anything to it. */
function wire(): { readonly port: Port; readonly posted: unknown[]; readonly say: (message: unknown) => void } {
  const listeners = new Set<(message: unknown) => void>();
  const posted: unknown[] = [];
  const port: Port = {
    post: (message) => void posted.push(message),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return { port, posted, say: (message) => listeners.forEach((listener) => listener(message)) };
}

const ANYTHING: readonly unknown[] = [
  ...[
    null,
    undefined,
    7,
    Number.NaN,
    '',
    'fit',
    true,
    [],
    [[]],
    {},
    Object.create(null) as unknown,
    new Uint8Array(8),
    () => 1,
  ],
  ...[{ kind: 'toString' }, { kind: '__proto__' }, { kind: 7 }, { kind: 'select' }, { kind: 'select', node: -1 }],
  ...[
    { kind: 'point', node: 1.5 },
    { kind: 'selectGroup', node: 1 },
    { kind: 'select', node: '1' },
  ],
  ...[[{ severity: 'error' }], [null], { what: 'reading', done: Number.NaN }, { what: 7, done: 1 }],
  ...[
    { scene: {}, view: {}, places: ['a', 'b'] },
    { scene: { nodes: [] }, view: {}, places: ['a'] },
  ],
];

const TEXTS = new Set<unknown>(ANYTHING.filter((value) => typeof value === 'string'));

const OF_TEXT = new Set(['sceneChanged', 'plan', 'lost', 'moved']);

describe('what a page hears', () => {
  const RIGHT: { readonly [K in keyof HostEvents]?: readonly HostEvents[K][] } = {
    sceneChanged: ['{}'],
    problemsChanged: [[]],
    command: [{ kind: 'fit' }, { kind: 'course' }, { kind: 'select', node: 0 }, { kind: 'selectGroup', group: 3 }],
    progress: [
      { what: 'reading', done: null },
      { what: 'reading', done: 0.5 },
    ],
    lost: ['net.onnx is gone'],
    moved: ['file:///net.onnx'],
  };

  it('is what was agreed, as it was sent', () => {
    const { port, posted, say } = wire();
    const heard: unknown[] = [];
    const names = Object.keys(RIGHT) as (keyof HostEvents)[];
    onEvents<HostEvents>(
      port,
      hostEvents,
      Object.fromEntries(names.map((name) => [name, (value: unknown) => heard.push([name, value])])),
    );
    const sent = names.flatMap((name) => RIGHT[name]!.map((value) => [name, value]));
    const emit = emitter<HostEvents>(port);
    for (const name of names) for (const value of RIGHT[name]!) emit(name, value);
    posted.forEach(say);
    assert.deepEqual(heard, sent);
    const compared = { scene: { nodes: [] }, view: {}, places: ['a', 'b'] };
    assert.ok(compareEvents.comparedAnew(compared) && compareEvents.lost('gone'));
  });

  for (const [page, forms] of Object.entries({ 'of a model': hostEvents, 'of a comparison': compareEvents }))
    it(`and has another form is nobody's, on the page ${page}`, () => {
      const { port, say } = wire();
      const heard: string[] = [];
      const names = Object.keys(forms);
      const agreed = forms as Readonly<Record<string, (value: unknown) => boolean>>;
      const handlers = names.map((name) => [name, (value: unknown) => heard.push(`${name} ${String(value)}`)]);
      onEvents<Record<string, unknown>>(port, agreed, Object.fromEntries(handlers) as Record<string, () => void>);
      const taken: string[] = [];
      for (const name of [...names, 'toString', '__proto__', 'constructor'])
        for (const value of ANYTHING) {
          // Texts are texts, and a list without entries is a list of problems.
          if (TEXTS.has(value) && OF_TEXT.has(name)) taken.push(`${name} ${String(value)}`);
          else if (name === 'problemsChanged' && Array.isArray(value) && value.length === 0) taken.push(`${name} `);
          say({ event: name, value });
        }
      for (const message of ANYTHING) say(message);
      assert.deepEqual(heard, taken);
    });

  it('answers no question that was not asked, and only once', async () => {
    const { port, say } = wire();
    const host = connect<{ card(node: number): Promise<unknown> }>(port);
    const card = host.card(1);
    for (const message of [...ANYTHING, { reply: 7, ok: true, value: 'another' }, { reply: '1', ok: true, value: 0 }])
      say(message);
    say({ reply: 1, ok: true, value: 'the card' });
    say({ reply: 1, ok: false, error: 'too late' });
    assert.equal(await card, 'the card');
  });
});
