// SPDX-License-Identifier: Apache-2.0
import type { Feature } from "geojson";
import type { Map as MapLibreMap } from "maplibre-gl";
import { foundColour } from "../../coverage/colour";
import { runsOf } from "../../coverage/runs";
import type { Shown } from "../../coverage/what_if";
import { partOf } from "../../geometry/border";
import type { BorderView } from "../../wire.gen";
import { addSource, line, renew } from "../geojson";

/** The line in pieces, each in the colour of how likely one who crosses there is found. */
export function coverageLines(border: BorderView, shown: Shown | null, who: string): Feature[] {
  const found = shown?.kinds.find((kind) => kind.who === who)?.found ?? [];
  if (!shown || border.length_km === 0) return [];
  return runsOf(found, shown.stretch_km, shown.enough).map((run) =>
    line(partOf(border.line, run.from_km / border.length_km, run.to_km / border.length_km), {
      colour: foundColour(run, shown.enough),
      dark: run.dark,
    }),
  );
}

export function addCoverage(map: MapLibreMap): void {
  addSource(map, "coverage");
  map.addLayer({
    id: "coverage",
    type: "line",
    source: "coverage",
    layout: { "line-join": "round" },
    paint: {
      "line-color": ["get", "colour"],
      "line-width": ["interpolate", ["linear"], ["zoom"], 7, 4, 13, 9],
      "line-opacity": ["case", ["get", "dark"], 0.85, 0.4],
    },
  });
}

export function showCoverage(
  map: MapLibreMap,
  border: BorderView,
  shown: Shown | null,
  who: string,
): void {
  renew(map, "coverage", coverageLines(border, shown, who));
}
