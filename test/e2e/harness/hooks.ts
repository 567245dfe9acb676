import { closeBrowser } from './browser';
import { stopNodeServer } from './nodeServer';

/** Loaded by mocha before the specs: the browser and the Node host's server are shared by all of them. */
export const mochaHooks = {
  async afterAll(): Promise<void> {
    await closeBrowser();
    await stopNodeServer();
  },
};
