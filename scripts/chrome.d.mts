export function findChrome(): Promise<string>;
