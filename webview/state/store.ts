/** One store: actions in, a pure reducer, listeners told after each change. */
export interface Store<S, A> {
  readonly get: () => S;
  readonly dispatch: (action: A) => void;
  /** Calls back after each change of state; returns a function that stops it. */
  readonly subscribe: (listener: (state: S, previous: S) => void) => () => void;
}

export function createStore<S, A>(initial: S, reduce: (state: S, action: A) => S): Store<S, A> {
  let state = initial;
  const listeners = new Set<(state: S, previous: S) => void>();
  return {
    get: () => state,
    dispatch(action) {
      const previous = state;
      state = reduce(state, action);
      if (state !== previous) for (const listener of listeners) listener(state, previous);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
