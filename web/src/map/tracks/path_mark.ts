// SPDX-License-Identifier: Apache-2.0
import { ellipseRing } from "../../geometry/plane";
import type { BoundsView, LngLat, PredictionView } from "../../wire.gen";
import { boundsOf } from "./track_marks";

const ringEvery = 12; // points: two minutes

/** Where the chosen track will go: its path and, now and then, where it may be by then. */
export interface PathMark {
  track: number;
  path: LngLat[];
  rings: LngLat[][];
  bounds: BoundsView;
}

export function pathMark({ track, path }: PredictionView): PathMark {
  const places = path.map(({ at }) => at);
  const rings = path
    .filter((_, i) => i > 0 && i % ringEvery === 0)
    .map(({ at, ellipse }) => ellipseRing(at, ellipse));
  return { track, path: places, rings, bounds: boundsOf([...places, ...rings.flat()]) };
}
