// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { BorderView, LngLat, TrackView } from "../wire.gen";
import { footOn, partOf, towardHome_deg } from "./border";
import { courseOf } from "./heading";
import { ahead, ellipseRing, planeAt } from "./plane";
import { polygonsOf } from "./rings";

// A border from north to south; home is to its east, on the left of who walks it.
const border: BorderView = {
  length_km: 22.2,
  line: [
    [41, 34.2],
    [41, 34.1],
    [41, 34],
  ],
  home_is_left: true,
  posts: [],
};

function track(part: Partial<TrackView>): TrackView {
  return {
    id: 1,
    mover: "person",
    mover_probability: 0.9,
    existence: 1,
    at: [41, 34.1],
    ellipse: { major_m: 1, minor_m: 1, azimuth_deg: 0 },
    speed_mps: 1.4,
    heading_deg: 90,
    km: 0,
    offset_m: 0,
    first_seen: "",
    last_seen: "",
    sensors: [],
    tail: [],
    ...part,
  };
}

describe("plane", () => {
  it("goes ahead by the distance asked, on the bearing asked", () => {
    const from: LngLat = [41, 34];
    const v = planeAt(from).toVector(ahead(from, 30, 1000));
    expect(v.e).toBeCloseTo(500, 6);
    expect(v.n).toBeCloseTo(866.025, 2);
  });

  it("draws an ellipse closed, its major axis on its azimuth", () => {
    const centre: LngLat = [41, 34];
    const ring = ellipseRing(centre, { major_m: 200, minor_m: 50, azimuth_deg: 90 }, 4);
    expect(ring[0]).toEqual(ring[4]);
    const east = planeAt(centre).toVector(ring[0] as LngLat);
    expect(east.e).toBeCloseTo(200, 6);
    expect(east.n).toBeCloseTo(0, 6);
    const side = planeAt(centre).toVector(ring[1] as LngLat);
    expect(Math.abs(side.n)).toBeCloseTo(50, 6);
  });
});

describe("border", () => {
  it("is cut into parts by shares of its length", () => {
    const middle = partOf(border.line, 0.25, 0.75);
    expect(middle.map(([, lat]) => Number(lat.toFixed(3)))).toEqual([34.15, 34.1, 34.05]);
    expect(partOf(border.line, 0, 1)).toEqual(border.line);
    expect(partOf(border.line, 0.5, 0.5)).toEqual([]);
  });

  it("finds the nearest point, how far along it is and on which side one stands", () => {
    const foot = footOn(border.line, ahead([41, 34.1], 90, 300));
    expect(foot?.left_m).toBeCloseTo(300, 0);
    expect(foot?.along_m).toBeCloseTo(11_132, 0);
    expect(foot?.bearing_deg).toBeCloseTo(180, 6);
  });

  it("is measured from its end beyond its end", () => {
    expect(footOn(border.line, [41, 34.3])?.along_m).toBe(0);
  });

  it("has no nearest point when it has fewer than two", () => {
    expect(footOn([[41, 34]], [41, 34])).toBeNull();
  });

  it("points toward home across the line", () => {
    expect(towardHome_deg(180, "left")).toBe(90);
    expect(towardHome_deg(180, "right")).toBe(270);
  });
});

describe("course", () => {
  const far = track({ at: ahead([41, 34.1], 270, 2000), offset_m: -2000 });
  it.each([
    ["toward home, going east", far, "toward_home"],
    ["away, going west", { ...far, heading_deg: 270 }, "away"],
    ["along, going south", { ...far, heading_deg: 180 }, "along"],
    ["along, standing still", { ...far, speed_mps: 0.1 }, "along"],
    ["near the line, whatever its heading", { ...far, offset_m: -80 }, "near_line"],
  ] as const)("is %s", (_, mover, course) => {
    expect(courseOf(mover, border, "left")).toBe(course);
  });

  it("claims no direction while the home side is unknown", () => {
    expect(courseOf(far, border, null)).toBe("along");
  });
});

describe("rings", () => {
  const square = (west: number, south: number, side: number): LngLat[] => [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
  ];

  it("apart are polygons each", () => {
    expect(polygonsOf([square(0, 0, 1), square(5, 5, 1)])).toHaveLength(2);
  });

  it("within another are its holes, whatever the order, and closed", () => {
    const [polygon, ...others] = polygonsOf([square(2, 2, 1), square(0, 0, 10)]);
    expect(others).toHaveLength(0);
    expect(polygon?.map((ring) => ring.length)).toEqual([5, 5]);
    expect(polygon?.[0]?.[1]).toEqual([10, 0]);
  });

  it("within a hole are islands", () => {
    const rings = [square(0, 0, 10), square(1, 1, 8), square(2, 2, 2)];
    expect(polygonsOf(rings).map((polygon) => polygon.length)).toEqual([2, 1]);
  });

  it("of fewer than three points are left out", () => {
    expect(polygonsOf([[[0, 0]]])).toEqual([]);
  });
});
