// SPDX-License-Identifier: Apache-2.0
import type { Feature } from "geojson";
import type { FilterSpecification, Map as MapLibreMap } from "maplibre-gl";
import type { HomeSide } from "../../geometry/border";
import { courseOf } from "../../geometry/heading";
import { ahead, ellipseRing } from "../../geometry/plane";
import type { BorderView, TrackView } from "../../wire.gen";
import { speed } from "../../wording/format";
import { text, word } from "../../wording/strings";
import { addSource, line, point, polygons, renew } from "../geojson";
import { courseColour } from "../palette";
import { label } from "../style";
import { moverImage } from "../symbols";

export const tracksSource = "tracks";
const leader_s = 30;

/** Each track as its uncertainty, its past, its next half minute and its symbol. */
export function trackFeatures(
  tracks: readonly TrackView[],
  border: BorderView,
  home: HomeSide | null,
): Feature[] {
  return tracks.flatMap((track) => {
    const course = courseOf(track, border, home);
    const about = { id: track.id, colour: courseColour[course] };
    const leader = ahead(track.at, track.heading_deg, track.speed_mps * leader_s);
    return [
      polygons([[ellipseRing(track.at, track.ellipse)]], { ...about, part: "ellipse" }),
      line([...track.tail, track.at], { ...about, part: "tail" }),
      line([track.at, leader], { ...about, part: "leader" }),
      point(track.at, {
        ...about,
        part: "mover",
        image: moverImage(track.mover, course),
        name: text.map.trackLabel(track.id, word(text.movers, track.mover), speed(track.speed_mps)),
      }),
    ];
  });
}

export function addTracks(map: MapLibreMap): void {
  addSource(map, tracksSource);
  const part = (name: string): FilterSpecification => ["==", ["get", "part"], name];
  map.addLayer({
    id: "track-ellipses",
    type: "fill",
    source: tracksSource,
    filter: part("ellipse"),
    paint: {
      "fill-color": ["get", "colour"],
      "fill-opacity": 0.16,
      "fill-outline-color": ["get", "colour"],
    },
  });
  map.addLayer({
    id: "track-tails",
    type: "line",
    source: tracksSource,
    filter: part("tail"),
    layout: { "line-cap": "round", "line-join": "round" },
    paint: { "line-color": ["get", "colour"], "line-width": 2, "line-opacity": 0.55 },
  });
  map.addLayer({
    id: "track-leaders",
    type: "line",
    source: tracksSource,
    filter: part("leader"),
    paint: { "line-color": ["get", "colour"], "line-width": 1.6, "line-dasharray": [2, 1.5] },
  });
  map.addLayer({
    id: "tracks",
    type: "symbol",
    source: tracksSource,
    filter: part("mover"),
    ...label({
      "icon-image": ["get", "image"],
      "icon-size": 0.9,
      "icon-allow-overlap": true,
      "text-field": ["get", "name"],
      "text-size": 12.5,
      "text-max-width": 24,
      "text-variable-anchor": ["left", "right", "bottom", "top"],
      "text-radial-offset": 1.3,
      "text-optional": true,
      "symbol-sort-key": ["get", "id"],
    }),
  });
}

export function showTracks(
  map: MapLibreMap,
  tracks: readonly TrackView[],
  border: BorderView,
  home: HomeSide | null,
): Promise<void> {
  return renew(map, tracksSource, trackFeatures(tracks, border, home));
}
