// The extension host's part in opening a model, as it is shipped, in a process of its own: reads and analyses a file when told to, and
// hands the scene to whoever asks for it.
import { createServer } from 'node:http';
import { inTurns } from '../../src/core/steps';
import { openingText } from '../../src/host/editor/opening';
import { analysed, readModel } from '../../src/host/editor/reading';
import { clock } from '../../src/host/text/clock';
import { openHandle } from '../../src/node/modelFile';

const { signal } = new AbortController();
const CHOICES = { inputShapes: new Map(), imageInput: undefined };

/** `tell`: takes what goes ahead of the scene. */
async function open(path, tell) {
  const file = await openHandle(path);
  try {
    const { scene } = await inTurns(analysed(await readModel(file, signal), CHOICES), clock, signal);
    // Everything open: what a viewer without modules shows.
    const groups = scene.groups.map((group) => ({ ...group, open: true }));
    return await openingText({ ...scene, groups }, tell);
  } finally {
    file.dispose();
  }
}

let opening = Promise.resolve('');
let plan = Promise.resolve('');
process.on('message', (path) => {
  const before = process.cpuUsage();
  plan = new Promise((tell) => (opening = open(path, tell)));
  opening.then(
    () => {
      const { user, system } = process.cpuUsage(before);
      process.send({ processorMs: (user + system) / 1000 });
    },
    (error) => process.send({ failed: String(error) }),
  );
});

const server = createServer((_, response) => {
  // A message a line, as a webview gets them one after the other: the plan as an event, then what `open` answers.
  response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
  void plan.then((value) => response.write(`${JSON.stringify({ event: 'plan', value })}\n`));
  void opening.then((scene) => response.end(JSON.stringify({ version: 1, scene, place: '', initial: null })));
});
server.listen(0, '127.0.0.1', () => process.send({ origin: `http://127.0.0.1:${server.address().port}` }));
