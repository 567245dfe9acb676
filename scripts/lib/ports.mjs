import { createServer } from 'node:net';

const HOST = '127.0.0.1';

function tryPort(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(port, HOST, () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });
}

/** `wanted`, or the next port nobody listens on; without a wish, any free one. */
export async function freePort(wanted = 0) {
  for (let port = wanted; port < wanted + 100; port++) {
    const found = await tryPort(port);
    if (found !== undefined) return found;
  }
  throw new Error(`no free port from ${wanted} to ${wanted + 99}`);
}
