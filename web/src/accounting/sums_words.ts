// SPDX-License-Identifier: Apache-2.0
import type { AccountingView, DelaysView, StretchSumsView, SumsView } from "../wire.gen";
import { fixed, percent } from "../wording/format";
import { text } from "../wording/strings";

/** Seconds below two minutes, minutes below two hours, else hours. */
function duration(seconds: number): string {
  if (seconds < 120) return text.time.seconds(Math.round(seconds));
  if (seconds < 7200) return text.time.minutes(Math.round(seconds / 60));
  return text.time.hours(fixed(seconds / 3600, 1));
}

/** "40 s / 6 min": half of them, and nine in ten. */
export function delayWords({ count, median_s, most_s }: DelaysView): string {
  return count === 0 ? text.unknown : `${duration(median_s)} / ${duration(most_s)}`;
}

/** Whole where it is whole: a sensor's part of an incident may be a third. */
export const number = (value: number) => fixed(value, Number.isInteger(value) ? 0 : 1);

export const rate = (per_100_km_day: number | null) => fixed(per_100_km_day, 2);

/** The blind part of all kilometre hours in which a ledger was kept; none where there were none. */
export function blindShare({ blind_km_hours, watched_hours }: SumsView, length_km: number): string {
  const all = watched_hours * length_km;
  return all > 0 ? percent(blind_km_hours / all) : text.unknown;
}

export function detections({ sensors }: AccountingView): number {
  return sensors.reduce((sum, sensor) => sum + sensor.detections, 0);
}

/** A stretch in which nothing happened and nothing was blind would tell nobody anything. */
export function isQuiet({ sums }: StretchSumsView): boolean {
  return sums.tally.incidents === 0 && sums.blind_km_hours === 0;
}
