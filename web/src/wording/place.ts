// SPDX-License-Identifier: Apache-2.0
import { footOn, type HomeSide } from "../geometry/border";
import type { BorderView, LngLat } from "../wire.gen";
import { distance, kilometre } from "./format";
import { text } from "./strings";

/** Where a place is, as people at a border say it: its kilometre, and how far off the line. */
export function placeWords(border: BorderView, home: HomeSide | null, at: LngLat): string[] {
  const foot = footOn(border.line, at);
  if (!foot) return [];
  const off = distance(foot.left_m);
  const atHome = foot.left_m > 0 === (home === "left");
  return [
    text.map.km(kilometre(foot.along_m / 1000)),
    home === null ? off : atHome ? text.map.offHome(off) : text.map.offFar(off),
  ];
}
