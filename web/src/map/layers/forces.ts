// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { colourOf } from "../../forces/force_shape";
import {
  ageOf,
  type HeardForces,
  heardWords,
  isOld,
  kindOf,
  reach_m,
} from "../../forces/force_words";
import { circleRing } from "../../geometry/plane";
import { forceImage } from "../force_symbols";
import { addSource, point, polygons, renew } from "../geojson";
import { palette } from "../palette";
import { label } from "../style";

export function addForces(map: MapLibreMap): void {
  addSource(map, "force-around");
  addSource(map, "forces");
  map.addLayer({
    id: "force-around",
    type: "line",
    source: "force-around",
    paint: { "line-color": ["get", "colour"], "line-width": 1.4, "line-dasharray": [3, 2] },
  });
  map.addLayer({
    id: "forces",
    type: "symbol",
    source: "forces",
    ...label(
      {
        "icon-image": ["get", "image"],
        "icon-allow-overlap": true,
        // From afar whose it is; since when comes nearer by.
        "text-field": ["step", ["zoom"], ["get", "name"], 12.5, ["get", "words"]],
        // Tracks have theirs to the right.
        "text-variable-anchor": ["right", "top", "bottom", "left"],
        "text-justify": "auto",
        "text-radial-offset": 1.1,
        "text-size": 11.5,
        "text-optional": true,
      },
      ["case", ["get", "old"], palette.oldForce, palette.label],
    ),
  });
}

/** The chosen one has the ground around it on which it may be by now. */
export function showForces(
  map: MapLibreMap,
  heard: HeardForces | null,
  selected: string | null,
  now_ms: number,
): void {
  const list = heard?.list ?? [];
  renew(
    map,
    "forces",
    list.map((force) => {
      const age_s = ageOf(force, heard?.told_ms ?? now_ms, now_ms);
      const old = isOld(force.role, age_s);
      return point(force.at, {
        id: force.name,
        name: `${force.name}\n${kindOf(force)}`,
        words: `${force.name}\n${kindOf(force)}\n${heardWords(age_s)}`,
        image: forceImage(force.allegiance, force.role, old),
        old,
      });
    }),
  );
  const around = list.filter((force) => force.name === selected);
  renew(
    map,
    "force-around",
    around.map((force) =>
      polygons([[circleRing(force.at, reach_m(force))]], {
        colour: colourOf(force.allegiance, false),
      }),
    ),
  );
}
