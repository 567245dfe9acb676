/**
 * Everything that core says of broken definitions, odd files and whole nets, as JSON lines. A process of its own, since some texts
 * are kept from the moment their modules are loaded.
 */
import './inPortuguese';
import { join } from 'node:path';
import { analyze } from '../../../src/core/analysis';
import { openModel } from '../../../src/core/formats';
import { completions } from '../../../src/core/language/completion';
import { actions, textProblems } from '../../../src/core/language/diagnostics';
import { hover } from '../../../src/core/language/hover';
import { inlays } from '../../../src/core/language/inlays';
import { totals } from '../../../src/core/language/lens';
import { Session } from '../../../src/core/language/snapshot';
import { operators } from '../../../src/core/ops';
import { spokenNode } from '../../../src/core/spoken';
import { inspector } from '../../../src/core/view/inspector';
import { buildScene, draw } from '../../../src/core/view/scene';
import { loneFile } from '../../support/modelFile';
import { samples } from '../../support/sampleTexts';
import { cases } from '../language/problemCases';
import { filesOf } from './oddFiles';

const root = join(__dirname, '../../..');
const said = new Map<string, string>();
const say = (where: string, ...texts: readonly (string | undefined)[]): void => {
  for (const text of texts) if (text && !said.has(text)) said.set(text, where);
};

function definitions(): void {
  for (const { code, text } of cases) {
    const source = text.replace(/[«»|]/g, '');
    const snapshot = new Session('x').read(source);
    for (const { message } of textProblems(snapshot)) say(code, message);
    for (const { fix } of actions(snapshot, 0, source.length)) say(code, fix.title);
    for (const { text: hint } of inlays(snapshot, 0, source.length)) say(code, hint);
    say(code, totals(snapshot).text);
  }
  for (const { source } of samples) {
    const snapshot = new Session('x').read(source);
    const words = [...source.matchAll(/[\w.]+:?/g)].slice(0, 200);
    for (const { index } of words) {
      const found = hover(snapshot, index);
      if (found) say('hover', ...found.paragraphs, ...found.facts.flatMap(({ label, value }) => [label, value]));
    }
    for (const { index, 0: word } of words.slice(0, 40))
      for (const { detail, doc } of completions(snapshot, index + word.length)) say('completion', detail, doc);
  }
}

async function models(): Promise<void> {
  for (const { name, title, summary } of operators) {
    say(`summary of ${name}`, summary);
    // `Is NaN` is still the operator's own name.
    if (title.replace(/\W/g, '').toLowerCase() !== name.toLowerCase()) say(`title of ${name}`, title);
  }
  for (const [name, bytes] of filesOf(root)) {
    const { model, diagnostics } = await openModel(loneFile(bytes, name));
    for (const { message } of diagnostics) say(name, message);
    if (!model) continue;
    const drawing = draw(analyze(model), diagnostics);
    for (const { message } of drawing.problems) say(name, message);
    const scene = buildScene(drawing, name);
    for (const { kind } of scene.groups) say(name, kind);
    for (const node of scene.nodes) {
      const { id } = node;
      say(`${name}: description`, spokenNode(node).replace(/^[^.]*\./, ''));
      const found = inspector(drawing, id);
      if (!found) continue;
      const rows = [...found.rows, ...found.card.rows];
      say(`${name}: row`, ...rows.flatMap(({ label, value, exact }) => [label, value, exact]));
      say(`${name}: card`, found.card.summary, found.card.fused, found.position, ...(found.card.formula?.notes ?? []));
      say(`${name}: synapses`, found.synapses?.sentence.map(({ text }) => text).join(''));
      say(`${name}: weights`, ...found.weights.flatMap(({ role, reason }) => [role, reason]));
    }
  }
}

async function all(): Promise<void> {
  definitions();
  await models();
  process.stdout.write(JSON.stringify([...said].map(([text, where]) => ({ text, where }))));
}

void all();
