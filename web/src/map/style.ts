// SPDX-License-Identifier: Apache-2.0
import type {
  ExpressionSpecification,
  RasterDEMSourceSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import { palette } from "./palette";

// Fonts of the operator's own computer: no glyph server is asked.
export const fonts = ["Inter", "Noto Sans", "DejaVu Sans", "sans-serif"];

export const terrainSource = "terrain";

const terrainTiles = (): RasterDEMSourceSpecification => ({
  type: "raster-dem",
  tiles: [`${window.location.origin}/tiles/terrain/{z}/{x}/{y}.png`],
  tileSize: 256,
  minzoom: 8,
  maxzoom: 14,
  encoding: "terrarium",
});

/** Nothing but darkness; the relief and each of layers/*.ts add their own. */
export function groundStyle(): StyleSpecification {
  return {
    version: 8,
    sources: {
      [terrainSource]: terrainTiles(),
    },
    layers: [{ id: "ground", type: "background", paint: { "background-color": palette.ground } }],
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
