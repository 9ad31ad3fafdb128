// SPDX-License-Identifier: Apache-2.0
import { createStore } from "./store";

/**
 * The site's present: the newest time told by the feed, carried on by this computer's clock. A
 * recording or a simulated site lives at its own time, and a screen's clock may be wrong.
 */
export const clockStore = createStore<number | null>(null);

let told_ms: number | null = null;
let heard_ms = 0;

export function feedTold(time: string, now_ms = performance.now()): void {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return;
  told_ms = ms;
  heard_ms = now_ms;
}

export function siteNow(now_ms = performance.now()): number | null {
  return told_ms === null ? null : told_ms + (now_ms - heard_ms);
}

/** Moves the clock once a second. */
export function startClock(): void {
  setInterval(() => clockStore.set(siteNow()), 1000);
}
