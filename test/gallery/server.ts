/** Serves the built webview and the gallery's pages on a free port of this machine. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

export interface Gallery {
  readonly origin: string;
  /** Adds a page; gives its address. */
  add(name: string, html: string): string;
  close(): void;
}

export async function serveGallery(dist = path.resolve('dist/webview')): Promise<Gallery> {
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    void (async () => {
      const name = new URL(request.url ?? '/', 'http://x').pathname;
      const page = pages.get(name);
      if (page !== undefined) {
        response.writeHead(200, { 'content-type': 'text/html' }).end(page);
        return;
      }
      try {
        const body = await readFile(path.join(dist, path.basename(name)));
        response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    add(name, html) {
      pages.set(`/${name}`, html);
      return `${origin}/${name}`;
    },
    close: () => server.close(),
  };
}
