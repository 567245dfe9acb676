import type { RunTensor } from '../state/runner';

/** Tensors of the last run by value, the least recently looked at dropped first when they outgrow the limit. */
export interface TensorCache {
  get(value: number): RunTensor | null;
  put(tensor: RunTensor): void;
  /** Keeps these until the next clearing, whatever the limit: what was fed cannot be asked for again. */
  pin(tensors: readonly RunTensor[]): void;
  clear(): void;
  readonly bytes: number;
  readonly count: number;
}

export function createCache(limit: number): TensorCache {
  const kept = new Map<number, RunTensor>();
  let pinned: readonly RunTensor[] = [];
  let total = 0;
  const drop = (value: number): void => {
    total -= kept.get(value)?.data.byteLength ?? 0;
    kept.delete(value);
  };
  return {
    get(value) {
      const tensor = kept.get(value);
      if (!tensor) return pinned.find((one) => one.value === value) ?? null;
      // A map keeps its order of insertion: putting it back makes it the youngest.
      kept.delete(value);
      kept.set(value, tensor);
      return tensor;
    },
    put(tensor) {
      drop(tensor.value);
      kept.set(tensor.value, tensor);
      total += tensor.data.byteLength;
      for (const value of kept.keys()) {
        if (total <= limit || kept.size === 1) break;
        drop(value);
      }
    },
    pin(tensors) {
      pinned = tensors;
    },
    clear() {
      kept.clear();
      pinned = [];
      total = 0;
    },
    get bytes() {
      return total;
    },
    get count() {
      return kept.size;
    },
  };
}
