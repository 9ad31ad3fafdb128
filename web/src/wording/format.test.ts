// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { ago, clock, compass, dated, distance, fixed, moverWords, percent, until } from "./format";
import { word } from "./strings";

const now = Date.parse("2026-11-22T03:12:05.250Z");

describe("times", () => {
  it.each([
    ["2026-11-22T03:12:05.000Z", "just now"],
    ["2026-11-22T03:11:50.000Z", "15 s ago"],
    ["2026-11-22T03:08:05.000Z", "4 min ago"],
    ["2026-11-22T01:02:05.000Z", "2 h 10 min ago"],
    ["2026-11-20T03:12:05.000Z", "2 days ago"],
  ])("%s is %s", (time, words) => {
    expect(ago(time, now)).toBe(words);
  });

  it("say nothing of a past that isn't one", () => {
    expect(ago("2026-11-22T03:20:00.000Z", now)).toBeNull();
    expect(ago("", now)).toBeNull();
    expect(ago("2026-11-22T03:12:05.000Z", null)).toBeNull();
  });

  it.each([
    ["2026-11-22T03:12:48.000Z", "40 s"],
    ["2026-11-22T03:16:00.000Z", "4 min"],
    ["2026-11-22T03:11:00.000Z", "10 s"],
    ["", "–"],
  ])("until %s it is %s", (time, words) => {
    expect(until(time, now)).toBe(words);
    expect(until(time, null)).toBe("–");
  });

  it("are UTC, with their date only when it isn't today", () => {
    expect(clock("2026-11-22T03:12:05.250123Z")).toBe("03:12:05");
    expect(dated("2026-11-22T03:12:05.250Z", now)).toBe("03:12:05");
    expect(dated("2026-11-21T23:59:59.000Z", now)).toBe("2026-11-21 23:59:59");
    expect(clock("")).toBe("–");
  });
});

describe("numbers", () => {
  it("that are none are a dash", () => {
    expect(fixed(null)).toBe("–");
    expect(fixed(Number.NaN, 1)).toBe("–");
    expect(percent(0.934)).toBe("93 %");
  });

  it.each([
    [0, "N"],
    [350, "N"],
    [44, "NE"],
    [-90, "W"],
    [720 + 180, "S"],
  ])("%d° is %s", (bearing, name) => {
    expect(compass(bearing)).toBe(name);
  });

  it("give distances in the unit people would", () => {
    expect(distance(-312.4)).toBe("312 m");
    expect(distance(12_340)).toBe("12.3 km");
  });
});

describe("words", () => {
  it("say how sure a class is, and nothing of how sure none is", () => {
    expect(moverWords("person", 0.934)).toBe("person 93 %");
    expect(moverWords("unknown", 0.2)).toBe("unknown");
  });

  it("the page doesn't know are shown as they came", () => {
    expect(word({ crossing: "crossing" }, "hand_over")).toBe("hand over");
  });
});
