// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { BorderView, LngLat, TrackView } from "../../wire.gen";
import { sideLabels } from "./border";
import { trackFeatures } from "./tracks";

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

describe("track features", () => {
  const track: TrackView = {
    id: 12,
    mover: "person",
    mover_probability: 0.9,
    existence: 1,
    at: [40.99, 34.1],
    ellipse: { major_m: 40, minor_m: 9, azimuth_deg: 80 },
    speed_mps: 1.42,
    heading_deg: 90,
    km: 11,
    offset_m: -920,
    first_seen: "",
    last_seen: "",
    sensors: ["T2"],
    tail: [[40.989, 34.1]],
  };

  it("name the track and carry its uncertainty, past and next half minute", () => {
    const parts = new Map(
      trackFeatures([track], border, "left").map((f) => [f.properties?.["part"], f]),
    );
    expect(parts.get("mover")?.properties?.["name"]).toBe("#12 person 1.4 m/s");
    expect(parts.get("mover")?.properties?.["image"]).toBe("mover-person-toward_home");
    expect(parts.get("tail")?.geometry).toEqual({
      type: "LineString",
      coordinates: [
        [40.989, 34.1],
        [40.99, 34.1],
      ],
    });
    expect([...parts.keys()].sort()).toEqual(["ellipse", "leader", "mover", "tail"]);
  });

  it("draw a class the page doesn't know as unknown", () => {
    const [mover] = trackFeatures([{ ...track, mover: "boat" }], border, null).filter(
      (f) => f.properties?.["part"] === "mover",
    );
    expect(mover?.properties?.["image"]).toBe("mover-unknown-along");
  });
});
