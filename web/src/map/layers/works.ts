// SPDX-License-Identifier: Apache-2.0
import type { ExpressionSpecification, Map as MapLibreMap } from "maplibre-gl";
import type { BarrierView, ZoneView } from "../../wire.gen";
import { text } from "../../wording/strings";
import { addSource, line, point, polygons } from "../geojson";
import { palette } from "../palette";
import { label } from "../style";

/** Named areas under everything else. */
export function addZones(map: MapLibreMap, zones: readonly ZoneView[]): void {
  const dangerous = ["minefield", "air_danger"];
  addSource(
    map,
    "zones",
    zones.map((zone) =>
      polygons([[zone.ring]], {
        name: zone.kind === "privacy" ? text.map.masked(zone.name) : zone.name,
        danger: dangerous.includes(zone.kind),
        masked: zone.kind === "privacy",
      }),
    ),
  );
  const colour: ExpressionSpecification = [
    "case",
    ["get", "danger"],
    palette.incident,
    ["get", "masked"],
    palette.masked,
    palette.zone,
  ];
  map.addLayer({
    id: "zones",
    type: "fill",
    source: "zones",
    paint: { "fill-color": colour, "fill-opacity": ["case", ["get", "masked"], 0.45, 0.1] },
  });
  map.addLayer({
    id: "zone-edges",
    type: "line",
    source: "zones",
    paint: {
      "line-color": colour,
      "line-width": 1.2,
      "line-dasharray": [3, 2],
      "line-opacity": 0.8,
    },
  });
  map.addLayer({
    id: "zone-labels",
    type: "symbol",
    source: "zones",
    minzoom: 10,
    ...label({ "text-field": ["get", "name"], "text-size": 11.5 }, colour),
  });
}

/** What is built to stop movers: lines, or single points for gates and towers. */
export function addBarriers(map: MapLibreMap, barriers: readonly BarrierView[]): void {
  addSource(
    map,
    "barriers",
    barriers.flatMap((barrier) => {
      const [first] = barrier.line;
      if (!first) return [];
      const about = { name: barrier.name, kind: barrier.kind };
      return [barrier.line.length > 1 ? line(barrier.line, about) : point(first, about)];
    }),
  );
  map.addLayer({
    id: "barriers",
    type: "line",
    source: "barriers",
    filter: ["==", ["geometry-type"], "LineString"],
    paint: {
      "line-color": palette.barrier,
      "line-width": 2,
      "line-dasharray": [1.2, 0.8],
      "line-opacity": 0.85,
    },
  });
  map.addLayer({
    id: "barrier-points",
    type: "circle",
    source: "barriers",
    filter: ["==", ["geometry-type"], "Point"],
    paint: {
      "circle-radius": 4,
      "circle-color": palette.barrier,
      "circle-stroke-color": palette.halo,
      "circle-stroke-width": 1.5,
    },
  });
  map.addLayer({
    id: "barrier-labels",
    type: "symbol",
    source: "barriers",
    minzoom: 11.5,
    ...label(
      {
        "text-field": ["get", "name"],
        "text-size": 11,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": 0.7,
      },
      palette.barrier,
    ),
  });
}
