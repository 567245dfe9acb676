import * as vscode from 'vscode';
import type { Assets } from '../../protocol/host';

const file = (base: vscode.Uri, ...path: string[]): vscode.Uri => vscode.Uri.joinPath(base, 'dist', 'webview', ...path);

/** Addresses the page fetches its workers and the runtime from: a worker cannot be started from an address itself. */
export function pageAssets(webview: vscode.Webview, extension: vscode.Uri): Assets {
  const address = (name: string): string => webview.asWebviewUri(file(extension, name)).toString();
  return {
    layoutWorker: address('layout.js'),
    wasmWorker: address('inference-wasm.js'),
    webgpuWorker: address('inference-webgpu.js'),
    wasm: address('ort-wasm-simd-threaded.wasm'),
    wasmWebgpu: address('ort-wasm-simd-threaded.jspi.wasm'),
  };
}

/** What the page says in the reader's language, as an attribute: a script with data would be code to the policy. */
function textsAttribute(): string {
  const bundle = vscode.l10n.bundle;
  if (!bundle) return '';
  const quoted = JSON.stringify(bundle).replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
  return ` data-texts="${quoted}"`;
}

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}

/** The page is fixed but for addresses: nothing of a model ever stands in it. `page`: one model, or two that are compared. */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, page: 'main' | 'compare' = 'main'): string {
  const source = webview.cspSource;
  const once = nonce();
  const address = (name: string): string => webview.asWebviewUri(file(extension, name)).toString();
  const policy = [
    "default-src 'none'",
    // blob: and wasm-unsafe-eval are for the workers, which inherit this policy.
    `script-src 'nonce-${once}' blob: 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `connect-src ${source} blob: data:`,
    `img-src ${source} data: blob:`,
    `font-src ${source}`,
    // The toolkit's components set styles of their own.
    `style-src ${source} 'unsafe-inline'`,
    // These do not fall back to default-src.
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${address('codicon.css')}">
<link rel="stylesheet" href="${address(`${page}.css`)}">
<title>ConvLens</title>
</head>
<body data-vscode-context='{"preventDefaultContextMenuItems": true}'${textsAttribute()}>
<script nonce="${once}" src="${address(`${page}.js`)}"></script>
</body>
</html>`;
}
