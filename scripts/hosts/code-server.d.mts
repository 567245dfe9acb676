/** A server for any number of folders. */
export interface NodeHost {
  urlOf(folder: string): string;
  stop(): Promise<void>;
  /** What the server printed so far. */
  log(): string;
}
export function prepareNodeHost(): Promise<void>;
export function writeUserSettings(dataDir: string, settings: Record<string, unknown>): Promise<void>;
export function startNodeHost(options: { dataDir: string; vsix?: string; port?: number }): Promise<NodeHost>;
