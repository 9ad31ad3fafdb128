// SPDX-License-Identifier: Apache-2.0
import type { Feature, FeatureCollection, Geometry } from "geojson";
import type { GeoJSONSource, Map as MapLibreMap } from "maplibre-gl";
import type { LngLat } from "../wire.gen";

export type Properties = Record<string, string | number | boolean>;

export function feature(geometry: Geometry, properties: Properties = {}): Feature {
  return { type: "Feature", geometry, properties };
}
export const point = (at: LngLat, properties?: Properties) =>
  feature({ type: "Point", coordinates: at }, properties);
export const line = (places: LngLat[], properties?: Properties) =>
  feature({ type: "LineString", coordinates: places }, properties);
export const polygons = (rings: LngLat[][][], properties?: Properties) =>
  feature({ type: "MultiPolygon", coordinates: rings }, properties);

export function collection(features: Feature[] = []): FeatureCollection {
  return { type: "FeatureCollection", features };
}

export function addSource(map: MapLibreMap, id: string, features: Feature[] = []): void {
  map.addSource(id, { type: "geojson", data: collection(features) });
}

/** Resolves when the map has taken the features in; drawing follows. */
export async function renew(map: MapLibreMap, id: string, features: Feature[]): Promise<void> {
  await map.getSource<GeoJSONSource>(id)?.setData(collection(features));
}
