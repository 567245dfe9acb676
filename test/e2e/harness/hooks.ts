import { closeBrowser } from './browser';

/** Loaded by mocha before the specs: the browser is shared by all of them. */
export const mochaHooks = { afterAll: closeBrowser };
