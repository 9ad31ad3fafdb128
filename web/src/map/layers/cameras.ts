// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { ahead } from "../../geometry/plane";
import { polygonsOf } from "../../geometry/rings";
import type { CameraView, HealthMessage } from "../../wire.gen";
import { cameraImage } from "../camera_symbols";
import { addSource, line, point, polygons, renew } from "../geojson";
import { palette } from "../palette";
import { label } from "../style";

const sightline_m = 900;

/** The edges of the field of view, as a short wedge before the camera. */
function wedge(camera: CameraView) {
  const half = camera.horizontal_fov_deg / 2;
  return line([
    ahead(camera.at, camera.azimuth_deg - half, sightline_m),
    camera.at,
    ahead(camera.at, camera.azimuth_deg + half, sightline_m),
  ]);
}

function symbols(cameras: readonly CameraView[], health: HealthMessage | null) {
  const states = new Map(health?.cameras.map((camera) => [camera.id, camera.state]));
  return cameras.map((camera) =>
    point(camera.at, {
      id: camera.id,
      name: camera.id,
      azimuth: camera.azimuth_deg,
      image: cameraImage(states.get(camera.id) ?? "starting"),
    }),
  );
}

export function addFootprints(map: MapLibreMap, cameras: readonly CameraView[]): void {
  addSource(
    map,
    "footprints",
    cameras.map((camera) => polygons(polygonsOf(camera.footprint), { id: camera.id })),
  );
  map.addLayer({
    id: "footprints",
    type: "fill",
    source: "footprints",
    paint: { "fill-color": palette.camera, "fill-opacity": 0.09 },
  });
  map.addLayer({
    id: "footprint-edges",
    type: "line",
    source: "footprints",
    paint: { "line-color": palette.camera, "line-width": 0.8, "line-opacity": 0.35 },
  });
}

export function addCameras(map: MapLibreMap, cameras: readonly CameraView[]): void {
  addSource(map, "wedges", cameras.map(wedge));
  addSource(map, "cameras", symbols(cameras, null));
  map.addLayer({
    id: "wedges",
    type: "line",
    source: "wedges",
    paint: { "line-color": palette.camera, "line-width": 1.2, "line-opacity": 0.7 },
  });
  map.addLayer({
    id: "cameras",
    type: "symbol",
    source: "cameras",
    ...label(
      {
        "icon-image": ["get", "image"],
        "icon-rotate": ["get", "azimuth"],
        "icon-rotation-alignment": "map",
        "icon-allow-overlap": true,
        "text-field": ["get", "name"],
        "text-anchor": "top",
        "text-offset": [0, 1.1],
        "text-optional": true,
      },
      palette.camera,
    ),
  });
}

export function showCameraHealth(
  map: MapLibreMap,
  cameras: readonly CameraView[],
  health: HealthMessage | null,
): void {
  renew(map, "cameras", symbols(cameras, health));
}
