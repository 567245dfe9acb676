export interface Host {
  url: string;
  stop(): Promise<void>;
  /** What the server printed so far. */
  log(): string;
}
export function prepareWebHost(): Promise<void>;
export function startWebHost(options: {
  folder: string;
  extensionPath?: string;
  port?: number;
  coi?: boolean;
}): Promise<Host>;
