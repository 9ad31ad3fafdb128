// SPDX-License-Identifier: Apache-2.0
import type { Feature } from "geojson";
import type { Map as MapLibreMap } from "maplibre-gl";
import { footOn, type HomeSide, towardHome_deg } from "../../geometry/border";
import { ahead } from "../../geometry/plane";
import type { BorderView } from "../../wire.gen";
import { text } from "../../wording/strings";
import { addSource, line, point, renew } from "../geojson";
import { palette } from "../palette";
import { label } from "../style";

const firstBand = 8;
const lastBand = 16;

/** The roundest number that divides a post's kilometre: far out only the roundest are named. */
function roundness(km: number): number {
  return [100, 50, 10, 5].find((step) => km % step === 0) ?? 1;
}

/** For each zoom, HOME and FAR SIDE every 150 to 300 px, 34 px or more off the line. */
export function sideLabels(border: BorderView, home: HomeSide): Feature[] {
  const features: Feature[] = [];
  for (let band = firstBand; band <= lastBand; band += 1) {
    const spacing_km = 150 * kmPerPixel(border, band);
    let next_km = spacing_km / 2;
    for (const post of border.posts) {
      if (post.km < next_km) continue;
      next_km = post.km + spacing_km;
      const foot = footOn(border.line, post.at);
      if (!foot) continue;
      const homeward = towardHome_deg(foot.bearing_deg, home);
      const off_m = 34 * 1000 * kmPerPixel(border, band);
      features.push(
        point(ahead(post.at, homeward, off_m), { band, home: true, name: text.map.home }),
        point(ahead(post.at, homeward + 180, off_m), { band, home: false, name: text.map.farSide }),
      );
    }
  }
  return features;
}

function kmPerPixel(border: BorderView, zoom: number): number {
  const latitude = border.line[0]?.[1] ?? 0;
  return (78.2715 * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
}

export function addBorder(map: MapLibreMap, border: BorderView): void {
  addSource(map, "border", [line(border.line)]);
  addSource(
    map,
    "posts",
    border.posts.map((post) => point(post.at, { km: post.km, roundness: roundness(post.km) })),
  );
  addSource(map, "sides");
  for (const [id, width, blur, opacity] of [
    ["border-glow", 18, 14, 0.28],
    ["border-line", 2.2, 0, 0.95],
  ] as const) {
    map.addLayer({
      id,
      type: "line",
      source: "border",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": palette.border,
        "line-width": width,
        "line-blur": blur,
        "line-opacity": opacity,
      },
    });
  }
  map.addLayer({
    id: "posts",
    type: "circle",
    source: "posts",
    minzoom: 9,
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 9, 1.2, 13, 3.2],
      "circle-color": palette.ground,
      "circle-stroke-color": palette.border,
      "circle-stroke-width": 1.4,
    },
  });
  map.addLayer({
    id: "post-labels",
    type: "symbol",
    source: "posts",
    filter: [">=", ["get", "roundness"], ["step", ["zoom"], 50, 8, 10, 10, 5, 12, 1]],
    ...label(
      {
        "text-field": ["concat", "km ", ["to-string", ["get", "km"]]],
        "text-variable-anchor": ["left", "right", "top", "bottom"],
        "text-radial-offset": 0.8,
        "text-size": 11.5,
      },
      palette.border,
    ),
  });
  map.addLayer({
    id: "sides",
    type: "symbol",
    source: "sides",
    filter: ["==", ["get", "band"], ["max", firstBand, ["min", lastBand, ["floor", ["zoom"]]]]],
    ...label(
      {
        "text-field": ["get", "name"],
        "text-size": 11,
        "text-letter-spacing": 0.22,
        "text-padding": 0,
      },
      ["case", ["get", "home"], palette.home, palette.far],
    ),
  });
}

export function showSides(map: MapLibreMap, border: BorderView, home: HomeSide): void {
  renew(map, "sides", sideLabels(border, home));
}
