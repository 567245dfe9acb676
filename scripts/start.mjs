// `npm start`: a real VS Code in the browser, with the extension built and the samples open.
//   --port N (or PORT=N)   --folder PATH   --watch   --no-open
import { spawn } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, watch } from './build.mjs';
import { startWebHost } from './hosts/web.mjs';
import { which } from './lib/exec.mjs';
import { inRoot } from './lib/paths.mjs';

/** The program that opens an address for the person at this machine, if there is one and a screen to show it on. */
function opener() {
  if (process.env.CI) return undefined;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const hasScreen = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasScreen && which('xdg-open') ? ['xdg-open'] : undefined;
}

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.PORT ?? '3000' },
    folder: { type: 'string', default: inRoot('samples') },
    watch: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
  },
});

try {
  await (values.watch ? watch() : build());
  const host = await startWebHost({ folder: path.resolve(values.folder), port: Number(values.port) });
  console.log(`\nConvLens runs in VS Code at ${host.url}`);
  const example = values.folder === inRoot('samples') ? ', for instance fashion-mnist/fashion-mnist.onnx' : '';
  console.log(`Open a model in the Explorer${example}. Ctrl+C stops the server.\n`);
  const open = values['no-open'] ? undefined : opener();
  if (open) spawn(open[0], [...open.slice(1), host.url], { stdio: 'ignore', detached: true }).unref();
} catch (error) {
  console.error(Array.isArray(error?.errors) ? 'start: the build failed, see above' : error);
  process.exit(1);
}
