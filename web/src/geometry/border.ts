// SPDX-License-Identifier: Apache-2.0
import type { LngLat } from "../wire.gen";
import { bearing_deg, planeAt } from "./plane";

/** Which side of the line home is, walking it in the order given. */
export type HomeSide = "left" | "right";

export interface Foot {
  /** The line's nearest point. */
  at: LngLat;
  /** Metres along the line to it. */
  along_m: number;
  /** Metres from the line, positive to its left. */
  left_m: number;
  /** Bearing of the line there. */
  bearing_deg: number;
}

/** The line's point nearest to a place; none for a line of fewer than two points. */
export function footOn(line: readonly LngLat[], place: LngLat): Foot | null {
  const plane = planeAt(place);
  let best: Foot | null = null;
  let along_m = 0;
  for (let i = 1; i < line.length; i += 1) {
    const a = plane.toVector(line[i - 1] as LngLat);
    const b = plane.toVector(line[i] as LngLat);
    const step = { e: b.e - a.e, n: b.n - a.n };
    const length_m = Math.hypot(step.e, step.n);
    if (length_m === 0) continue;
    const unit = { e: step.e / length_m, n: step.n / length_m };
    const t = Math.min(Math.max(-a.e * unit.e - a.n * unit.n, 0), length_m);
    const foot = { e: a.e + t * unit.e, n: a.n + t * unit.n };
    const distance_m = Math.hypot(foot.e, foot.n);
    if (!best || distance_m < Math.abs(best.left_m)) {
      const left = unit.n * foot.e - unit.e * foot.n > 0;
      best = {
        at: plane.toLngLat(foot),
        along_m: along_m + t,
        left_m: left ? distance_m : -distance_m,
        bearing_deg: bearing_deg(unit),
      };
    }
    along_m += length_m;
  }
  return best;
}

/** The bearing from the far side to home where the line runs on `line_bearing_deg`. */
export function towardHome_deg(line_bearing_deg: number, home: HomeSide): number {
  return (line_bearing_deg + (home === "left" ? 270 : 90)) % 360;
}

/** The part of a line between two shares of its length, 0 to 1. */
export function partOf(line: readonly LngLat[], from: number, to: number): LngLat[] {
  const lengths_m = line.slice(1).map((at, i) => {
    const step = planeAt(line[i] as LngLat).toVector(at);
    return Math.hypot(step.e, step.n);
  });
  const all_m = lengths_m.reduce((sum, length_m) => sum + length_m, 0);
  const part: LngLat[] = [];
  let along_m = 0;
  lengths_m.forEach((length_m, i) => {
    const a = line[i] as LngLat;
    const b = line[i + 1] as LngLat;
    const begin = Math.max(from * all_m - along_m, 0) / length_m;
    const end = Math.min(to * all_m - along_m, length_m) / length_m;
    if (length_m > 0 && begin < end) {
      const at = (t: number): LngLat => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
      if (part.length === 0) part.push(at(begin));
      part.push(at(end));
    }
    along_m += length_m;
  });
  return part;
}
