/** One store: actions in, a pure reducer, listeners told after each change. */
export interface Store<S, A> {
  readonly get: () => S;
  readonly dispatch: (action: A) => void;
  /** Calls back after each change of state, in their order; returns a function that stops it. */
  readonly subscribe: (listener: (state: S, previous: S) => void) => () => void;
}

export function createStore<S, A>(initial: S, reduce: (state: S, action: A) => S): Store<S, A> {
  let state = initial;
  const listeners = new Set<(state: S, previous: S) => void>();
  // A listener may dispatch. All are told of the one change before any is told of the next: else those after it would hear
  // of them in reverse, and end with what is no longer true.
  const untold: (readonly [S, S])[] = [];
  let telling = false;
  function tell(): void {
    telling = true;
    try {
      for (let change = untold.shift(); change; change = untold.shift())
        for (const listener of listeners) listener(...change);
    } finally {
      telling = false;
    }
  }
  return {
    get: () => state,
    dispatch(action) {
      const previous = state;
      state = reduce(state, action);
      if (state === previous) return;
      untold.push([state, previous]);
      if (!telling) tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
