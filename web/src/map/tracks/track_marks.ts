// SPDX-License-Identifier: Apache-2.0
import type { HomeSide } from "../../geometry/border";
import { courseOf } from "../../geometry/heading";
import { ahead, ellipseRing } from "../../geometry/plane";
import type { BorderView, BoundsView, LngLat, TrackView } from "../../wire.gen";
import { speed } from "../../wording/format";
import { text, word } from "../../wording/strings";
import { courseColour } from "../palette";

const leader_s = 30;

/** What the map shows of a track: its uncertainty, past, next half minute, symbol and name. */
export interface TrackMark {
  id: number;
  at: LngLat;
  mover: string;
  colour: string;
  name: string;
  ellipse: LngLat[];
  tail: LngLat[];
  leader: LngLat[];
  /** Of everything above. */
  bounds: BoundsView;
}

export function trackMark(track: TrackView, border: BorderView, home: HomeSide | null): TrackMark {
  const ellipse = ellipseRing(track.at, track.ellipse);
  const tail = [...track.tail, track.at];
  const leader = [track.at, ahead(track.at, track.heading_deg, track.speed_mps * leader_s)];
  return {
    id: track.id,
    at: track.at,
    mover: track.mover,
    colour: courseColour[courseOf(track, border, home)],
    name: text.map.trackLabel(track.id, word(text.movers, track.mover), speed(track.speed_mps)),
    ellipse,
    tail,
    leader,
    bounds: boundsOf([...ellipse, ...tail, ...leader]),
  };
}

export function boundsOf(places: readonly LngLat[]): BoundsView {
  const bounds = { west: 180, south: 90, east: -180, north: -90 };
  for (const [longitude, latitude] of places) {
    bounds.west = Math.min(bounds.west, longitude);
    bounds.south = Math.min(bounds.south, latitude);
    bounds.east = Math.max(bounds.east, longitude);
    bounds.north = Math.max(bounds.north, latitude);
  }
  return bounds;
}

export function overlap(a: BoundsView, b: BoundsView): boolean {
  return a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north;
}
