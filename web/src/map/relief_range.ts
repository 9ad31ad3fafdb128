// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import type { SiteView } from "../wire.gen";
import { reliefRamp } from "./style";

const zoom = 9;

/** Metres above sea level of a terrarium tile's pixel. */
export function terrariumHeight_m(red: number, green: number, blue: number): number {
  return red * 256 + green + blue / 256 - 32_768;
}

/** The tile of the web's usual numbering that holds a place. */
export function tileAt([lng, lat]: [number, number], z: number): { x: number; y: number } {
  const latitude = (lat * Math.PI) / 180;
  const scale = 2 ** z;
  return {
    x: Math.floor(((lng + 180) / 360) * scale),
    y: Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * scale),
  };
}

/** The heights that 96 % of the pixels lie between. */
export function heightRange_m(rgba: Uint8ClampedArray): [number, number] {
  const heights_m: number[] = [];
  for (let i = 0; i + 3 < rgba.length; i += 16) {
    if ((rgba[i + 3] ?? 0) === 0) continue;
    heights_m.push(terrariumHeight_m(rgba[i] ?? 0, rgba[i + 1] ?? 0, rgba[i + 2] ?? 0));
  }
  heights_m.sort((a, b) => a - b);
  const at = (share: number) => heights_m[Math.floor(share * (heights_m.length - 1))] ?? 0;
  return [at(0.02), at(0.98)];
}

/** Fits the ground's tones to the heights about the site, so that flat country shows relief too. */
export async function adaptRelief(map: MapLibreMap, { bounds }: SiteView): Promise<void> {
  const middle: [number, number] = [
    (bounds.west + bounds.east) / 2,
    (bounds.south + bounds.north) / 2,
  ];
  const { x, y } = tileAt(middle, zoom);
  const response = await fetch(`/tiles/terrain/${zoom}/${x}/${y}.png`).catch(() => null);
  if (response?.status !== 200) return;
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: "none" });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!context) return;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const [low_m, high_m] = heightRange_m(data);
  map.setPaintProperty("relief", "color-relief-color", reliefRamp(low_m, high_m));
}
