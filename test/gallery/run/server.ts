/** Serves the built webview, its workers and one page per setting; files of the repository and the corpus as they are. */
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { themeMarkup, type GalleryTheme } from '../themes';
import type { Setting } from './host';

const root = path.resolve(__dirname, '../../..');
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
  '.html': 'text/html',
};

/** The CSP of the webview, but for this server's own scripts. */
const POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self' blob: data:; " +
  "img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self'";

export interface RunGallery {
  /** `texts`: the bundle of the language it speaks. */
  page(setting: Setting, theme: GalleryTheme, texts?: Readonly<Record<string, string>>): string;
  /** A page with nothing but a script of the test's own. */
  scriptPage(script: string): string;
  close(): void;
}

export async function serveRunGallery({ isolated = false } = {}): Promise<RunGallery> {
  const bundled = await build({
    absWorkingDir: root,
    entryPoints: ['test/gallery/run/host.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
  });
  const host = bundled.outputFiles[0]!.text;
  const pages = new Map<string, string>();
  const places = ['dist/webview', '.', '../shared/corpus'].map((place) => path.join(root, place));
  const find = async (name: string): Promise<string | Buffer | null> => {
    if (name === '/host.js') return host;
    const page = pages.get(name);
    if (page !== undefined) return page;
    const file = places.map((place) => path.join(place, name)).find((place) => existsSync(place));
    return file ? readFile(file) : null;
  };
  const server = createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url ?? '/', 'http://gallery').pathname);
    void find(name).then((body) => {
      const headers: Record<string, string> = {
        'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream',
      };
      if (name.endsWith('.html')) headers['content-security-policy'] = POLICY;
      if (isolated) {
        headers['cross-origin-opener-policy'] = 'same-origin';
        headers['cross-origin-embedder-policy'] = 'require-corp';
      }
      response.writeHead(body === null ? 404 : 200, headers).end(body ?? '');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    page(setting, theme, texts) {
      const { style, bodyClass } = themeMarkup(theme);
      const name = `/${setting.title}-${theme}${texts ? '-texts' : ''}.html`;
      const quoted = texts
        ? ` data-texts="${JSON.stringify(texts).replace(/&/g, '&amp;').replace(/"/g, '&quot;')}"`
        : '';
      pages.set(
        name,
        `<!doctype html><html lang="en" style="${style}"><head><meta charset="utf-8"><title>${setting.title}</title>
<link rel="stylesheet" href="/codicon.css"><link rel="stylesheet" href="/main.css"></head>
<body class="${bodyClass}" data-vscode-theme-id="${theme}"${quoted}><script>window.setting = ${JSON.stringify(setting)}</script>
<script src="/host.js"></script><script src="/main.js"></script></body></html>`,
      );
      return origin + name;
    },
    scriptPage(script) {
      pages.set('/script.html', `<!doctype html><meta charset="utf-8"><script>${script}</script>`);
      return `${origin}/script.html`;
    },
    close: () => server.close(),
  };
}
