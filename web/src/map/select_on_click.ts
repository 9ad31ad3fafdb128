// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import {
  placeAskedStore,
  selectedAlertStore,
  selectedCameraStore,
  selectedForceStore,
  selectedIncidentStore,
  selectedTrackStore,
} from "../selection";
import type { Pixel } from "./tracks/labels";

const layers = ["incidents", "cameras", "forces", "alerts"];

/**
 * Clicking a track, an incident, a camera, a force or an alert selects it; the cursor tells so.
 * While a form asks for a place, clicking tells it instead.
 */
export function selectOnClick(map: MapLibreMap, trackAt: (point: Pixel) => number | null): void {
  const idAt = (point: Pixel, layer: string): unknown =>
    map.queryRenderedFeatures([point.x, point.y], { layers: [layer] })[0]?.properties["id"];

  map.on("click", ({ point, lngLat }) => {
    if (placeAskedStore.get()) {
      placeAskedStore.set({ at: [lngLat.lng, lngLat.lat] });
      return;
    }
    const track = trackAt(point);
    if (track !== null) selectedTrackStore.set(track);
    const incident = idAt(point, "incidents");
    if (typeof incident === "number") selectedIncidentStore.set(incident);
    const camera = idAt(point, "cameras");
    if (typeof camera === "string") selectedCameraStore.set(camera);
    const force = idAt(point, "forces");
    if (typeof force === "string") selectedForceStore.set(force);
    const alert = idAt(point, "alerts");
    if (typeof alert === "number") selectedAlertStore.set(alert);
  });
  map.on("mousemove", ({ point }) => {
    if (placeAskedStore.get()) {
      map.getCanvas().style.cursor = "crosshair";
      return;
    }
    const something =
      trackAt(point) !== null || layers.some((layer) => idAt(point, layer) !== undefined);
    map.getCanvas().style.cursor = something ? "pointer" : "";
  });
}
