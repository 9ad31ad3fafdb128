// SPDX-License-Identifier: Apache-2.0
import { expect, it, vi } from "vitest";
import { predictionStore } from "../feed/stores";
import { selectedTrackStore } from "../selection";
import type { PredictionView } from "../wire.gen";
import { followPrediction } from "./follow_prediction";

it("shows the future of the chosen track alone", async () => {
  vi.useFakeTimers();
  const answers = new Map<number, (prediction: PredictionView | null) => void>();
  const fetchOf = vi.fn(
    (id: number) =>
      new Promise<PredictionView>((resolve, reject) => {
        answers.set(id, (prediction) => (prediction ? resolve(prediction) : reject(new Error())));
      }),
  );
  const of = (track: number): PredictionView => ({
    track,
    path: [],
    arrival: null,
    next_sight: null,
  });
  followPrediction(fetchOf);
  selectedTrackStore.set(4);
  selectedTrackStore.set(5);
  answers.get(4)?.(of(4)); // late: another was chosen meanwhile
  answers.get(5)?.(of(5));
  await vi.advanceTimersByTimeAsync(0);
  expect(predictionStore.get()?.track).toBe(5);

  await vi.advanceTimersByTimeAsync(2_000);
  expect(fetchOf).toHaveBeenCalledTimes(3);
  answers.get(5)?.(null); // it has ended
  await vi.advanceTimersByTimeAsync(0);
  expect(predictionStore.get()).toBeNull();

  selectedTrackStore.set(null);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(fetchOf).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});
