// SPDX-License-Identifier: Apache-2.0
import type { ExpressionSpecification, Map as MapLibreMap } from "maplibre-gl";
import { ahead } from "../../geometry/plane";
import { polygonsOf } from "../../geometry/rings";
import type { CameraView, HealthMessage } from "../../wire.gen";
import { cameraImage } from "../camera_symbols";
import { addSource, line, point, polygons, renew } from "../geojson";
import { palette } from "../palette";
import { label } from "../style";

const sightline_m = 900;

const blindColour: ExpressionSpecification = [
  "case",
  ["get", "watching"],
  palette.camera,
  palette.blind,
];

/** The edges of the field of view, as a short wedge before the camera. */
function wedge(camera: CameraView, watching: boolean) {
  const half = camera.horizontal_fov_deg / 2;
  return line(
    [
      ahead(camera.at, camera.azimuth_deg - half, sightline_m),
      camera.at,
      ahead(camera.at, camera.azimuth_deg + half, sightline_m),
    ],
    { watching },
  );
}

function footprint(camera: CameraView, watching: boolean) {
  return polygons(polygonsOf(camera.footprint), { id: camera.id, watching });
}

/** Whether a camera watches; until its health is told it is not held to be blind. */
export function isWatching(camera: CameraView, health: HealthMessage | null): boolean {
  return health?.cameras.find((one) => one.id === camera.id)?.watching ?? true;
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
    cameras.map((camera) => footprint(camera, true)),
  );
  map.addLayer({
    id: "footprints",
    type: "fill",
    source: "footprints",
    // The ground of a camera that does not watch is not shaded: nobody sees it.
    paint: {
      "fill-color": palette.camera,
      "fill-opacity": ["case", ["get", "watching"], 0.09, 0],
    },
  });
  map.addLayer({
    id: "footprint-edges",
    type: "line",
    source: "footprints",
    filter: ["get", "watching"],
    paint: { "line-color": palette.camera, "line-width": 0.8, "line-opacity": 0.35 },
  });
  map.addLayer({
    id: "footprint-edges-blind",
    type: "line",
    source: "footprints",
    filter: ["!", ["get", "watching"]],
    paint: {
      "line-color": palette.blind,
      "line-width": 1,
      "line-opacity": 0.7,
      "line-dasharray": [3, 3],
    },
  });
}

export function addCameras(map: MapLibreMap, cameras: readonly CameraView[]): void {
  addSource(
    map,
    "wedges",
    cameras.map((camera) => wedge(camera, true)),
  );
  addSource(map, "cameras", symbols(cameras, null));
  map.addLayer({
    id: "wedges",
    type: "line",
    source: "wedges",
    paint: { "line-color": blindColour, "line-width": 1.2, "line-opacity": 0.7 },
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
  renew(
    map,
    "wedges",
    cameras.map((camera) => wedge(camera, isWatching(camera, health))),
  );
  renewFootprints(map, cameras, health);
}

const told = new WeakMap<MapLibreMap, string>();

/** Only when who watches has changed: footprints are large. */
function renewFootprints(
  map: MapLibreMap,
  cameras: readonly CameraView[],
  health: HealthMessage | null,
): void {
  const blind = cameras.filter((camera) => !isWatching(camera, health)).map((camera) => camera.id);
  if ((told.get(map) ?? "") === blind.join("\n")) return;
  told.set(map, blind.join("\n"));
  renew(
    map,
    "footprints",
    cameras.map((camera) => footprint(camera, !blind.includes(camera.id))),
  );
}
