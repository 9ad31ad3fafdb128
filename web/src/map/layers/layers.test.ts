// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { BorderView, CameraView, HealthMessage, LngLat } from "../../wire.gen";
import { sideLabels } from "./border";
import { isWatching } from "./cameras";

const posts = Array.from({ length: 23 }, (_, km) => ({
  km,
  at: [41, 34.2 - km / 111.32] as LngLat,
}));
const border: BorderView = {
  length_km: 22.2,
  line: [
    [41, 34.2],
    [41, 34],
  ],
  home_is_left: true,
  posts,
};

describe("side labels", () => {
  it("put HOME on the home side and FAR SIDE across the line, at every zoom", () => {
    const labels = sideLabels(border, "left");
    for (const { geometry, properties } of labels) {
      if (geometry.type !== "Point") throw new Error("a label is a point");
      const east = (geometry.coordinates[0] ?? 0) > 41;
      expect(east).toBe(properties?.["home"]);
    }
    const bands = new Set(labels.map(({ properties }) => properties?.["band"]));
    expect(bands).toContain(10);
    expect(bands).toContain(16);
  });
});

describe("a camera on the map", () => {
  const camera = { id: "T1" } as CameraView;
  const health = (watching: boolean) =>
    ({ cameras: [{ id: "T1", watching }] }) as unknown as HealthMessage;

  it("watches unless its health says otherwise", () => {
    expect(isWatching(camera, null)).toBe(true);
    expect(isWatching(camera, health(true))).toBe(true);
    expect(isWatching(camera, health(false))).toBe(false);
  });
});
