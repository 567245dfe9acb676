// How well drawings read: crossings, turns and lengths of edges of whole nets, all of it open, beside ELK's layered layout of the
// same boxes and edges as it comes; and that nothing lies on anything else.
import { build } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheDir, inRoot } from '../lib/paths.mjs';
import { inception, residual, synthetic } from './graphs.mjs';

const NETS = ['resnet50', 'googlenet_aux_train', 'densenet121', 'unet_paper', 'mobilenet_v2'];
/** Of more edges than this ELK alone takes minutes: they are counted, against the number of edges. */
const MOST_EDGES = 1000;

async function load() {
  const outfile = path.join(cacheDir, 'bench/layout.cjs');
  const entryPoints = [inRoot('scripts/bench/layout.entry.mjs')];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' });
  return createRequire(import.meta.url)(outfile);
}

const of = (name, what, unit, value, ratio, reference, target) => ({
  name: `${name}: ${what}`,
  value,
  unit,
  ratio,
  reference,
  better: 'lower',
  ...(target === undefined ? {} : { target }),
});

export async function entries() {
  const core = await load();
  const sceneOf = async (bytes, title) => {
    const file = { name: title, bytes: core.memorySource(bytes), sibling: async () => ({ kind: 'missing' }) };
    const { model } = await core.openModel(file);
    return core.buildScene(core.draw(core.analyze(model)), title);
  };
  const corpus = path.join(process.env.CONVLENS_CORPUS ?? inRoot('../shared/corpus'), 'models');
  const found = [];
  const measure = async (name, scene, { judged = true } = {}) => {
    const { boxes, wires, edges } = await core.ownDrawing(scene);
    const own = core.qualityOf(boxes, wires);
    const wrong = own.overlaps + own.covered;
    found.push(
      of(name, 'boxes on boxes, or with edges through them', 'boxes', wrong, wrong, `${boxes.length} boxes`, 0),
    );
    if (edges > MOST_EDGES) {
      const { crossings, bends } = own;
      found.push(of(name, 'crossings', 'crossings', crossings, crossings / edges, `${edges} edges`, 0.1));
      found.push(of(name, 'turns an edge', 'turns', bends / edges, bends / edges, 'one turn an edge'));
      return;
    }
    const other = await core.elkDrawing(scene);
    const elk = core.qualityOf(other.boxes, other.wires);
    const peer = "ELK's layered layout of the same graph";
    // One more on either side: where neither has any, they are equal.
    const crossings = (own.crossings + 1) / (elk.crossings + 1);
    found.push(
      of(
        name,
        'crossings',
        'crossings',
        own.crossings,
        crossings,
        `${elk.crossings} of ${peer}`,
        judged ? 1 : undefined,
      ),
    );
    found.push(of(name, 'turns an edge', 'turns', own.bends / edges, own.bends / elk.bends, peer));
    found.push(of(name, 'length of an edge', 'px', own.length / edges, own.length / elk.length, peer));
  };
  for (const name of NETS) {
    const file = path.join(corpus, `${name}.onnx`);
    if (existsSync(file)) await measure(name, await sceneOf(readFileSync(file), name));
    else found.push({ ...of(name, 'crossings', 'crossings'), skipped: true, why: 'the corpus is absent' });
  }
  // Without dense blocks, whose edges cannot all keep clear of each other; how those fare says the densenet, and a few short ones.
  const scene = await sceneOf(synthetic(10_000, [residual, inception]), 'synthetic.onnx');
  await measure(`${scene.nodes.length} nodes`, scene);
  const short = await sceneOf(synthetic(350), 'short.onnx');
  await measure(`${short.nodes.length} nodes with short dense blocks`, short, { judged: false });
  return found;
}
