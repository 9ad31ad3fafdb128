// SPDX-License-Identifier: Apache-2.0
import type { Heights } from "./heights";

// From low ground to high, dark, so that what moves stands out against it.
const tones: readonly [number, number, number][] = [
  [14, 25, 29],
  [20, 35, 35],
  [30, 46, 40],
  [44, 54, 45],
  [62, 62, 52],
  [80, 75, 64],
  [96, 91, 83],
];

const slopeEmphasis = 2.2;

/** Colour at a share of the way from the lowest tone to the highest. */
function tone(share: number): [number, number, number] {
  const at = Math.min(Math.max(share, 0), 1) * (tones.length - 1);
  const below = Math.min(Math.floor(at), tones.length - 2);
  const t = at - below;
  const [a, b] = [tones[below], tones[below + 1]] as [number[], number[]];
  const mix = (i: number) => (a[i] as number) * (1 - t) + (b[i] as number) * t;
  return [mix(0), mix(1), mix(2)];
}

/**
 * The ground as it is drawn: tones by height, shaded as if lit from the north-west, 45° up (Horn's
 * slope from the eight neighbours; at the edges the square's own rows are taken again).
 */
export function shade(
  ground: Heights,
  low_m: number,
  high_m: number,
): Uint8ClampedArray<ArrayBuffer> {
  const { side, heights_m, pixel_m } = ground;
  const rgba = new Uint8ClampedArray(4 * side * side);
  const span_m = Math.max(high_m - low_m, 50);
  for (let y = 0; y < side; y += 1) {
    const above = Math.max(y - 1, 0) * side;
    const below = Math.min(y + 1, side - 1) * side;
    const row = y * side;
    for (let x = 0; x < side; x += 1) {
      const here = heights_m[row + x] as number;
      if (Number.isNaN(here)) continue;
      const west = Math.max(x - 1, 0);
      const east = Math.min(x + 1, side - 1);
      const h = (i: number) => heights_m[i] as number;
      const nw = h(above + west);
      const ne = h(above + east);
      const sw = h(below + west);
      const se = h(below + east);
      const scale = slopeEmphasis / (8 * pixel_m);
      const rise_e = (ne + 2 * h(row + east) + se - nw - 2 * h(row + west) - sw) * scale;
      const rise_n = (nw + 2 * h(above + x) + ne - sw - 2 * h(below + x) - se) * scale;
      // Cosine between the ground's normal and the light, over that of level ground.
      const light =
        (1 + (rise_e - rise_n) * Math.SQRT1_2) / Math.sqrt(1 + rise_e * rise_e + rise_n * rise_n);
      const [r, g, b] = tone((here - low_m) / span_m);
      const at = 4 * (row + x);
      const strength = Number.isNaN(light) ? 1 : 0.35 + 0.65 * Math.max(light, 0);
      rgba[at] = r * strength;
      rgba[at + 1] = g * strength;
      rgba[at + 2] = b * strength;
      rgba[at + 3] = 255;
    }
  }
  return rgba;
}
