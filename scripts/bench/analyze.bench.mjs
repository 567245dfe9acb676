// What follows from a graph without running it: how long it takes against reading the same graph, and how that grows.
import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheDir, inRoot } from '../lib/paths.mjs';
import { densenet201, synthetic } from './graphs.mjs';
import { median } from './measure.mjs';

const TURNS = 9;

async function loadCore() {
  const outfile = path.join(cacheDir, 'bench/core.cjs');
  const entryPoints = [inRoot('scripts/bench/core.entry.mjs')];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' });
  return createRequire(import.meta.url)(outfile);
}

/** Seconds of this process on its processor: what else the machine does does not count. */
function processorMs(work) {
  const before = process.cpuUsage();
  const result = work();
  const spent = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  return result instanceof Promise ? result.then((value) => [spent(), value]) : [spent(), result];
}

/** Reading and analysis of one graph, turn by turn; the first turn warms up. */
async function measure(core, bytes, turns = TURNS) {
  const file = { name: 'bench.onnx', bytes: core.memorySource(bytes), sibling: async () => ({ kind: 'missing' }) };
  const runs = [];
  for (let turn = 0; turn <= turns; turn++) {
    const [parse, { model }] = await processorMs(() => core.openModel(file));
    const [analysis, facts] = processorMs(() => core.analyze(model));
    const nodes = model.graph.nodes.length;
    if (turn > 0) runs.push({ parse, analysis, ratio: analysis / parse, perNode: analysis / nodes, nodes, facts });
  }
  const of = (key) => median(runs.map((run) => run[key]));
  const [{ nodes, facts }] = runs;
  return { parse: of('parse'), analysis: of('analysis'), ratio: of('ratio'), perNode: of('perNode'), nodes, facts };
}

/** The last unit of a residual net at an input size: everything a click on a feature map asks for. */
function exactUnit(core, model, side) {
  const facts = core.analyze(model, { inputShapes: new Map([[inputOf(model), [1, 3, side, side]]]) });
  const local = facts.fields.flatMap((field, id) =>
    field && !field.whole && facts.graph.values[id].producer !== null ? [id] : [],
  );
  const value = local.at(-1);
  const places = facts.types[value].shape.slice(2).map((extent) => extent >> 1);
  const times = Array.from({ length: 21 }, () => {
    const plan = core.fieldPlan(facts);
    const [ms, field] = processorMs(() => core.unitField(plan, value, places));
    if (!field) throw new Error('the unit was not found');
    return ms;
  });
  return median(times);
}

const inputOf = ({ graph }) => graph.values[graph.inputs[0]].name;

export async function entries() {
  const core = await loadCore();
  const resnet = inRoot('../shared/corpus/models/resnet152.onnx');
  const skipped = { skipped: true, why: 'the corpus is absent' };
  const results = [];
  const againstParsing = { unit: 'ms', reference: 'reading the same graph', better: 'lower', target: 3 };

  // The middle one first: it warms up what both of the compared ones run.
  const middle = await measure(core, synthetic(10_000), 5);
  const [small, large] = [await measure(core, synthetic(1_000), 25), await measure(core, synthetic(30_000), 5)];
  const graphs = [
    ['resnet152', existsSync(resnet) ? await measure(core, readFileSync(resnet)) : null],
    ['densenet201', await measure(core, densenet201())],
    ['10,000 nodes', middle],
  ];
  for (const [name, found] of graphs) {
    const entry = { name: `analysis of ${name}`, ...againstParsing };
    results.push(found ? { ...entry, value: found.analysis, ratio: found.ratio } : { ...entry, ...skipped });
  }
  results.push({
    name: 'analysis per node of 30,000 nodes',
    value: large.perNode * 1000,
    unit: 'µs',
    reference: 'the same of 1,000 nodes',
    ratio: large.perNode / small.perNode,
    better: 'lower',
    target: 1.5,
  });
  const field = { unit: 'ms', reference: 'analysis of the same graph', better: 'lower' };
  for (const side of [224, 1024]) {
    const entry = { name: `exact field of one unit of resnet152 at ${side}²`, ...field };
    if (!existsSync(resnet)) {
      results.push({ ...entry, ...skipped });
      continue;
    }
    const bytes = core.memorySource(readFileSync(resnet));
    const { model } = await core.openModel({ name: 'bench.onnx', bytes, sibling: async () => ({ kind: 'missing' }) });
    const ms = exactUnit(core, model, side);
    results.push({ ...entry, value: ms, ratio: ms / graphs[0][1].analysis });
  }
  return results;
}
