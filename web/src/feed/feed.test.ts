// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it, vi } from "vitest";
import type { IncidentView } from "../wire.gen";
import { createBackoff, sleep } from "./backoff";
import { feedTold, siteNow } from "./feed_clock";
import { countOpen, merge } from "./incident_log";
import { createStore } from "./store";

function incident(id: number, part: Partial<IncidentView> = {}): IncidentView {
  return {
    id,
    kind: "crossing",
    direction: "inbound",
    time: `2026-11-22T03:00:${String(id).padStart(2, "0")}.000Z`,
    told: "2026-11-22T03:00:00.000Z",
    km: 1,
    at: [41, 34],
    probability: 1,
    mover: "person",
    mover_probability: 1,
    speed_mps: 1,
    heading_deg: 0,
    tracks: [],
    sensors: [],
    because: "",
    history: [],
    merged_into: null,
    state: "open",
    tasked_to: "",
    reached: { acknowledged: null, tasked: null, arrived: null, resolved: null },
    reminders: 0,
    outcome: null,
    persons: null,
    referral: "none",
    notes: [],
    has_picture: false,
    simulated: false,
    ...part,
  };
}

describe("incident log", () => {
  it("has the newest first, however they came", () => {
    const log = merge([incident(2)], [incident(1), incident(3)]);
    expect(log.map((i) => i.id)).toEqual([3, 2, 1]);
  });

  it("takes what is later and keeps it when older news comes late", () => {
    const acknowledged = incident(1, { state: "acknowledged" });
    expect(merge([incident(1)], [acknowledged])[0]?.state).toBe("acknowledged");
    expect(merge([acknowledged], [incident(1)])[0]?.state).toBe("acknowledged");
  });

  it("keeps the longer log of two in the same state", () => {
    const note = { time: "", by: "watch 2", text: "seen" };
    const noted = incident(1, { notes: [note] });
    expect(merge([noted], [incident(1)])[0]?.notes).toEqual([note]);
    expect(merge([incident(1)], [noted])[0]?.notes).toEqual([note]);
  });

  it("counts what is open", () => {
    expect(countOpen([incident(1), incident(2, { state: "resolved" })])).toBe(1);
  });
});

describe("back-off", () => {
  it("doubles to its limit and begins again after success", () => {
    const backoff = createBackoff(500, 2000, () => 0.5);
    expect([1, 2, 3, 4].map(() => backoff.next())).toEqual([500, 1000, 2000, 2000]);
    backoff.reset();
    expect(backoff.next()).toBe(500);
  });

  it("spreads many screens by a fifth either way", () => {
    expect(createBackoff(1000, 1000, () => 0).next()).toBe(800);
    expect(createBackoff(1000, 1000, () => 1).next()).toBe(1200);
  });

  it("ends its sleep when told to stop", async () => {
    const stop = new AbortController();
    const slept = sleep(60_000, stop.signal);
    stop.abort();
    await slept;
    await sleep(60_000, stop.signal);
  });
});

describe("site clock", () => {
  it("carries on from the newest time told", () => {
    feedTold("2017-06-01T03:00:00.000Z", 5000);
    expect(siteNow(7000)).toBe(Date.parse("2017-06-01T03:00:02.000Z"));
  });

  it("isn't moved by what is no time", () => {
    feedTold("2017-06-01T03:00:00.000Z", 0);
    feedTold("soon", 9000);
    expect(siteNow(1000)).toBe(Date.parse("2017-06-01T03:00:01.000Z"));
  });
});

describe("store", () => {
  it("tells of changes only, until unsubscribed", () => {
    const store = createStore(1);
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.set(1);
    expect(listener).not.toHaveBeenCalled();
    store.set(2);
    expect(listener).toHaveBeenCalledOnce();
    stop();
    store.set(3);
    expect(listener).toHaveBeenCalledOnce();
  });
});
