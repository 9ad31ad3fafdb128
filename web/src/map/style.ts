// SPDX-License-Identifier: Apache-2.0
import type {
  ExpressionSpecification,
  RasterDEMSourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import { palette } from "./palette";

// Fonts of the operator's own computer: no glyph server is asked.
const fonts = ["Inter", "Noto Sans", "DejaVu Sans", "sans-serif"];

export const terrainSource = "terrain";

const terrainTiles = (): RasterDEMSourceSpecification => ({
  type: "raster-dem",
  tiles: [`${window.location.origin}/tiles/terrain/{z}/{x}/{y}.png`],
  tileSize: 256,
  minzoom: 8,
  maxzoom: 14,
  encoding: "terrarium",
});

/** Heights from low to high as dark tones, so that what moves stands out against them. */
export function reliefRamp(low_m: number, high_m: number): ExpressionSpecification {
  const tones = ["#0c1519", "#12201f", "#1b2a23", "#2a3228", "#3a3a30", "#4a463e", "#5a564f"];
  const span_m = Math.max(high_m - low_m, 50);
  const stops = tones.flatMap((tone, i) => [low_m + (span_m * i) / (tones.length - 1), tone]);
  return ["interpolate", ["linear"], ["elevation"], ...stops] as ExpressionSpecification;
}

/** Ground only; each of layers/*.ts adds its own. */
export function groundStyle(): StyleSpecification {
  return {
    version: 8,
    sources: {
      relief: terrainTiles(),
      [terrainSource]: terrainTiles(),
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": palette.ground } },
      {
        id: "relief",
        type: "color-relief",
        source: "relief",
        paint: { "color-relief-color": reliefRamp(-400, 2500) },
      },
      {
        id: "hillshade",
        type: "hillshade",
        source: "relief",
        paint: {
          "hillshade-exaggeration": 0.55,
          "hillshade-shadow-color": "#020406",
          "hillshade-highlight-color": "#5c6b66",
          "hillshade-accent-color": "#0b1012",
          "hillshade-illumination-direction": 315,
          "hillshade-illumination-anchor": "map",
        },
      },
    ],
  };
}

export function label(
  layout: NonNullable<SymbolLayerSpecification["layout"]>,
  colour: string | ExpressionSpecification = palette.label,
): Pick<SymbolLayerSpecification, "layout" | "paint"> {
  return {
    layout: { "text-font": fonts, "text-size": 12, ...layout },
    paint: { "text-color": colour, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
  };
}
