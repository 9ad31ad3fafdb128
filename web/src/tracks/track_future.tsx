// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../feed/store";
import { predictionStore } from "../feed/stores";
import type { ArrivalView, NextSightView } from "../wire.gen";
import { kilometre, until } from "../wording/format";
import { text } from "../wording/strings";

/** When the chosen track reaches the border and who should see it next, if it goes on so. */
export function TrackFuture({ id, now_ms }: { id: number; now_ms: number | null }) {
  const prediction = useStore(predictionStore);
  if (prediction?.track !== id) return null;
  const { arrival, next_sight } = prediction;
  return (
    <>
      {arrival && <li>{arrivalWords(arrival, now_ms)}</li>}
      {next_sight && <li>{nextWords(next_sight, now_ms)}</li>}
    </>
  );
}

function arrivalWords(arrival: ArrivalView, now_ms: number | null): string {
  const { reaches, between, after } = text.tracks;
  const earliest = until(arrival.earliest, now_ms);
  const spread = arrival.latest
    ? between(earliest, until(arrival.latest, now_ms))
    : after(earliest);
  return reaches(kilometre(arrival.km), until(arrival.likely, now_ms), spread);
}

const nextWords = (next: NextSightView, now_ms: number | null) =>
  text.tracks.next(next.sensor, until(next.time, now_ms));
