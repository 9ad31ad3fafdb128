// SPDX-License-Identifier: Apache-2.0

const minute_ms = 60_000;
const day_ms = 24 * 3600 * 1000;
const most_days = 400;

/** What is asked for: times as a form has them, in UTC, and how long the stretches are. */
export interface Period {
  from: string;
  to: string;
  stretch_km: number;
}

// Written by hand: a browser's own field may ask for months first, and for halves of a day.
const field = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace("T", " ");

function msOf(time: string): number {
  const found = /^\s*(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)\s*$/.exec(time);
  return found ? Date.parse(`${found[1]}T${found[2]}Z`) : Number.NaN;
}

/** Up to the end of this minute, so that what has just happened counts. */
export function lastDays(days: number, now_ms: number, stretch_km: number): Period {
  const to_ms = Math.ceil(now_ms / minute_ms) * minute_ms;
  return { from: field(to_ms - days * day_ms), to: field(to_ms), stretch_km };
}

/** A form's time in ISO 8601; none where it is none. */
export function isoOf(time: string): string | null {
  const ms = msOf(time);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

export function isFit({ from, to, stretch_km }: Period): boolean {
  const ms = msOf(to) - msOf(from);
  return ms > 0 && ms <= most_days * day_ms && Number.isInteger(stretch_km) && stretch_km >= 1;
}
