// SPDX-License-Identifier: Apache-2.0

/** Runs `work` at most once per animation frame, however often it is asked for. */
export function perFrame(work: () => void): { ask(): void; stop(): void } {
  let asked = 0;
  return {
    ask: () => {
      if (asked) return;
      asked = requestAnimationFrame(() => {
        asked = 0;
        work();
      });
    },
    stop: () => cancelAnimationFrame(asked),
  };
}
