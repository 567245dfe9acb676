// The extension host's part in opening a model, as it is shipped, in a process of its own: reads and analyses a file when told to, and
// hands the scene to whoever asks for it.
import { createServer } from 'node:http';
import { inTurns } from '../../src/core/steps';
import { analysed, readModel } from '../../src/host/editor/reading';
import { clock } from '../../src/host/text/clock';
import { openHandle } from '../../src/node/modelFile';
import { columnsText } from '../../src/protocol/columns';

const { signal } = new AbortController();
const CHOICES = { inputShapes: new Map(), imageInput: undefined };

async function open(path) {
  const file = await openHandle(path);
  try {
    const { scene } = await inTurns(analysed(await readModel(file, signal), CHOICES), clock, signal);
    // Everything open: what a viewer without modules shows.
    const groups = scene.groups.map((group) => ({ ...group, open: true }));
    return await inTurns(columnsText({ ...scene, groups }), clock, signal);
  } finally {
    file.dispose();
  }
}

let opening = Promise.resolve('');
process.on('message', (path) => {
  const before = process.cpuUsage();
  opening = open(path);
  opening.then(
    () => {
      const { user, system } = process.cpuUsage(before);
      process.send({ processorMs: (user + system) / 1000 });
    },
    (error) => process.send({ failed: String(error) }),
  );
});

const server = createServer((_, response) => {
  void opening.then((scene) => {
    const opened = { version: 1, scene, place: '', initial: null };
    response.writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' });
    response.end(JSON.stringify(opened));
  });
});
server.listen(0, '127.0.0.1', () => process.send({ origin: `http://127.0.0.1:${server.address().port}` }));
