// SPDX-License-Identifier: Apache-2.0
import type { BorderView, TrackView } from "../wire.gen";
import { footOn, type HomeSide, towardHome_deg } from "./border";

/** What an operator wants to know of a mover at a glance; it gives the track its colour. */
export const courses = ["near_line", "toward_home", "away", "along"] as const;
export type Course = (typeof courses)[number];

const near_m = 150;
const still_mps = 0.25;

/** `home` may be unknown until something has been seen off the line. */
export function courseOf(track: TrackView, border: BorderView, home: HomeSide | null): Course {
  if (Math.abs(track.offset_m) <= near_m) return "near_line";
  const foot = footOn(border.line, track.at);
  if (!foot || !home || !(track.speed_mps >= still_mps)) return "along";
  const off_deg = track.heading_deg - towardHome_deg(foot.bearing_deg, home);
  const homeward_mps = track.speed_mps * Math.cos((off_deg * Math.PI) / 180);
  if (homeward_mps > 0.3 * track.speed_mps) return "toward_home";
  if (homeward_mps < -0.3 * track.speed_mps) return "away";
  return "along";
}
