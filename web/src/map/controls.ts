// SPDX-License-Identifier: Apache-2.0
import { type Map as MapLibreMap, NavigationControl, ScaleControl } from "maplibre-gl";
import type { HomeSide } from "../geometry/border";
import type { SiteView } from "../wire.gen";
import { fixed } from "../wording/format";
import { placeWords } from "../wording/place";
import { direction } from "../wording/strings";
import { terrainSource } from "./style";

const exaggeration = 2;

/** Across from the page's own tools, which stand where a line of text begins. */
export function addControls(map: MapLibreMap): void {
  const end = direction === "rtl" ? "left" : "right";
  map.addControl(new NavigationControl({ visualizePitch: true }), `top-${end}`);
  map.addControl(new ScaleControl({ unit: "metric", maxWidth: 140 }), `bottom-${end}`);
}

export function showWholeBorder(map: MapLibreMap, { bounds }: SiteView, animate = true): void {
  map.fitBounds([bounds.west, bounds.south, bounds.east, bounds.north], {
    padding: 40,
    pitch: map.getPitch(),
    animate,
  });
}

export function setTerrain3d(map: MapLibreMap, on: boolean): void {
  map.setTerrain(on ? { source: terrainSource, exaggeration } : null);
  map.easeTo({ pitch: on ? 62 : 0, duration: 600 });
}

/** Writes where the cursor is, as people at a border say it: kilometre and metres off the line. */
export function followCursor(
  map: MapLibreMap,
  site: SiteView,
  home: () => HomeSide | null,
  readout: HTMLElement,
): void {
  map.on("mousemove", ({ lngLat }) => {
    const place = placeWords(site.border, home(), [lngLat.lng, lngLat.lat]);
    const parts = [`${fixed(lngLat.lat, 5)}, ${fixed(lngLat.lng, 5)}`, ...place];
    readout.textContent = parts.join("   ");
  });
  map.on("mouseout", () => {
    readout.textContent = "";
  });
}
