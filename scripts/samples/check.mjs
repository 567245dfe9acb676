// Runs every sample model with onnxruntime-node: against what torch computed (expected.json), then on its own images.
//   node scripts/samples/check.mjs [--full]
// --full also runs the full-size architectures (VGG-16 needs 1.2 GB) and, where Debian's data set is installed,
// measures Fashion-MNIST on all 10,000 test images. Ends with 1 if anything is wrong.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import ort from 'onnxruntime-node';
import { describe } from './metadata.mjs';
import { feed, read } from './pictures.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const samples = join(here, '../../samples');
const expected = JSON.parse(readFileSync(join(here, 'expected.json'), 'utf8'));
const full = process.argv.includes('--full');
const options = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };
const TEST_SET = '/usr/share/datasets/fashion-mnist/t10k';
let wrong = 0;

function say(right, line) {
  if (!right) wrong++;
  console.log(`  ${right ? 'ok   ' : 'WRONG'} ${line}`);
}

const slug = (label) => label.toLowerCase().replaceAll(/[/ ]/g, '-');
const largest = (values) => values.indexOf(Math.max(...values));
const run = (session, data, dims) => session.run({ [session.inputNames[0]]: new ort.Tensor('float32', data, dims) });

async function againstTorch(session, { input, outputs }) {
  const size = input.reduce((a, b) => a * b);
  const ramp = Float32Array.from({ length: size }, (_, k) => ((k * 7919) % 1009) / 1009);
  const got = await run(session, ramp, input);
  for (const [name, want] of Object.entries(outputs)) {
    const { dims, data } = got[name];
    const off = Math.max(...want.values.map((value, i) => Math.abs(data[i * want.step] - value)));
    const mean = Math.abs(data.reduce((a, b) => a + b, 0) / data.length - want.mean);
    const same = dims.join() === want.dims.join();
    const close = Math.max(off, mean) <= 1e-4 * want.largest;
    say(same && close, `${name} ${dims.join('x')}: at most ${off.toExponential(1)} from torch's`);
  }
}

/** Intersection over union per class, over all pictures of the folder. */
async function segment(session, folder, files, shape, prepare, labels) {
  const both = labels.map(() => 0);
  const either = labels.map(() => 0);
  for (const file of files) {
    const { data } = Object.values(await run(session, feed(read(join(folder, 'images', file)), shape, prepare), shape))[0];
    const mask = read(join(folder, 'masks', file)).data;
    mask.forEach((truth, at) => {
      const answer = largest(labels.map((_, k) => data[k * mask.length + at]));
      either[truth]++;
      if (answer === truth) both[truth]++;
      else either[answer]++;
    });
  }
  const scores = labels.map((_, k) => both[k] / either[k]);
  const mean = scores.reduce((a, b) => a + b) / scores.length;
  const each = labels.map((label, k) => `${label} ${scores[k].toFixed(3)}`).join(', ');
  say(mean >= 0.9, `mean IoU ${mean.toFixed(4)} on ${files.length} images (${each})`);
}

/** A sample image's name begins with its class. */
async function classify(session, folder, files, shape, prepare, labels) {
  for (const file of files) {
    const { data } = Object.values(await run(session, feed(read(join(folder, file)), shape, prepare), shape))[0];
    const best = largest([...data]);
    say(file.startsWith(`${slug(labels[best])}-`), `${file}: ${labels[best]} ${(data[best] * 100).toFixed(1)} %`);
  }
}

async function testSet(session) {
  const images = gunzipSync(readFileSync(`${TEST_SET}-images-idx3-ubyte.gz`)).subarray(16);
  const labels = gunzipSync(readFileSync(`${TEST_SET}-labels-idx1-ubyte.gz`)).subarray(8);
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    const picture = Float32Array.from(images.subarray(i * 784, (i + 1) * 784), (byte) => byte / 255);
    const { data } = Object.values(await run(session, picture, [1, 1, 28, 28]))[0];
    if (largest([...data]) === labels[i]) right++;
  }
  say(right / labels.length >= 0.9, `${right} of ${labels.length} test images right`);
}

/** Nobody knows the right answer of an untrained net; numbers must be numbers, and pictures must make a difference. */
async function runs(session, folder, files, shape, prepare, constant) {
  const seen = new Set();
  for (const file of files) {
    const outputs = await run(session, feed(read(join(folder, file)), shape, prepare), shape);
    for (const [name, { data }] of Object.entries(outputs)) {
      const flat = !constant && data.every((value) => value === data[0]);
      if (flat || !data.every(Number.isFinite)) say(false, `${file}: ${name} is flat or no number`);
      seen.add(`${name} ${data.reduce((a, b) => a + b)}`);
    }
  }
  say(seen.size === files.length * session.outputNames.length, `${files.length} photographs, ${session.outputNames.join(', ')}`);
}

async function check(file) {
  const path = join(samples, file);
  const { props, doc } = describe(readFileSync(path));
  console.log(`${file} (${statSync(path).size} bytes): ${doc}`);
  const weights = props['convlens.weights'];
  say(['trained', 'untrained'].includes(weights) && doc, `metadata: ${Object.keys(props).length} entries, ${weights}`);
  const constant = weights === 'untrained' && !file.includes('narrow');
  if (constant && !full) return console.log('  left out: full size, see --full');
  const session = await ort.InferenceSession.create(path, options);
  if (expected[file]) await againstTorch(session, expected[file]);
  const folder = join(dirname(path), props['convlens.images']);
  const images = readdirSync(folder).sort();
  const prepare = JSON.parse(props['convlens.preparation']);
  const shape = session.inputMetadata[0].shape;
  const labels = props['convlens.labels']
    ? readFileSync(join(dirname(path), props['convlens.labels']), 'utf8').trim().split('\n')
    : undefined;
  if (!labels) await runs(session, folder, constant ? images.slice(0, 1) : images, shape, prepare, constant);
  else if (existsSync(join(dirname(path), 'masks'))) await segment(session, dirname(path), images, shape, prepare, labels);
  else await classify(session, folder, images, shape, prepare, labels);
  if (basename(file) === 'fashion-mnist.onnx' && full && existsSync(`${TEST_SET}-images-idx3-ubyte.gz`)) await testSet(session);
  await session.release();
}

const models = readdirSync(samples, { recursive: true }).filter((name) => name.endsWith('.onnx'));
for (const file of models.map((name) => name.replaceAll('\\', '/')).sort()) await check(file);
console.log(wrong ? `${wrong} wrong` : `all ${models.length} models as they should be`);
process.exitCode = wrong ? 1 : 0;
