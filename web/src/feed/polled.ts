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
  let waiting = 0;

  const refresh = async () => {
    asked += 1;
    const turn = asked;
    waiting += 1;
    try {
      const value = await fetchIt();
      if (turn !== asked) return; // a later answer is on its way
      // The same answer must not draw everything anew.
      if (JSON.stringify(value) !== JSON.stringify(values.get())) values.set(value);
      problem.set(null);
    } catch (error) {
      if (turn === asked) problem.set(error instanceof Error ? error.message : String(error));
    } finally {
      waiting -= 1;
    }
  };
  // An answer slower than the interval would else be overtaken each time, and never be shown.
  const ask = () => {
    if (waiting === 0) void refresh();
  };

  return {
    ...values,
    problem,
    refresh,
    subscribe: (listener) => {
      const stop = values.subscribe(listener);
      lookers += 1;
      if (lookers === 1) {
        ask();
        timer = setInterval(ask, every_ms);
      }
      return () => {
        stop();
        lookers -= 1;
        if (lookers === 0) clearInterval(timer);
      };
    },
  };
}
