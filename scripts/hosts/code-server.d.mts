import type { Host } from './web.mjs';

export function prepareNodeHost(): Promise<void>;
export function startNodeHost(options: {
  folder: string;
  dataDir: string;
  vsix?: string;
  settings?: Record<string, unknown>;
  port?: number;
}): Promise<Host & { log(): string }>;
