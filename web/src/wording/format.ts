// SPDX-License-Identifier: Apache-2.0
import { text, word } from "./strings";

/** Not-a-number travels as null; a person sees a dash. */
export function fixed(value: number | null, decimals = 0): string {
  return value === null || !Number.isFinite(value) ? text.unknown : value.toFixed(decimals);
}

export const percent = (probability: number) => `${fixed(probability * 100)} %`;
/** "person 93 %"; how surely it is of no known class would tell nobody anything. */
export function moverWords(mover: string, probability: number): string {
  const name = word(text.movers, mover);
  return mover === "unknown" ? name : `${name} ${percent(probability)}`;
}
export const speed = (mps: number) => `${fixed(mps, 1)} m/s`;
export const kilometre = (km: number) => fixed(km, 2);
export const count = (n: number) => n.toLocaleString("en").replaceAll(",", "\u202f");

export function distance(m: number): string {
  const size = Math.abs(m);
  return size < 1000 ? `${fixed(size)} m` : `${fixed(size / 1000, 1)} km`;
}

export function compass(bearing_deg: number): string {
  if (!Number.isFinite(bearing_deg)) return text.unknown;
  const eighth = Math.round((((bearing_deg % 360) + 360) % 360) / 45) % 8;
  return text.compass[eighth] ?? text.unknown;
}

/** "21:04:09" of an ISO 8601 time or Unix milliseconds, in UTC; a dash where there is none. */
export function clock(time: string | number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? text.unknown : date.toISOString().slice(11, 19);
}

/** As clock, with the date before it unless it is that of `now_ms`. */
export function dated(time: string, now_ms: number | null): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return text.unknown;
  const day = date.toISOString().slice(0, 10);
  const today = now_ms === null ? day : new Date(now_ms).toISOString().slice(0, 10);
  return day === today ? clock(time) : `${day} ${clock(time)}`;
}

/** "40 s" or "4 min" from now, told no finer than it is known; a dash where it can't be told. */
export function until(time: string, now_ms: number | null): string {
  const seconds = now_ms === null ? Number.NaN : (Date.parse(time) - now_ms) / 1000;
  if (Number.isNaN(seconds)) return text.unknown;
  if (seconds >= 90) return text.time.minutes(Math.round(seconds / 60));
  return text.time.seconds(10 * Math.max(1, Math.round(seconds / 10)));
}

/** "3 min ago"; none where it can't be told or would lie ahead. */
export function ago(time: string, now_ms: number | null): string | null {
  if (now_ms === null) return null;
  const seconds = Math.floor((now_ms - Date.parse(time)) / 1000);
  // A message may come a little before the clock it sets.
  if (Number.isNaN(seconds) || seconds < -5) return null;
  return age(seconds);
}

/** "3 min ago" of something so many seconds old. */
export function age(age_s: number): string {
  const seconds = Math.floor(age_s);
  if (seconds < 2) return text.time.justNow;
  if (seconds < 60) return text.time.secondsAgo(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return text.time.minutesAgo(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return text.time.hoursAgo(hours, minutes % 60);
  return text.time.daysAgo(Math.floor(hours / 24));
}
