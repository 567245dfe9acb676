export interface Host {
  url: string;
  stop(): Promise<void>;
}
export function prepareWebHost(): Promise<void>;
export function startWebHost(options: {
  folder: string;
  extensionPath?: string;
  port?: number;
  quiet?: boolean;
  coi?: boolean;
}): Promise<Host>;
