import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile } from '../harness/vscode';

/** What became of each try: `kept out` is the one answer there may be. */
type Outcomes = Record<string, string>;

/** As markup would come in if a string of a model were ever taken for it. */
const markup = (there: string): Record<string, string> => ({
  'inline script': '<script>globalThis.gotIn = true</script>',
  'inline handler': '<img src="data:," onerror="globalThis.gotIn = true">',
  'svg with a handler': '<svg onload="globalThis.gotIn = true"></svg>',
  'javascript address': '<iframe src="javascript:parent.gotIn = true"></iframe>',
  'frame with a document': '<iframe srcdoc="<script>parent.gotIn = true</script>"></iframe>',
  'frame from outside': `<iframe src="${there}/frame"></iframe>`,
  object: `<object data="${there}/object"></object>`,
  'picture from outside': `<img src="${there}/picture">`,
  'style from outside': `<link rel="stylesheet" href="${there}/style">`,
  'font from outside': `<style>@font-face{font-family:x;src:url(${there}/font)}</style><p style="font-family:x">x</p>`,
  'another base': `<base href="${there}/">`,
});

const scripts = (there: string): Record<string, { readonly src?: string; readonly nonce?: string }> => ({
  'script from outside': { src: `${there}/script` },
  'script from data': { src: 'data:text/javascript,globalThis.gotIn = true' },
  'script with a guessed nonce': { nonce: 'AAAAAAAAAAAAAAAA' },
});

/** Each a promise that is kept only where the attempt succeeded. */
const calls = (there: string): Record<string, string> => ({
  eval: "(0, eval)('1 + 1')",
  'new Function': "new Function('return 1')()",
  fetch: `fetch('${there}/fetch')`,
  'import from outside': `import('${there}/module.js')`,
  'import from data': "import('data:text/javascript,export default 1')",
  // It promises nothing: the server outside would see it.
  beacon: `(navigator.sendBeacon('${there}/beacon'), Promise.reject(new Error()))`,
  'web socket': `new Promise((y, n) => Object.assign(new WebSocket('${there.replace('http', 'ws')}'), { onopen: y, onerror: n }))`,
  'event source': `new Promise((y, n) => Object.assign(new EventSource('${there}/events'), { onopen: y, onerror: n }))`,
  'worker from outside': `new Promise((y, n) => { setTimeout(n, 500); Object.assign(new Worker('${there}/worker'), { onmessage: y, onerror: n }) })`,
});

const left = (error: unknown): string => `broke the page: ${String(error).slice(0, 120)}`;

function tryMarkup(frame: Frame, text: string, there: string): Promise<string> {
  return frame
    .evaluate(
      async ({ html, outside }) => {
        Object.assign(globalThis, { gotIn: false });
        const holder = document.createElement('div');
        document.body.append(holder);
        holder.append(document.createRange().createContextualFragment(html));
        holder.querySelector('button')?.click();
        await new Promise((resolve) => setTimeout(resolve, 250));
        const based = document.baseURI.startsWith(outside);
        holder.remove();
        return based || (globalThis as { gotIn?: boolean }).gotIn ? 'got in' : 'kept out';
      },
      { html: text, outside: there },
    )
    .catch(left);
}

function tryScript(frame: Frame, script: { readonly src?: string; readonly nonce?: string }): Promise<string> {
  return frame
    .evaluate(async ({ src, nonce }) => {
      Object.assign(globalThis, { gotIn: false });
      const element = document.createElement('script');
      if (nonce) element.nonce = nonce;
      if (src) element.src = src;
      else element.text = 'globalThis.gotIn = true';
      document.head.append(element);
      await new Promise((resolve) => setTimeout(resolve, 250));
      element.remove();
      return (globalThis as { gotIn?: boolean }).gotIn ? 'got in' : 'kept out';
    }, script)
    .catch(left);
}

/** Not in the debugger's own call, which is let off: a moment later. */
const tryCall = (frame: Frame, code: string): Promise<string> =>
  frame
    .evaluate<string>(
      `new Promise((done) => setTimeout(() => {
        Promise.resolve().then(() => ${code}).then(() => done('got in'), () => done('kept out'));
      }))`,
    )
    .catch(left);

describe(`the page's security policy (${hostKind} host)`, () => {
  let session: Session;
  let outside: Server;
  let visits: string[];
  let address: string;
  before(async () => {
    session = await launchHost();
    visits = [];
    outside = createServer((request, response) => {
      visits.push(request.url ?? '');
      response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
      response.end('globalThis.gotIn = true');
    });
    await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${String((outside.address() as AddressInfo).port)}`;
  });
  after(async () => {
    outside.close();
    await session.stop();
  });

  it('lets nothing run and nothing out that was put into the page', async () => {
    await openFile(session.page, 'fashion-mnist/fashion-mnist.onnx');
    const frame = await convlensFrame(session.page);
    expectQuiet(session);
    const outcomes: Outcomes = {};
    for (const [name, text] of Object.entries(markup(address))) outcomes[name] = await tryMarkup(frame, text, address);
    for (const [name, script] of Object.entries(scripts(address))) outcomes[name] = await tryScript(frame, script);
    for (const [name, code] of Object.entries(calls(address))) outcomes[name] = await tryCall(frame, code);
    // Last, as VS Code's own frame may take the page away for trying: what counts is that nothing was sent.
    await tryMarkup(frame, `<form action="${address}/form"><button type="submit"></button></form>`, address);
    const violations = session.problems.take().filter(({ kind }) => kind === 'csp');
    assert.deepEqual(
      Object.entries(outcomes).filter(([, outcome]) => outcome !== 'kept out'),
      [],
    );
    assert.deepEqual(visits, [], 'nothing was asked of the server outside');
    assert.ok(Object.keys(outcomes).length > 20);
    assert.ok(violations.length > 10, `the browser reports ${violations.length} refusals`);
  });
});
