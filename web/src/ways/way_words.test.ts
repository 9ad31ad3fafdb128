// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { ChannelView, NoticeStateView } from "../wire.gen";
import { refusedWords, sorted, waitingFor } from "./way_words";

function way(name: string, part: Partial<ChannelView> = {}): ChannelView {
  return {
    name,
    listens: false,
    form: "cot",
    address: "tls://192.0.2.1:8089",
    state: "ok",
    since: "",
    detail: "",
    taken: 0,
    failed: 0,
    downs: 0,
    connections: 0,
    refused: [],
    ...part,
  };
}

function notice(state: string, step?: string, hop = "cell"): NoticeStateView {
  const time = "2026-11-22T03:11:00.000Z";
  return {
    id: 1,
    partner: "north",
    number: 1,
    incident: 1,
    queued: time,
    not_before: time,
    simulated: false,
    by_hand: false,
    hops: ["cell", "north"],
    why_headquarters: "",
    state,
    told: [],
    steps: step ? [{ time, step, hop, detail: "" }] : [],
  };
}

describe("ways", () => {
  it("stand with the dead ones first, then those out, then those in", () => {
    const all = [
      way("patrols", { listens: true }),
      way("b"),
      way("z", { state: "down" }),
      way("a", { state: "idle" }),
    ];
    expect(sorted(all).map(({ name }) => name)).toEqual(["z", "a", "b", "patrols"]);
  });

  it("count what the first hop has not got yet", () => {
    const waits = [notice("waiting"), notice("sent", "failed"), notice("escalated", "sending")];
    const gone = [
      notice("withdrawn"),
      notice("received"),
      notice("sent", "receipt"),
      notice("sent", "handed"),
    ];
    expect(waitingFor("cell", [...waits, ...gone])).toBe(3);
    expect(waitingFor("north", waits)).toBe(0);
  });

  it("say what was refused and why, also where the page has no word for it", () => {
    const refused = [
      { reason: "far_off", count: 3 },
      { reason: "of_tomorrow", count: 1 },
    ];
    expect(refusedWords(way("patrols", { refused }))).toBe("far off 3, of tomorrow 1");
  });
});
