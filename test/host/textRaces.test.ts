import assert from 'node:assert/strict';
import { typedText } from '../support/vscodeStub';
import type { Services } from '../../src/host/editor/services';
import { DefinitionModel } from '../../src/host/text/definitionModel';
import { Texts } from '../../src/host/text/texts';

/** A net of as many activations as asked for; a thousand take many turns to read. */
const net = (count: number): string => `input: 8x8x3\nlayers:\n${'  - relu\n'.repeat(count)}`;

const typed = (text: string) => typedText('file:///nets/net.cnn.yaml', text);
const services = {} as Services;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 400, 'it never came');
    await pause(10);
  }
}

describe('a text that is typed while it is read', () => {
  let texts: Texts;
  beforeEach(() => (texts = new Texts()));
  afterEach(() => {
    texts.dispose();
  });

  /** After a long text, keys are waited for as long as that took to read: a shorter one is read meanwhile. */
  async function afterLong(): Promise<ReturnType<typeof typed>> {
    const text = typed(net(1000));
    await texts.latest(text.document);
    text.type(net(150));
    return text;
  }

  it('gives no places of what it was before', async () => {
    const { document, type } = await afterLong();
    const asked = texts.current(document);
    type(`# one line more\n${net(150)}`);
    assert.ok((await asked) === null);
    assert.equal((await texts.latest(document)).source, document.getText());
  });

  it('is waited for as long as it is typed on', async () => {
    const { document, type } = await afterLong();
    const asked = texts.latest(document);
    type(net(2));
    assert.equal((await asked).source, net(2));
  });

  it('is shown as it stands at the end, however early that settled', async () => {
    const { document, settle } = typed(net(2000));
    // Read already: what opening it still has to do is the drawing.
    await texts.latest(document);
    const [order, opening]: [string[], Promise<DefinitionModel>] = [
      [],
      DefinitionModel.open(document, texts, services),
    ];
    const opened = opening.then((model) => {
      order.push('opened');
      return model;
    });
    texts.onDidSettle(() => order.push('settled'));
    await pause(0);
    settle(net(3));
    const model = await opened;
    assert.deepEqual(order, ['settled', 'opened']);
    await until(() => model.read.source === net(3));
    assert.equal((await model.analysis()).facts.graph.nodes.length, 3);
    model.dispose();
  });
});
