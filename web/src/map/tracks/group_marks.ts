// SPDX-License-Identifier: Apache-2.0
import { ellipseRing } from "../../geometry/plane";
import type { BoundsView, GroupView, LngLat } from "../../wire.gen";
import { text } from "../../wording/strings";
import { boundsOf } from "./track_marks";

// So that the outline passes around its members and not through them.
const margin_m = 15;

/** What the map shows of a group: one outline around it, and how many they are. */
export interface GroupMark {
  outline: LngLat[];
  /** Where the name goes: the outline's northern end. */
  top: LngLat;
  name: string;
  bounds: BoundsView;
}

export function groupMark(group: GroupView): GroupMark {
  const outline = ellipseRing(group.at, {
    major_m: group.ellipse.major_m + margin_m,
    minor_m: group.ellipse.minor_m + margin_m,
    azimuth_deg: group.ellipse.azimuth_deg,
  });
  return {
    outline,
    top: outline.reduce((best, place) => (place[1] > best[1] ? place : best)),
    name: text.map.groupLabel(group.tracks.length + group.hidden, group.hidden),
    bounds: boundsOf(outline),
  };
}
