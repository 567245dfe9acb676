/** Loaded before the unit tests: whatever of the product they run, nothing of it may reach for a network, nor for another process by a socket. */
import { Socket } from 'node:net';

Socket.prototype.connect = function (...asked: readonly unknown[]): never {
  throw new Error(`nothing here asks a network: ${JSON.stringify(asked.flat()[0] ?? null)}`);
};
