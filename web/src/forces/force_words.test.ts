// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { ForceView } from "../wire.gen";
import { ageOf, heardWords, isOld, kindOf, placeOf, placeText, sorted } from "./force_words";

function force(name: string, part: Partial<ForceView> = {}): ForceView {
  return {
    name,
    allegiance: "own",
    role: "patrol",
    at: [41, 34],
    uncertainty_m: 50,
    heard: "2026-11-22T03:00:00.000Z",
    age_s: 0,
    source: "",
    ...part,
  };
}

const told_ms = 1_000_000;

describe("forces", () => {
  it("grow older while nothing new is told", () => {
    expect(ageOf(force("a", { age_s: 12 * 60 }), told_ms, told_ms)).toBe(720);
    expect(ageOf(force("a", { age_s: 12 * 60 }), told_ms, told_ms + 60_000)).toBe(780);
  });

  it("are no younger for a clock that was put back", () => {
    expect(ageOf(force("a", { age_s: 30 }), told_ms, told_ms - 60_000)).toBe(30);
  });

  it("say whose they are and how long ago they were heard of", () => {
    expect(kindOf(force("a", { allegiance: "irregular", role: "post" }))).toBe("irregular post");
    expect(heardWords(12 * 60)).toBe("last heard 12 min ago");
  });

  it("are old when a patrol has gone on, and a post has long been silent", () => {
    expect(isOld("patrol", 14 * 60)).toBe(false);
    expect(isOld("patrol", 16 * 60)).toBe(true);
    expect(isOld("post", 16 * 60)).toBe(false);
    expect(isOld("post", 25 * 3600)).toBe(true);
  });

  it("are never counted with when their role is unknown", () => {
    expect(isOld("balloon", 1)).toBe(true);
  });

  it("stand by name, the old ones last", () => {
    const list = [force("c"), force("a", { age_s: 3600 }), force("b", { age_s: 800 })];
    const names = (now_ms: number) => sorted({ told_ms, list }, now_ms).map(({ name }) => name);
    expect(names(told_ms)).toEqual(["b", "c", "a"]);
    expect(names(told_ms + 200_000)).toEqual(["c", "a", "b"]);
  });

  it("are where somebody says in degrees north and east", () => {
    expect(placeOf(" 34.415, 40.932 ")).toEqual([40.932, 34.415]);
    expect(placeOf("-34.5 -40")).toEqual([-40, -34.5]);
    expect(placeOf(placeText([40.93212, 34.41534]))).toEqual([40.93212, 34.41534]);
    for (const none of ["", "34.4", "34.4 40.9 12", "95 40", "34 181", "here there", "34.4,"]) {
      expect(placeOf(none), none).toBeNull();
    }
  });
});
