// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { type Heights, heightRange_m, heightsOf, terrariumHeight_m, tileAt } from "./heights";
import { shade } from "./shade";

function ground(side: number, height_m: (x: number, y: number) => number): Heights {
  const heights_m = Float32Array.from({ length: side * side }, (_, i) =>
    height_m(i % side, Math.floor(i / side)),
  );
  return { side, heights_m, pixel_m: 30 };
}

/** Brightness of the middle pixel. */
function middle(heights: Heights): number {
  const at = 4 * (Math.floor(heights.side / 2) * heights.side + Math.floor(heights.side / 2));
  return shade(heights, 0, 100)[at + 1] ?? 0;
}

describe("heights", () => {
  it("are unpacked from terrarium colours", () => {
    expect(terrariumHeight_m(128, 0, 0)).toBe(0);
    expect(terrariumHeight_m(129, 4, 128)).toBe(260.5);
    expect(terrariumHeight_m(126, 88, 0)).toBe(-424);
  });

  it("are unknown where a tile is transparent", () => {
    const heights = heightsOf({ z: 8, x: 157, y: 102 }, 1, new Uint8ClampedArray(4));
    expect(heights.heights_m[0]).toBeNaN();
    expect(heightRange_m(heights)).toBeNull();
  });

  it("come with the ground's scale at the tile's latitude", () => {
    const { pixel_m } = heightsOf({ z: 0, x: 0, y: 0 }, 256, new Uint8ClampedArray(4 * 256 * 256));
    expect(pixel_m).toBeCloseTo(156_543, 0);
  });

  it("span what all but the last hundredths lie between", () => {
    const range = heightRange_m(ground(10, (x, y) => x + 10 * y));
    expect(range).toEqual([1, 97]);
  });

  it("are looked up in the tile that holds the place", () => {
    expect(tileAt([0.1, -0.1], 1)).toEqual({ z: 1, x: 1, y: 1 });
    expect(tileAt([41.2, 34.4], 9)).toEqual({ z: 9, x: 314, y: 203 });
  });
});

describe("shade", () => {
  it("lights slopes that face north-west and darkens those that face south-east", () => {
    const level = middle(ground(5, () => 50));
    const facing = middle(ground(5, (x, y) => 50 + 4 * (x - 2) + 4 * (y - 2)));
    const averted = middle(ground(5, (x, y) => 50 - 4 * (x - 2) - 4 * (y - 2)));
    expect(facing).toBeGreaterThan(level);
    expect(averted).toBeLessThan(level);
  });

  it("draws high ground lighter than low", () => {
    expect(middle(ground(3, () => 90))).toBeGreaterThan(middle(ground(3, () => 5)));
  });

  it("leaves unknown ground clear and level the light beside it", () => {
    const pixels = shade(
      ground(3, (x) => (x === 2 ? Number.NaN : 50)),
      0,
      100,
    );
    expect(pixels[4 * 2 + 3]).toBe(0);
    expect(pixels[4 * 1 + 3]).toBe(255);
    expect([...pixels.slice(4, 7)]).toEqual([...pixels.slice(0, 3)]);
  });
});
