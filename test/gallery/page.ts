/** The webview's page as the host would serve it, with a host that only knows one scene. */
import { atOnce } from '../../src/core/steps';
import { columnsText } from '../../src/protocol/columns';
import type { Assets, HostApi, Opened } from '../../src/protocol/host';
import type { Scene } from '../../src/core/view/types';
import { themeMarkup, type GalleryTheme } from './themes';

const ASSETS: Assets = {
  layoutWorker: '/layout.js',
  wasmWorker: '/inference-wasm.js',
  webgpuWorker: '/inference-webgpu.js',
  wasm: '/ort-wasm-simd-threaded.wasm',
  wasmWebgpu: '/ort-wasm-simd-threaded.jspi.wasm',
};

/** Answers of the fake host; what is not here fails like a host that cannot. */
export type Answers = Partial<Record<keyof HostApi, unknown>>;

const openedOn = (scene: Scene): Opened => ({
  version: 1,
  scene: atOnce(columnsText(scene)),
  place: '',
  initial: null,
});

/** `scene`: or the address that answers as a host does when it is asked to open; `kept`: what the page said to keep when it was here before. */
export function pageOf(scene: Scene | URL, theme: GalleryTheme, answers: Answers = {}, kept: unknown = null): string {
  const { style, bodyClass } = themeMarkup(theme);
  const data = JSON.stringify({
    assets: ASSETS,
    open: scene instanceof URL ? { address: scene.href } : openedOn(scene),
    images: [],
    state: null,
    log: null,
    card: null,
    inspect: null,
    ...answers,
  });
  return `<!doctype html>
<html lang="en" style="${style}">
<head><meta charset="utf-8"><title>${theme}</title>
<link rel="stylesheet" href="/codicon.css"><link rel="stylesheet" href="/main.css"></head>
<body class="${bodyClass}" data-vscode-theme-id="${theme}">
<script>
  const answers = ${data.replaceAll('<', '\\u003c')};
  let kept = ${JSON.stringify(kept).replaceAll('<', '\\u003c')};
  // Messages of a host elsewhere, a line each; the last is the answer.
  const follow = async (address, reply) => {
    const reader = (await fetch(address)).body.pipeThrough(new TextDecoderStream()).getReader();
    let parts = [];
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const lines = value.split('\\n');
      while (lines.length > 1) {
        window.postMessage(JSON.parse(parts.join('') + lines.shift()), '*');
        parts = [];
      }
      parts.push(lines[0]);
    }
    window.postMessage({ ...reply, value: JSON.parse(parts.join('')) }, '*');
  };
  window.acquireVsCodeApi = () => ({
    getState: () => kept,
    setState: (state) => { kept = state; },
    postMessage: ({ call, id, argument }) => {
      if (call === 'log') console.error('host.log', argument.text);
      const answer = answers[call];
      const value = answer && typeof answer === 'object' && answer.byArgument ? (answer.byArgument[argument] ?? null) : answer;
      const reply = call in answers ? { reply: id, ok: true, value } : { reply: id, ok: false, error: 'The gallery cannot ' + call };
      if (answer && answer.address) follow(answer.address, reply);
      else setTimeout(() => window.postMessage(reply, '*'), 0);
    },
  });
</script>
<script src="/main.js"></script>
</body></html>`;
}
