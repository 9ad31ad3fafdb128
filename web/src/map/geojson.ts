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

const told = new WeakMap<GeoJSONSource, string>();

/** Gives a source its features, unless it has them: taking them in repaints the whole map. */
export function renew(map: MapLibreMap, id: string, features: Feature[]): void {
  const source = map.getSource<GeoJSONSource>(id);
  const content = JSON.stringify(features);
  if (!source || told.get(source) === content) return;
  told.set(source, content);
  void source.setData(collection(features));
}
