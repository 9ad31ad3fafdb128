// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { SumsView } from "../wire.gen";
import { isFit, isoOf, lastDays } from "./period";
import { blindShare, delayWords, isQuiet, number } from "./sums_words";

const now = Date.parse("2026-11-22T03:12:05.250Z");

describe("the time that is asked for", () => {
  it("is the last day, up to the end of this minute", () => {
    expect(lastDays(1, now, 10)).toEqual({
      from: "2026-11-21 03:13",
      to: "2026-11-22 03:13",
      stretch_km: 10,
    });
  });

  it("is in UTC, wherever the screen stands", () => {
    expect(isoOf("2026-11-22 03:13")).toBe("2026-11-22T03:13:00.000Z");
    expect(isoOf("2026-11-22T03:13")).toBe("2026-11-22T03:13:00.000Z");
  });

  it.each(["", "yesterday", "2026-11-22", "2026-13-22 03:13", "11/22/2026 03:13"])(
    "is none where '%s' is written",
    (time) => {
      expect(isoOf(time)).toBeNull();
      expect(isFit({ from: "2026-01-01 00:00", to: time, stretch_km: 10 })).toBe(false);
    },
  );

  it("has an order, an end, and whole kilometres", () => {
    const day = lastDays(1, now, 10);
    expect(isFit(day)).toBe(true);
    expect(isFit({ ...day, from: day.to })).toBe(false);
    expect(isFit(lastDays(400, now, 10))).toBe(true);
    expect(isFit(lastDays(401, now, 10))).toBe(false);
    for (const stretch_km of [0, 2.5, Number.NaN])
      expect(isFit({ ...day, stretch_km })).toBe(false);
  });
});

describe("sums in words", () => {
  const sums = { watched_hours: 10, blind_km_hours: 20, tally: { incidents: 0 } } as SumsView;

  it("tell half of the times and nine in ten, in units people use", () => {
    expect(delayWords({ count: 2, median_s: 38.4, most_s: 260 })).toBe("38 s / 4 min");
    expect(delayWords({ count: 2, median_s: 7199, most_s: 9000 })).toBe("120 min / 2.5 h");
    expect(delayWords({ count: 0, median_s: 0, most_s: 0 })).toBe("–");
  });

  it("tell the blind part of what was watched, if anything was", () => {
    expect(blindShare(sums, 20)).toBe("10 %");
    expect(blindShare({ ...sums, watched_hours: 0 }, 20)).toBe("–");
  });

  it("are whole where they are whole", () => {
    expect(number(3)).toBe("3");
    expect(number(1 / 3)).toBe("0.3");
  });

  it("leave out stretches of which there is nothing to tell", () => {
    const stretch = { from_km: 0, to_km: 10, sums };
    expect(isQuiet(stretch)).toBe(false);
    expect(isQuiet({ ...stretch, sums: { ...sums, blind_km_hours: 0 } })).toBe(true);
  });
});
