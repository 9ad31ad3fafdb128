// SPDX-License-Identifier: Apache-2.0
import type { ForceView, LngLat } from "../wire.gen";
import { forces as words } from "../wording/exchange";
import { age } from "../wording/format";
import { word } from "../wording/strings";

/** What was heard of forces, and by this computer's clock when that was told. */
export interface HeardForces {
  told_ms: number;
  list: readonly ForceView[];
}

// A patrol has mostly gone on by then; a post still stands, but should have been heard of.
const oldAfter_s: Record<string, number> = { patrol: 15 * 60, post: 24 * 3600 };

/** How long ago it was heard of, by now: the answer may itself be old. */
export function ageOf(force: ForceView, told_ms: number, now_ms: number): number {
  return force.age_s + Math.max(0, now_ms - told_ms) / 1000;
}

/** Whether its place says little by now. */
export function isOld(role: string, age_s: number): boolean {
  return age_s > (oldAfter_s[role] ?? 0);
}

/** Within which it is by now, 86 times in 100, as with tracks. */
export const reach_m = (force: ForceView) => 2 * force.uncertainty_m;

export function kindOf(force: ForceView): string {
  return words.kind(word(words.allegiances, force.allegiance), word(words.roles, force.role));
}

export const heardWords = (age_s: number) => words.lastHeard(age(age_s));

/** Those whose place can be counted with before the old ones, each by name. */
export function sorted({ told_ms, list }: HeardForces, now_ms: number): ForceView[] {
  const rank = (force: ForceView) => Number(isOld(force.role, ageOf(force, told_ms, now_ms)));
  return [...list].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** "34.415 40.932", degrees north and east, as a place; none where it is no place. */
export function placeOf(said: string): LngLat | null {
  const numbers = said.trim().split(/[\s,;]+/);
  const [lat, lng] = numbers.map((one) => (one === "" ? Number.NaN : Number(one)));
  if (numbers.length !== 2 || lat === undefined || lng === undefined) return null;
  return Math.abs(lat) <= 89 && Math.abs(lng) <= 180 ? [lng, lat] : null;
}

/** The same the other way round. */
export const placeText = ([lng, lat]: LngLat) => `${lat.toFixed(5)} ${lng.toFixed(5)}`;
