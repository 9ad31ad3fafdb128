// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { selectedCameraStore, selectedIncidentStore, selectedTrackStore } from "../selection";
import type { Pixel } from "./tracks/labels";

/** Clicking a track, an incident or a camera selects it; the cursor tells that it would. */
export function selectOnClick(map: MapLibreMap, trackAt: (point: Pixel) => number | null): void {
  const idAt = (point: Pixel, layer: string): unknown =>
    map.queryRenderedFeatures([point.x, point.y], { layers: [layer] })[0]?.properties["id"];

  map.on("click", ({ point }) => {
    const track = trackAt(point);
    if (track !== null) selectedTrackStore.set(track);
    const incident = idAt(point, "incidents");
    if (typeof incident === "number") selectedIncidentStore.set(incident);
    const camera = idAt(point, "cameras");
    if (typeof camera === "string") selectedCameraStore.set(camera);
  });
  map.on("mousemove", ({ point }) => {
    const something =
      trackAt(point) !== null ||
      idAt(point, "incidents") !== undefined ||
      idAt(point, "cameras") !== undefined;
    map.getCanvas().style.cursor = something ? "pointer" : "";
  });
}
