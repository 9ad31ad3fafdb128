// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { BorderView, TrackView } from "../../wire.gen";
import { courseColour } from "../palette";
import { groupMark } from "./group_marks";
import { boxesOverlap, nearest, placeLabels } from "./labels";
import { pathMark } from "./path_mark";
import { overlap, trackMark } from "./track_marks";

const border: BorderView = {
  length_km: 22.2,
  line: [
    [41, 34.2],
    [41, 34],
  ],
  posts: [],
  home_is_left: true,
};
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
  tail: [[40.98, 34.1]],
};

describe("a track's mark", () => {
  const mark = trackMark(track, border, "left");

  it("names the track and carries its colour, past and next half minute", () => {
    expect(mark.name).toBe("#12 person 1.4 m/s");
    expect(mark.colour).toBe(courseColour.toward_home);
    expect(mark.tail).toEqual([
      [40.98, 34.1],
      [40.99, 34.1],
    ]);
    expect((mark.leader[1]?.[0] ?? 0) - 40.99).toBeCloseTo((1.42 * 30) / 92_200, 5);
  });

  it("is in view while any of it is, be it the end of its tail", () => {
    const south = 34.09;
    const north = 34.11;
    expect(overlap(mark.bounds, { west: 40.97, south, east: 40.985, north })).toBe(true);
    expect(overlap(mark.bounds, { west: 41.1, south, east: 41.2, north })).toBe(false);
  });
});

describe("a group's mark", () => {
  const group = {
    id: 3,
    tracks: [12, 14],
    hidden: 0,
    at: [40.99, 34.1] as [number, number],
    ellipse: { major_m: 20, minor_m: 0, azimuth_deg: 90 },
    speed_mps: 1.3,
    heading_deg: 90,
  };

  it("is one outline around its members, also where they stand in a line", () => {
    const { bounds } = groupMark(group);
    expect((bounds.east - bounds.west) * 92_200).toBeCloseTo(70, 0);
    expect((bounds.north - bounds.south) * 111_320).toBeCloseTo(30, 0);
  });

  it("says how many they are, at its northern end", () => {
    expect(groupMark(group).name).toBe("2 together");
    expect(groupMark({ ...group, hidden: 3 }).name).toBe("5 together, 3 out of sight");
    expect(groupMark(group).top[1]).toBe(groupMark(group).bounds.north);
  });
});

describe("a predicted path's mark", () => {
  const path = Array.from({ length: 61 }, (_, i) => ({
    time: "",
    at: [40.99 + i * 1e-4, 34.1] as [number, number],
    ellipse: { major_m: 10 + i, minor_m: 10 + i, azimuth_deg: 0 },
  }));

  it("has the way and, every two minutes, its spread", () => {
    const mark = pathMark({ track: 12, path, arrival: null, next_sight: null });
    expect(mark.path).toHaveLength(61);
    expect(mark.rings).toHaveLength(5);
    expect(mark.bounds.east).toBeGreaterThan(40.996);
  });

  it("is nothing where the path is told no further", () => {
    const mark = pathMark({ track: 12, path: [], arrival: null, next_sight: null });
    expect(mark.path).toEqual([]);
    expect(overlap(mark.bounds, { west: 40, south: 34, east: 42, north: 35 })).toBe(false);
  });
});

describe("names", () => {
  it("stand to the right of what they name, else where there is room", () => {
    const crowd = [
      { at: { x: 100, y: 100 }, width: 80 },
      { at: { x: 130, y: 100 }, width: 80 },
    ];
    const [first, second] = placeLabels(crowd, 16);
    expect(first?.x).toBeLessThan(20); // its right is taken by the other's symbol
    expect(second?.x).toBe(146);
  });

  it("never cover each other: the first ones are kept, the last ones left out", () => {
    const crowd = Array.from({ length: 12 }, () => ({ at: { x: 100, y: 100 }, width: 90 }));
    const boxes = placeLabels(crowd, 16);
    const kept = boxes.filter((box) => box !== null);
    expect(boxes.indexOf(null)).toBe(kept.length);
    expect(kept).toHaveLength(4);
    for (const a of kept) {
      for (const b of kept) expect(a === b || !boxesOverlap(a, b)).toBe(true);
    }
  });
});

describe("pointing at a track", () => {
  const places = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
  ];

  it("means the nearest one within reach", () => {
    expect(nearest(places, { x: 7, y: 2 }, 14)).toBe(1);
    expect(nearest(places, { x: -13, y: 0 }, 14)).toBe(0);
  });

  it("means none where none is near", () => {
    expect(nearest(places, { x: 30, y: 0 }, 14)).toBeNull();
    expect(nearest([], { x: 0, y: 0 }, 14)).toBeNull();
  });
});
