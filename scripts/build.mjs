// Bundles every world of the extension into dist/. `--watch` rebuilds, `--minify` is what gets shipped.
import { context, build as esbuild } from 'esbuild';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { inRoot, isMain, root } from './lib/paths.mjs';

const NODE = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // The UMD `main` of some packages hides its requires from the bundler: prefer the ES module.
  mainFields: ['module', 'main'],
  // onnxruntime-web is an ES module that asks for import.meta.url; in CommonJS it has to be made.
  define: { 'import.meta.url': '__importMetaUrl' },
  banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

// The web extension host runs CommonJS in a worker, where `global` does not exist.
const WEB_HOST = {
  platform: 'browser',
  format: 'cjs',
  target: 'es2022',
  external: ['vscode'],
  define: { global: 'globalThis' },
};

const PAGE = { platform: 'browser', format: 'iife', target: 'es2022' };

// A worker is started from a blob of its bytes (a webview may not start one from an address), so it is one file.
// The workers are classic scripts; onnxruntime-web only needs an address to compare, not one to load from.
const WORKER = { ...PAGE, define: { 'import.meta.url': 'self.location.href' } };

const ENTRIES = [
  { in: 'src/extension.ts', out: 'extension.js', ...NODE },
  { in: 'src/extension.web.ts', out: 'web/extension.js', ...WEB_HOST },
  { in: 'src/cli/main.ts', out: 'convlens.js', ...NODE },
  { in: 'webview/main.ts', out: 'webview/main.js', ...PAGE },
  { in: 'webview/compare.ts', out: 'webview/compare.js', ...PAGE },
  { in: 'webview/stage/layout/worker.ts', out: 'webview/layout.js', ...WORKER },
  // The same worker around two runtimes: `ort` is whichever of them the file is named after. For WebGPU the build that waits by
  // JavaScript's own promises (JSPI): 4.1 MB packed against 6.7 of the one that unwinds its stack, and ready in half the time.
  {
    in: 'webview/inference/worker.ts',
    out: 'webview/inference-wasm.js',
    ...WORKER,
    alias: { ort: 'onnxruntime-web/wasm' },
  },
  {
    in: 'webview/inference/worker.ts',
    out: 'webview/inference-webgpu.js',
    ...WORKER,
    alias: { ort: 'onnxruntime-web/jspi' },
  },
];

const COPIES = {
  'onnxruntime-web/dist/ort-wasm-simd-threaded.wasm': 'webview/ort-wasm-simd-threaded.wasm',
  'onnxruntime-web/dist/ort-wasm-simd-threaded.jspi.wasm': 'webview/ort-wasm-simd-threaded.jspi.wasm',
  '@vscode/codicons/dist/codicon.css': 'webview/codicon.css',
  '@vscode/codicons/dist/codicon.ttf': 'webview/codicon.ttf',
};

function optionsOf({ in: source, out, ...own }, minify) {
  return {
    absWorkingDir: root,
    entryPoints: [source],
    outfile: inRoot('dist', out),
    bundle: true,
    metafile: true,
    minify,
    sourcemap: minify ? false : 'linked',
    // Notices are collected into THIRD-PARTY-NOTICES.txt instead (scripts/notices.mjs).
    legalComments: 'none',
    logLevel: 'warning',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    ...own,
  };
}

async function copyAssets() {
  for (const [from, to] of Object.entries(COPIES)) {
    const target = inRoot('dist', to);
    await mkdir(path.dirname(target), { recursive: true });
    await copyFile(inRoot('node_modules', from), target);
  }
}

/** Builds once; gives the metafiles, from which the notices and the size report are made. */
export async function build({ minify = false } = {}) {
  if (minify) await rm(inRoot('dist'), { recursive: true, force: true });
  const results = await Promise.all(ENTRIES.map((entry) => esbuild(optionsOf(entry, minify))));
  await copyAssets();
  return results.map((result) => result.metafile);
}

/** Builds, and again whenever a source changes. */
export async function watch() {
  const contexts = await Promise.all(ENTRIES.map((entry) => context({ ...optionsOf(entry, false), logLevel: 'info' })));
  await copyAssets();
  await Promise.all(contexts.map((ctx) => ctx.watch()));
}

if (isMain(import.meta.url)) {
  const flags = process.argv.slice(2);
  if (flags.includes('--watch')) {
    await watch();
  } else {
    const started = performance.now();
    try {
      const metafiles = await build({ minify: flags.includes('--minify') });
      console.log(`build: ${metafiles.length} bundles in ${Math.round(performance.now() - started)} ms`);
    } catch (error) {
      // esbuild has printed the places already; only what it did not print is worth a stack.
      if (!Array.isArray(error?.errors)) console.error(error);
      process.exitCode = 1;
    }
  }
}
