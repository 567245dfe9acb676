// Typing in a definition of 5,000 lines: what the editor asks at each key is answered, and nobody else is kept waiting, while the text
// is read, analysed and drawn over and over. All against parsing the same text once with the YAML library, which finds no layer yet.
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheDir, inRoot } from '../lib/paths.mjs';
import { median } from './measure.mjs';

const LINES = 5000;
const KEYS = 40;
/** A fast typist; now and then a pause long enough for everything to be finished. */
const BETWEEN_KEYS_MS = 80;
const PAUSE_EACH = 20;
const AIM_MS = 50;
/** What stands on the screen, in characters. */
const SCREEN = 3000;

async function load() {
  const outfile = path.join(cacheDir, 'bench/definitions.cjs');
  const entryPoints = [inRoot('scripts/bench/definitions.entry.mjs')];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' });
  return createRequire(import.meta.url)(outfile);
}

/** Time of this process on its processor, in ms: what else the machine does does not count. */
function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** From one pause to the next nobody else has a turn: how long that takes, for each. */
class Turns {
  blocks = [];
  since = processorMs();
  now = () => performance.now();
  pause = async (ms) => {
    this.blocks.push(processorMs() - this.since);
    await new Promise((resolve) => setTimeout(resolve, ms));
    this.since = processorMs();
  };
}

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))];

function makeStop() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

/** What the editor asks at a key: hints on the screen, the card under the pointer, what could stand at the cursor. */
async function answer(core, live, source, cursor) {
  const near = await live.near(source);
  const before = near.shift.nearestBefore(cursor);
  const hints = core.inlays(near.snapshot, before - SCREEN / 2, before + SCREEN / 2);
  core.hover(near.snapshot, near.shift.nearestBefore(source.indexOf('conv', cursor + 20)));
  core.completionsIn(new core.Lines(source), cursor, near.snapshot, before);
  if (hints.length < 20) throw new Error('the hints are missing');
}

async function typed(core) {
  const turns = new Turns();
  const live = new core.LiveText('bench', turns, makeStop);
  let source = core.longDefinition(LINES);
  const everything = async () => {
    const snapshot = await live.current(source);
    if (snapshot) await core.inTurns(core.buildingScene(snapshot.drawing, ''), turns, new AbortController().signal);
  };
  await everything();
  let cursor = source.indexOf('\n', source.indexOf('conv: 16 3x3 pad same relu', source.length / 2));
  const answers = [];
  turns.blocks = [];
  for (let key = 0; key < KEYS; key++) {
    source = `${source.slice(0, cursor)} ${source.slice(cursor)}`;
    cursor++;
    turns.since = processorMs();
    const start = processorMs();
    await answer(core, live, source, cursor);
    answers.push(processorMs() - start);
    if (key % PAUSE_EACH === PAUSE_EACH - 1) await everything();
    else await new Promise((resolve) => setTimeout(resolve, BETWEEN_KEYS_MS));
  }
  return { answers, blocks: turns.blocks };
}

function parsedOnce(core) {
  const source = core.longDefinition(LINES);
  const times = Array.from({ length: 7 }, () => {
    const start = processorMs();
    core.parseDocument(source, { schema: 'failsafe', uniqueKeys: false, prettyErrors: false });
    return processorMs() - start;
  });
  return median(times);
}

export async function entries() {
  const core = await load();
  await typed(core);
  const { answers, blocks } = await typed(core);
  const floor = parsedOnce(core);
  const entry = (what, value, target) => ({
    name: `${what} (aim: under ${AIM_MS} ms, ${value < AIM_MS ? 'met' : 'missed'})`,
    value,
    unit: 'ms',
    ratio: value / floor,
    reference: 'parsing the text once as YAML',
    better: 'lower',
    target,
  });
  return [
    entry('answer to a key in 5,000 lines, half of all', percentile(answers, 0.5), 0.25),
    entry('answer to a key in 5,000 lines, 95 of 100', percentile(answers, 0.95), 0.5),
    entry('longest turn while 5,000 lines are typed', Math.max(...blocks), 1),
  ];
}
