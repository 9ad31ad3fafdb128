// SPDX-License-Identifier: Apache-2.0

export interface Backoff {
  /** Milliseconds to wait before the next try; longer each time. */
  next(): number;
  reset(): void;
}

/** Doubles from `first_ms` to `most_ms`, each ±20 % so that many screens don't return at once. */
export function createBackoff(
  first_ms = 500,
  most_ms = 10_000,
  random: () => number = Math.random,
): Backoff {
  let wait_ms = first_ms;
  return {
    next: () => {
      const now_ms = wait_ms;
      wait_ms = Math.min(wait_ms * 2, most_ms);
      return Math.round(now_ms * (0.8 + 0.4 * random()));
    },
    reset: () => {
      wait_ms = first_ms;
    },
  };
}

export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });
}
