/** Names come from models: only what may stand in a file name stays. */
export const safeName = (name: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are exactly what is replaced
  name.replace(/[\u0000-\u001f\\/:*?"<>|]+/g, '_').replace(/^\.+/, '_') || 'convlens';
