import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { commanded, rename, stub, uri } from '../support/vscodeStub';
import type { Workbench } from '../../src/host/commands/open';
import { compareCommands } from '../../src/host/compare/commands';
import type { Comparisons } from '../../src/host/compare/comparisons';
import type { SideBySide } from '../../src/host/compare/sideBySide';

type Command = (...given: readonly unknown[]) => Promise<unknown>;

describe('the model that was selected for comparing', () => {
  let normal: object;
  const commands = new Map<string, Command>();
  before(() => {
    normal = { ...stub.commands };
    Object.assign(stub.commands, {
      registerCommand(id: string, run: Command) {
        commands.set(id, run);
        return { dispose: () => void commands.delete(id) };
      },
    });
  });
  after(() => {
    Object.assign(stub.commands, { registerCommand: undefined, ...normal });
  });

  const shown: string[] = [];
  const kept = new Map<string, unknown>();
  /** An extension host that starts: nothing is left of the one before but what the workspace keeps. */
  function start(): vscode.Disposable {
    const memory = {
      get: (key: string) => kept.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
    };
    const log = { info: () => undefined, error: (text: string) => assert.fail(text) };
    const bench = { services: { memory, log }, panels: { active: null } } as unknown as Workbench;
    const show = (...pair: readonly vscode.Uri[]): void => void shown.push(pair.join(' ↔ '));
    return compareCommands(bench, { show } as unknown as Comparisons, { current: null } as unknown as SideBySide);
  }
  const run = (id: string, place: string): Promise<unknown> => commands.get(`convlens.${id}`)!(uri(place));
  const offered = (): unknown =>
    commanded.filter(([what, key]) => what === 'setContext' && key === 'convlens.selectedForCompare').at(-1)?.[2];

  it('is still that one after the extension host was started again, under the name it has by then', async () => {
    const first = start();
    await run('selectForCompare', 'file:///models/before.onnx');
    assert.equal(offered(), true);
    first.dispose();
    assert.equal(commands.size, 0);

    commanded.length = 0;
    const second = start();
    assert.equal(offered(), true, 'the menu offers it at once');
    assert.equal(await run('compareWithSelected', 'file:///models/after.onnx'), true);
    assert.deepEqual(shown.splice(0), ['file:///models/before.onnx ↔ file:///models/after.onnx']);

    rename(uri('file:///models'), uri('file:///nets'));
    second.dispose();
    const third = start();
    await run('compareWithSelected', 'file:///nets/after.onnx');
    assert.deepEqual(shown.splice(0), ['file:///nets/before.onnx ↔ file:///nets/after.onnx']);
    third.dispose();
  });
});
