import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commanded, disk, editors, typedText, uri } from '../support/vscodeStub';
import { Course } from '../../src/host/commands/course';
import type { Workbench } from '../../src/host/commands/open';
import type { Services } from '../../src/host/editor/services';
import { DefinitionModel } from '../../src/host/text/definitionModel';
import { Texts } from '../../src/host/text/texts';

const sample = (id: string): Promise<string> => readFile(join('samples', 'lecture', `${id}.cnn.yaml`), 'utf8');

describe('the course in its one text', () => {
  const texts = new Texts();
  const kept = new Map<string, unknown>();
  const services = {
    sampleRoot: uri(`file://${process.cwd()}/samples`),
    memory: { get: (key: string) => kept.get(key), update: (key: string, value: unknown) => kept.set(key, value) },
  } as unknown as Services;
  const [first, second] = ['01-notation', '02-fully-connected'];
  after(() => {
    texts.dispose();
    editors.splice(0);
  });

  it('knows which chapter stands there before its graph has caught up', async () => {
    disk.read = ({ path }) => readFile(path);
    const text = typedText('untitled:Untitled-1', await sample(first));
    editors.push(text);
    const model = await DefinitionModel.open(text.document, texts, services);
    const panel = { document: model, panel: { reveal: () => undefined }, command: () => undefined };
    const course = new Course({ services, texts, panels: { active: panel, list: [panel] } } as unknown as Workbench);

    await course.open(second, false);
    assert.equal(text.document.getText(), await sample(second));
    assert.equal(kept.get('convlens.course.chapter'), second);
    assert.ok(commanded.some(([, key]) => key === `convlens.course.${second}`));
    assert.ok(!commanded.some(([, key]) => key === `convlens.course.${first}`));

    // Back and on again at once: what was left is of the chapter it was typed in.
    text.type((await sample(second)).replace('4 3x3', '4 5x5'));
    await course.open(first, false);
    assert.equal(text.document.getText(), await sample(first));
    await course.open(second, false);
    assert.match(text.document.getText(), /4 5x5/);
    model.dispose();
  });

  it('ends at the chapter asked for last, and passes over those between', async () => {
    disk.read = ({ path }) => readFile(path);
    editors.splice(0);
    const text = typedText('untitled:Untitled-2', await sample(first));
    editors.push(text);
    const model = await DefinitionModel.open(text.document, texts, services);
    const panel = { document: model, panel: { reveal: () => undefined }, command: () => undefined };
    const course = new Course({ services, texts, panels: { active: panel, list: [panel] } } as unknown as Workbench);
    const third = '03-one-layer';
    commanded.splice(0);
    const opened = [
      course.open(second, true),
      course.open(third, true),
      course.open(first, true),
      course.open(third, true),
    ];
    await Promise.all(opened);
    assert.equal(text.document.getText(), await sample(third));
    assert.equal(kept.get('convlens.course.chapter'), third);
    assert.deepEqual(
      commanded.map(([, key]) => key),
      [`convlens.course.${third}`],
      'no chapter that was passed over is ticked',
    );
    // One that fails stops none after it.
    await assert.rejects(course.open('no-chapter', true));
    const failing = course.open('no-chapter', true);
    const after = course.open(second, true);
    await Promise.allSettled([failing]);
    await after;
    assert.equal(text.document.getText(), await sample(second));
    model.dispose();
  });
});
