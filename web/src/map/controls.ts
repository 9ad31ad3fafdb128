// SPDX-License-Identifier: Apache-2.0
import { type Map as MapLibreMap, NavigationControl, ScaleControl } from "maplibre-gl";
import { footOn, type HomeSide } from "../geometry/border";
import type { SiteView } from "../wire.gen";
import { distance, fixed, kilometre } from "../wording/format";
import { text } from "../wording/strings";
import { terrainSource } from "./style";

const exaggeration = 2;

export function addControls(map: MapLibreMap): void {
  map.addControl(new NavigationControl({ visualizePitch: true }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric", maxWidth: 140 }), "bottom-right");
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
    const foot = footOn(site.border.line, [lngLat.lng, lngLat.lat]);
    const side = home();
    const parts = [`${fixed(lngLat.lat, 5)}, ${fixed(lngLat.lng, 5)}`];
    if (foot) {
      parts.push(text.map.km(kilometre(foot.along_m / 1000)));
      const off = distance(foot.left_m);
      const atHome = side && foot.left_m > 0 === (side === "left");
      parts.push(side === null ? off : atHome ? text.map.offHome(off) : text.map.offFar(off));
    }
    readout.textContent = parts.join("   ");
  });
  map.on("mouseout", () => {
    readout.textContent = "";
  });
}
