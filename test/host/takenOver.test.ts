import assert from 'node:assert/strict';
import { blindPanel, commanded, disk, uri } from '../support/vscodeStub';
import type * as vscode from 'vscode';
import { memorySource } from '../../src/core/bytes/source';
import { ModelDocument } from '../../src/host/editor/document';
import { ModelPanel } from '../../src/host/editor/panel';
import type { Services } from '../../src/host/editor/services';
import type { HostApi } from '../../src/protocol/host';
import { encodeOnnx } from '../support/onnxModel';

const BYTES = encodeOnnx({
  opset: 13,
  inputs: { x: [1, 3, 8, 8] },
  constants: { w: { shape: [4, 3, 3, 3] } },
  nodes: [{ op: 'Conv', name: 'c', inputs: ['x', 'w'], outputs: ['y'], attrs: { kernel_shape: [3, 3] } }],
  outputs: ['y'],
});

const big = 2 ** 53 - 1;
const deep = (levels: number): unknown => (levels === 0 ? [] : [deep(levels - 1)]);
const polluting: unknown = JSON.parse(
  '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": 1}}}',
);

/** What may stand in the place of any argument. */
const ANYTHING: readonly unknown[] = [
  ...[null, undefined, true, 0, -1, 0.5, Number.NaN, Infinity, big, 2 ** 60, '', '../../etc/passwd', '\0', 'toString'],
  ...['file:///etc/passwd', 'command:workbench.action.terminal.new', [], [[]], deep(2000), {}, polluting],
  ...[
    Object.create(null) as unknown,
    new Uint8Array(4),
    new Array(1e6),
    { length: 1e9 },
    { then: 7 },
    { value: 0, at: [-1, 0] },
  ],
  ...[
    { value: big, at: [0, 0] },
    { value: 0, at: [big, big, big, big] },
    { value: 0, pixel: [0.5, 'x'] },
  ],
  ...[
    { value: 0, at: new Array(1e6).fill(0) },
    { value: 1, from: big, count: big },
    { value: 1, from: -1, count: 1 },
  ],
  ...[
    { value: 1, from: 0, count: big, times: big, step: big },
    { value: 1, from: 0, count: 1, times: 0, step: 0 },
  ],
  ...[
    { value: 1, from: 0, count: big },
    { input: 'x', shape: [big, big, big, big] },
    { input: 'x', shape: [0, 0, 0, 0] },
  ],
  ...[
    { input: '__proto__', shape: [] },
    { format: '__proto__', nodes: null, times: null },
    { format: 'csv', nodes: [9] },
  ],
  ...[{ format: 'csv', nodes: null, times: ['x'] }, { bytes: { start: -1, end: 'x' } }, { bytes: null }],
  ...[
    { name: '../../x', content: 7 },
    { name: 'x'.repeat(1e6), content: '' },
    { node: big, settings: {} },
  ],
  ...[
    { node: null, settings: { rate: 'x' } },
    { level: 'error', text: 'x'.repeat(1e6) },
    { level: 7, text: 7 },
  ],
  ...[
    { selection: -1, chosen: true, running: 7, mode: 'graph' },
    { selection: null, mode: 'x'.repeat(1e6) },
  ],
  ...[
    { preparation: polluting, provider: {}, fillings: polluting },
    { provider: 'wasm', fillings: new Array(1e5) },
  ],
];

/** Every question a page may ask; those that only ask a person or VS Code are told apart. */
const QUESTIONS: Readonly<Record<keyof HostApi, 'takes' | 'alone'>> = {
  assets: 'alone',
  open: 'alone',
  card: 'takes',
  inspect: 'takes',
  tensor: 'takes',
  unitSource: 'takes',
  unitField: 'takes',
  unitTrail: 'takes',
  dependents: 'takes',
  coverage: 'takes',
  runSource: 'alone',
  modelBytes: 'takes',
  otherRun: 'alone',
  otherBytes: 'takes',
  images: 'alone',
  pickImage: 'alone',
  pickTensor: 'alone',
  keepRunSettings: 'takes',
  setInputSize: 'takes',
  setFieldInput: 'takes',
  reveal: 'takes',
  revealSource: 'takes',
  depth: 'alone',
  table: 'takes',
  copy: 'takes',
  save: 'takes',
  begin: 'alone',
  course: 'takes',
  courseEdit: 'takes',
  openChapter: 'takes',
  openSample: 'takes',
  cut: 'takes',
  state: 'takes',
  log: 'takes',
};
/** Commands of our own that look at what they are given themselves (commands.test.ts), and VS Code's list of problems. */
const HARMLESS = new Set(['convlens.openSample', 'convlens.openCourse', 'workbench.actions.view.problems']);

interface Reply {
  readonly reply?: number;
  readonly ok?: boolean;
  readonly value?: unknown;
  readonly error?: string;
}

describe('a page that has been taken over', () => {
  const logged: string[] = [];
  const beside: string[] = [];
  const kept = new Map<string, unknown>();
  const page = blindPanel();
  let document: ModelDocument;
  let panel: ModelPanel;
  const settled = { ...disk };
  before(() => {
    const source = memorySource(BYTES);
    const file = {
      name: 'net.onnx',
      bytes: source,
      sibling: (path: string) => {
        beside.push(path);
        return Promise.resolve({ kind: 'missing' as const });
      },
      dispose: () => undefined,
    };
    const log = (line: string): void => void logged.push(line);
    const services = {
      platform: { open: () => Promise.resolve(file) },
      log: { info: log, warn: log, error: log },
      problems: null,
      extensionUri: uri('file:///extension'),
      sampleRoot: uri('file:///extension/samples'),
      memory: {
        get: (key: string) => kept.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
      },
    } as unknown as Services;
    document = new ModelDocument(uri('file:///models/net.onnx'), services);
    panel = new ModelPanel(document, page.panel, { open: () => [], read: () => Promise.reject(new Error('asked')) });
    disk.read = (of: vscode.Uri) => Promise.reject(new Error(`read ${of.toString()}`));
    for (const list of [commanded, disk.written]) list.splice(0);
  });
  after(() => {
    panel.dispose();
    document.dispose();
    Object.assign(disk, settled);
  });

  let serial = 0;
  async function ask(call: unknown, argument: unknown): Promise<Reply> {
    const id = ++serial;
    page.say({ call, id, argument });
    for (let wait = 0; wait < 2000; wait++) {
      const found = (page.posted as readonly Reply[]).find(({ reply }) => reply === id);
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, wait < 20 ? 0 : 5));
    }
    throw new Error(`no answer to ${String(call)}`);
  }

  it('asks no question that is none', async () => {
    for (const name of ['toString', '__proto__', 'constructor', 'dispose', 'hasOwnProperty', ''])
      assert.match((await ask(name, null)).error ?? '', /No method/);
    const posted = page.posted.length;
    for (const message of [...ANYTHING, { call: 7, id: 1 }, { call: 'card' }, { call: 'card', id: '1' }])
      page.say(message);
    await ask('card', 0);
    assert.equal(page.posted.length, posted + 1, 'nothing else was answered');
  });

  for (const [name] of Object.entries(QUESTIONS).filter(([, kind]) => kind === 'takes'))
    it(`gets no further with anything as its argument: ${name}`, async () => {
      for (const argument of ANYTHING) {
        const { ok, error, value } = await ask(name, argument);
        if (!ok) assert.ok((error ?? '').length > 3 && error!.length < 2000, 'a refusal in words');
        assert.doesNotMatch(JSON.stringify(value ?? null), /polluted/);
      }
      assert.deepEqual(beside, [], 'files beside the model');
      assert.deepEqual(disk.written, [], 'files that were written');
      assert.deepEqual(
        commanded.filter(([command]) => !HARMLESS.has(command as string)),
        [],
      );
      assert.equal((Object.prototype as { polluted?: unknown }).polluted, undefined);
      for (const line of logged.splice(0)) assert.ok(line.length < 12_000, 'a line of the log');
    });

  it('is served as before, and what is kept of it is small', async () => {
    const { ok, value } = await ask('card', 0);
    assert.ok(ok && value);
    assert.equal((await document.analysis()).facts.graph.nodes.length, 1);
    assert.ok(JSON.stringify([...kept.values()]).length < 10_000);
    assert.equal(document.shapes.size, 0);
    assert.ok((await ask('tensor', { value: 1, from: 0, count: 4 })).ok);
  });
});
