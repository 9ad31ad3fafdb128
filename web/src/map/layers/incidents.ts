// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import type { IncidentView } from "../../wire.gen";
import { addSource, point, renew } from "../geojson";
import { palette } from "../palette";

const colours: Record<string, string> = {
  open: palette.incident,
  acknowledged: palette.acknowledged,
  resolved: palette.resolved,
};

export function addIncidents(map: MapLibreMap): void {
  addSource(map, "incidents");
  map.addLayer({
    id: "incident-selection",
    type: "circle",
    source: "incidents",
    filter: ["get", "selected"],
    paint: {
      "circle-radius": 22,
      "circle-color": "#ffffff",
      "circle-opacity": 0.06,
      "circle-stroke-color": "#ffffff",
      "circle-stroke-width": 1.5,
      "circle-stroke-opacity": 0.85,
    },
  });
  map.addLayer({
    id: "incidents",
    type: "circle",
    source: "incidents",
    paint: {
      "circle-radius": ["case", ["==", ["get", "state"], "open"], 13, 9],
      "circle-color": ["get", "colour"],
      "circle-opacity": 0.12,
      "circle-stroke-color": ["get", "colour"],
      "circle-stroke-width": ["case", ["==", ["get", "state"], "open"], 2.4, 1.4],
    },
  });
}

/** Resolved ones leave the map unless one is selected. */
export function showIncidents(
  map: MapLibreMap,
  incidents: readonly IncidentView[],
  selected: number | null,
): void {
  const shown = incidents.filter((i) => i.state !== "resolved" || i.id === selected);
  renew(
    map,
    "incidents",
    shown.map((incident) =>
      point(incident.at, {
        id: incident.id,
        state: incident.state,
        colour: colours[incident.state] ?? palette.label,
        selected: incident.id === selected,
      }),
    ),
  );
}
