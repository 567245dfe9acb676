/** The comparison on show, beside the page's own state. */
import type { ComparisonView } from '../../src/protocol/compare';

export interface CompareStore {
  get(): ComparisonView;
  set(view: ComparisonView): void;
  /** Called at once, and whenever files are compared anew. */
  watch(listener: (view: ComparisonView) => void): void;
}

export function createCompareStore(first: ComparisonView): CompareStore {
  let view = first;
  const listeners = new Set<(view: ComparisonView) => void>();
  return {
    get: () => view,
    set(next) {
      view = next;
      for (const listener of listeners) listener(view);
    },
    watch(listener) {
      listeners.add(listener);
      listener(view);
    },
  };
}
