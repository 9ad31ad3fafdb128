// SPDX-License-Identifier: Apache-2.0
import { encodePng } from "./png.mjs";

// Made-up country: low hills, two wadis, a ridge in the south-east.
export function height_m([lng, lat]) {
  const x = (lng - 41.2) * 92;
  const y = (lat - 34.4) * 111;
  const hills = 18 * Math.sin(x * 0.9 + Math.sin(y * 0.7)) + 14 * Math.sin(y * 1.3 + x * 0.4);
  const rough = 5 * Math.sin(x * 4.1 + y * 2.3) + 4 * Math.sin(x * 2.7 - y * 5.2 + 1);
  const wadi = -34 * Math.exp(-(((y - 2.4 * Math.sin(x * 0.4)) / 0.9) ** 2));
  const ridge = 150 * Math.exp(-(((x - y * 0.5 - 11) / 3.2) ** 2));
  return 260 + hills + rough + wadi + ridge;
}

function lngLat(x, y, zoom) {
  const scale = 2 ** zoom;
  const lat = Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / scale)));
  return [(x / scale) * 360 - 180, (lat * 180) / Math.PI];
}

const made = new Map();

/** A terrarium tile, or null where there is no elevation. */
export function terrainTile(zoom, x, y) {
  const [lng, lat] = lngLat(x + 0.5, y + 0.5, zoom);
  if (Math.abs(lng - 41.2) > 1.2 || Math.abs(lat - 34.4) > 1) return null;
  const key = `${zoom}/${x}/${y}`;
  const known = made.get(key);
  if (known) return known;
  const pixels = Buffer.alloc(256 * 256 * 3);
  for (let row = 0; row < 256; row += 1) {
    for (let column = 0; column < 256; column += 1) {
      const place = lngLat(x + (column + 0.5) / 256, y + (row + 0.5) / 256, zoom);
      const value = Math.round((height_m(place) + 32768) * 256);
      const at = (row * 256 + column) * 3;
      pixels[at] = value >> 16;
      pixels[at + 1] = (value >> 8) & 255;
      pixels[at + 2] = value & 255;
    }
  }
  const tile = encodePng(256, 256, pixels);
  made.set(key, tile);
  return tile;
}
