import assert from 'node:assert/strict';
import { commanded, disk, stub, uri } from '../support/vscodeStub';
import { emptyEditor } from '../support/emptyEditor';
import type * as vscode from 'vscode';
import packageJson from '../../package.json';
import { activateWith } from '../../src/host/activate';

/** Nobody may look into what was handed over: whatever is asked of it counts, and throws. */
function trap(): { readonly value: object; readonly touched: string[] } {
  const touched: string[] = [];
  const asked = (what: string): never => {
    touched.push(what);
    throw new Error(what);
  };
  const value = new Proxy(
    {},
    {
      get: (_, name) => asked(`read ${String(name)}`),
      has: (_, name) => asked(`asked for ${String(name)}`),
      ownKeys: () => asked('listed'),
    },
  );
  return { value, touched };
}

describe('commands that are handed over anything', () => {
  let editor: ReturnType<typeof emptyEditor>;
  const asked: string[] = [];
  const read: string[] = [];
  const normal = disk.read;
  before(() => {
    editor = emptyEditor();
    const kept = new Map<string, unknown>();
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => kept.set(key, value),
    };
    const context = { subscriptions: [], extensionUri: uri('file:///extension'), workspaceState: memory };
    disk.read = (of) => {
      read.push(of.toString());
      return Promise.resolve(new TextEncoder().encode('input: 8x8x3\nlayers:\n  - dense: 2\n'));
    };
    activateWith(context as unknown as vscode.ExtensionContext, {
      open: (of) => {
        read.push(of.toString());
        return Promise.reject(new Error('no such file'));
      },
      resolve: (of) => Promise.resolve(of),
      extensionIsRemote: false,
    });
  });
  after(() => {
    disk.read = normal;
    editor.close();
  });

  interface Done {
    readonly opened: readonly string[];
    readonly asked: readonly string[];
    readonly commanded: readonly string[];
    readonly read: readonly string[];
    readonly failed: readonly string[];
  }

  async function called(id: string, ...call: readonly unknown[]): Promise<Done> {
    for (const list of [editor.logged, editor.asked, editor.opened, commanded, asked, read]) list.splice(0);
    await editor.handlers.get(id)!(...call);
    return {
      opened: [...editor.opened],
      asked: [...editor.asked],
      commanded: commanded.map(([name, first]) => [name, first instanceof stub.Uri ? String(first) : ''].join(' ')),
      read: [...read],
      failed: [...editor.logged],
    };
  }

  it('are all there: each of the manifest, and none twice', () => {
    const listed = packageJson.contributes.commands.map(({ command }) => command);
    assert.ok(listed.length > 25);
    assert.deepEqual(
      listed.filter((id) => !editor.handlers.has(id)),
      [],
    );
  });

  const garbage: Readonly<Record<string, unknown>> = {
    null: null,
    'a number': 7,
    NaN: Number.NaN,
    'a text': '../../etc/passwd',
    'an address as text': 'file:///etc/passwd',
    'a command as text': 'command:workbench.action.terminal.new',
    'a list of lists': [[['x']]],
    'something like an address': {
      scheme: 'file',
      path: '/etc/passwd',
      fsPath: '/etc/passwd',
      toString: () => 'file:///etc/passwd',
    },
    'an object without a prototype': Object.create(null) as unknown,
    __proto__: JSON.parse('{"__proto__": {"polluted": true}}'),
    'a function': () => assert.fail('it was called'),
    'a symbol': Symbol('x'),
    'a large number': 2n ** 80n,
  };

  for (const { command } of packageJson.contributes.commands)
    it(`do what they do without it: ${command}`, async () => {
      const without = await called(command);
      for (const [name, argument] of Object.entries(garbage))
        for (const call of [[argument], [argument, [argument, argument]], [undefined, argument]]) {
          const done = await called(command, ...call);
          const ours = [...done.failed].filter((line) =>
            /TypeError|ReferenceError|Cannot (read|convert)|is not a/.test(line),
          );
          assert.deepEqual(ours, [], `${command} with ${name}`);
          assert.ok(![...done.opened, ...done.read, ...done.commanded].some((of) => of.includes('passwd')), name);
          // A chapter that is none is refused in words; all else acts as if nothing had been said.
          if (!done.failed.some((line) => line.includes('no such chapter')))
            assert.deepEqual(
              { ...done, failed: done.failed.length },
              { ...without, failed: without.failed.length },
              `${command} with ${name}`,
            );
        }
      assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    });

  it('look at nothing of an object that is no address', async () => {
    for (const { command } of packageJson.contributes.commands) {
      const { value, touched } = trap();
      await called(command, value, [value]);
      assert.deepEqual(touched, [], command);
    }
  });

  it('open an address of a foreign kind through the editor, which knows what it may, and read nothing of it', async () => {
    for (const list of [commanded, read]) list.splice(0);
    const foreign = ['https://example.org/net.onnx', 'command:workbench.action.quit', 'vscode://x/y.onnx'].map(uri);
    // All at once: each waits a while for an editor that never comes.
    const calls = [...editor.handlers.values()].flatMap((run) => foreign.map((place) => run(place, [place])));
    await Promise.all(calls);
    assert.ok(calls.length > 75);
    assert.ok(!read.some((of) => !of.startsWith('file:///extension/samples/')), read.join('\n'));
    assert.ok(commanded.some(([name]) => name === 'vscode.openWith'));
    for (const [name] of commanded) assert.match(String(name), /^(vscode\.openWith|setContext|convlens\.[\w.]+)$/);
  });
});
