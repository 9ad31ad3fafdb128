// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { AlertView, LngLat } from "../wire.gen";
import { fates, isNew, newestOf, onMap } from "./alert_log";

const received = "2026-11-22T03:00:00.000Z";
const now_ms = Date.parse(received);
const at: LngLat = [41, 34];

function alert(id: number, part: Partial<AlertView> = {}): AlertView {
  return {
    id,
    received,
    partner: "north",
    by: "north",
    identifier: `n-${id}`,
    sender: "north.example",
    sent: received,
    status: "Actual",
    type: "Alert",
    references: "",
    event: "Movement",
    headline: "",
    description: "",
    area: "",
    at,
    radius_m: 100,
    again: false,
    ...part,
  };
}

const refersTo = (id: number) => `north.example,n-${id},2026-11-22T03:00:00-00:00`;

describe("an alert is new", () => {
  it("until somebody has marked what came up to then as seen", () => {
    const one = alert(1);
    expect(isNew(one, 0)).toBe(true);
    const seen_ms = newestOf([one], 0);
    expect(isNew(one, seen_ms)).toBe(false);
    expect(isNew(alert(2, { received: "2026-11-22T03:00:01.000Z" }), seen_ms)).toBe(true);
  });

  it("not where it is a receipt, or for programs", () => {
    expect(isNew(alert(1, { type: "Ack" }), 0)).toBe(false);
    for (const status of ["Test", "System", "Draft"]) {
      expect(isNew(alert(1, { status }), 0)).toBe(false);
    }
    expect(isNew(alert(1, { status: "Exercise" }), 0)).toBe(true);
    expect(isNew(alert(1, { type: "Cancel" }), 0)).toBe(true);
  });

  it("and what was seen stays seen where none came", () => {
    expect(newestOf([], 5)).toBe(5);
  });
});

describe("what became of an alert", () => {
  it("is what a later one of the same partner says", () => {
    const all = [
      alert(4, { type: "Cancel", references: `${refersTo(2)} ${refersTo(1)}` }),
      alert(3, { type: "Update", references: refersTo(1) }),
      alert(2),
      alert(1),
    ];
    expect(fates(all)).toEqual(
      new Map([
        [2, "Cancel"],
        [1, "Cancel"],
      ]),
    );
    expect(fates(all.slice(1))).toEqual(new Map([[1, "Update"]]));
  });

  it("is nothing that another partner, or an alert of another type, says", () => {
    const cancel = { type: "Cancel", references: refersTo(1) };
    expect(fates([alert(2, { ...cancel, partner: "south" }), alert(1)]).size).toBe(0);
    expect(fates([alert(2, { ...cancel, type: "Ack" }), alert(1)]).size).toBe(0);
  });
});

describe("the map", () => {
  const ids = (all: AlertView[], now = now_ms) => onMap(all, now).map(({ id }) => id);

  it("has alerts with a place that still hold", () => {
    const update = alert(3, { type: "Update", references: refersTo(1) });
    expect(ids([update, alert(2, { at: null }), alert(1)])).toEqual([3]);
  });

  it("has neither what takes back nor receipts", () => {
    const cancel = alert(3, { type: "Cancel", references: refersTo(1) });
    expect(ids([cancel, alert(2, { type: "Ack" }), alert(1)])).toEqual([]);
  });

  it("keeps them for a day", () => {
    expect(ids([alert(1)], now_ms + 23 * 3_600_000)).toEqual([1]);
    expect(ids([alert(1)], now_ms + 25 * 3_600_000)).toEqual([]);
  });
});
