// `npm run hosts`: prepares what the end-to-end tests need, ahead of time. The tests do it themselves otherwise.
import { findChrome } from '../chrome.mjs';
import { prepareNodeHost } from './code-server.mjs';
import { prepareWebHost } from './web.mjs';

console.log(`chromium: ${await findChrome()}`);
await prepareWebHost();
console.log('web extension host: ready');
await prepareNodeHost();
console.log('Node extension host: ready');
