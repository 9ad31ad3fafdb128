// SPDX-License-Identifier: Apache-2.0
import { fetchPrediction } from "../feed/api";
import { sleep } from "../feed/backoff";
import { predictionStore } from "../feed/stores";
import { selectedTrackStore } from "../selection";
import { isLimited, meStore } from "../session/session";

const every_ms = 2_000;

/** Asks where the chosen track will go, again and again, for as long as the page lives. */
export function followPrediction(fetchOf = fetchPrediction): void {
  let stop = new AbortController();
  selectedTrackStore.subscribe(() => {
    stop.abort();
    stop = new AbortController();
    predictionStore.set(null);
    const id = selectedTrackStore.get();
    // Where it goes may lie outside what a limited account is told of.
    if (id !== null && !isLimited(meStore.get())) void follow(id, fetchOf, stop.signal);
  });
}

async function follow(
  id: number,
  fetchOf: typeof fetchPrediction,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    // A track that has ended, or a program that can't be asked, has no future to show.
    const prediction = await fetchOf(id, signal).catch(() => null);
    if (signal.aborted) return;
    predictionStore.set(prediction);
    await sleep(every_ms, signal);
  }
}
