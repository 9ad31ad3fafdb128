// SPDX-License-Identifier: Apache-2.0

/** A square of heights above sea level, row by row from the north-west; not-a-number: unknown. */
export interface Heights {
  side: number;
  heights_m: Float32Array;
  /** On the ground, in the middle of the square. */
  pixel_m: number;
}

export interface TileAddress {
  z: number;
  x: number;
  y: number;
}

/** Metres above sea level of a terrarium tile's pixel. */
export function terrariumHeight_m(red: number, green: number, blue: number): number {
  return red * 256 + green + blue / 256 - 32_768;
}

/** The tile, in the web's usual numbering, that holds a place. */
export function tileAt([lng, lat]: [number, number], z: number): TileAddress {
  const latitude = (lat * Math.PI) / 180;
  const scale = 2 ** z;
  return {
    z,
    x: Math.floor(((lng + 180) / 360) * scale),
    y: Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * scale),
  };
}

function pixelOf({ z, y }: TileAddress, side: number): number {
  const latitude = Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / 2 ** z)));
  return (40_075_016.7 * Math.cos(latitude)) / 2 ** z / side;
}

export function heightsOf(tile: TileAddress, side: number, rgba: Uint8ClampedArray): Heights {
  const heights_m = new Float32Array(side * side);
  for (let i = 0; i < heights_m.length; i += 1) {
    const at = 4 * i;
    heights_m[i] =
      rgba[at + 3] === 0
        ? Number.NaN
        : terrariumHeight_m(rgba[at] ?? 0, rgba[at + 1] ?? 0, rgba[at + 2] ?? 0);
  }
  return { side, heights_m, pixel_m: pixelOf(tile, side) };
}

/** The tile's heights; none where the server has no elevation. */
export async function fetchHeights(
  tile: TileAddress,
  signal?: AbortSignal,
): Promise<Heights | null> {
  const response = await fetch(
    `/tiles/terrain/${tile.z}/${tile.x}/${tile.y}.png`,
    signal ? { signal } : {},
  );
  if (response.status !== 200) return null;
  // Heights are packed in the colours: no colour management may touch them.
  const bitmap = await createImageBitmap(await response.blob(), {
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  });
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  if (!context) return null;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return heightsOf(tile, bitmap.width, data);
}

/** The heights that 96 % of the square lies between; none where nothing is known. */
export function heightRange_m({ heights_m }: Heights): [number, number] | null {
  const known = heights_m.filter((height) => !Number.isNaN(height)).sort();
  const low = known[Math.floor(0.02 * (known.length - 1))];
  const high = known[Math.floor(0.98 * (known.length - 1))];
  return low === undefined || high === undefined ? null : [low, high];
}
