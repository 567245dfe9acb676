/** What the page offers to tests beside what can be seen: `window.__convlens`. Each part of the page adds its own methods. */
type Methods = Readonly<Record<string, (...values: never[]) => unknown>>;

export function offerToTests(methods: Methods): void {
  const page = window as unknown as { __convlens?: Record<string, unknown> };
  page.__convlens = Object.assign(page.__convlens ?? {}, methods);
}
