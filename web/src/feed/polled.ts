// SPDX-License-Identifier: Apache-2.0
import { createStore, type Store } from "./store";

/** What the feed doesn't tell: asked for again and again while somebody looks. */
export interface Polled<T> extends Store<T | null> {
  /** Asks at once; after what the person has changed. */
  refresh(): Promise<void>;
  /** Why the newest answer is missing; none while it is not. */
  problem: Store<string | null>;
}

export function createPolled<T>(fetchIt: () => Promise<T>, every_ms: number): Polled<T> {
  const values = createStore<T | null>(null);
  const problem = createStore<string | null>(null);
  let lookers = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let asked = 0;

  const refresh = async () => {
    asked += 1;
    const turn = asked;
    try {
      const value = await fetchIt();
      if (turn !== asked) return; // a later answer is on its way
      // The same answer must not draw everything anew.
      if (JSON.stringify(value) !== JSON.stringify(values.get())) values.set(value);
      problem.set(null);
    } catch (error) {
      problem.set(error instanceof Error ? error.message : String(error));
    }
  };

  return {
    ...values,
    problem,
    refresh,
    subscribe: (listener) => {
      const stop = values.subscribe(listener);
      lookers += 1;
      if (lookers === 1) {
        void refresh();
        timer = setInterval(() => void refresh(), every_ms);
      }
      return () => {
        stop();
        lookers -= 1;
        if (lookers === 0) clearInterval(timer);
      };
    },
  };
}
