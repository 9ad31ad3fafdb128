// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { DarkStretchView, LedgerMessage } from "../wire.gen";
import { foundColour } from "./colour";
import { darkSentence, newlyDark } from "./dark_words";
import { markEvery, runsOf } from "./runs";

const now = Date.parse("2026-11-22T03:12:05.000Z");

function dark(part: Partial<DarkStretchView> = {}): DarkStretchView {
  return {
    who: "person",
    from_km: 211,
    to_km: 214,
    least_found: 0.1,
    since: "2026-11-22T02:10:00.000Z",
    causes: [{ what: "camera", id: "T7", state: "frozen", since: "", detail: "for 60 s" }],
    ...part,
  };
}

describe("the strip", () => {
  it("joins what looks alike and keeps the edge of the dark", () => {
    const runs = runsOf([0.97, 0.99, 0.81, 0.79, 0.78, 0.1], 0.5, 0.8);
    expect(runs.map((run) => [run.from_km, run.to_km, run.dark])).toEqual([
      [0, 1, false],
      [1, 1.5, false],
      [1.5, 2.5, true],
      [2.5, 3, true],
    ]);
  });

  it("leaves a gap where nothing is told, and joins nothing over it", () => {
    const runs = runsOf([null, 0.9, null, 0.9, 0.9], 1, 0.8);
    expect(runs.map((run) => [run.from_km, run.to_km])).toEqual([
      [1, 2],
      [3, 5],
    ]);
  });

  it("shows what is enough in one colour, and what isn't from red to amber", () => {
    const enough = foundColour({ found: 0.9, dark: false }, 0.8);
    expect(foundColour({ found: 1, dark: false }, 0.8)).toBe(enough);
    expect(foundColour({ found: 0, dark: true }, 0.8)).toBe("rgb(255 90 79)");
    expect(foundColour({ found: 0.8, dark: true }, 0.8)).toBe("rgb(255 182 72)");
  });

  it.each([
    [9, 1],
    [60, 5],
    [605, 50],
  ])("of %d km is marked every %d", (length_km, every) => {
    expect(markEvery(length_km, 24)).toBe(every);
  });
});

describe("what is dark", () => {
  it("is told with its kilometres, since when and for want of whom", () => {
    expect(darkSentence(dark(), now)).toBe("km 211–214 dark since 02:10:00: camera T7 frozen");
    const causes = [
      { what: "balloon", id: "B2", state: "down", since: "", detail: "wind" },
      { what: "air", id: "", state: "worse", since: "", detail: "dust, visibility 2 km" },
    ];
    expect(darkSentence(dark({ to_km: 211.6, causes }), now)).toBe(
      "km 211.0–211.6 dark since 02:10:00: balloon B2 down (wind), air: dust, visibility 2 km",
    );
  });

  it("is told of the chosen kind, the newest first, and not of where nobody ever watches", () => {
    const later = dark({ since: "2026-11-22T03:00:00.000Z" });
    const ledger = {
      dark: [dark(), dark({ since: null, causes: [] }), later, dark({ who: "vehicle" })],
    } as unknown as LedgerMessage;
    expect(newlyDark(ledger, "person")).toEqual([later, dark()]);
    expect(newlyDark(null, "person")).toEqual([]);
  });
});
