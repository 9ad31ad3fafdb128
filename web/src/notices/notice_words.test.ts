// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { DisclosureView, NoticeStateView, PartnerView } from "../wire.gen";
import { isShown, receivedAt, standing, wayWords } from "./notice_words";

function notice(part: Partial<NoticeStateView> = {}): NoticeStateView {
  return {
    id: 1,
    partner: "north",
    number: 1,
    incident: 1,
    queued: "2026-11-22T03:00:00.000Z",
    not_before: "2026-11-22T03:10:00.000Z",
    simulated: false,
    by_hand: false,
    hops: ["cell", "north"],
    why_headquarters: "",
    state: "sent",
    told: [],
    steps: [],
    ...part,
  };
}

function disclosure(part: Partial<DisclosureView> = {}): DisclosureView {
  return {
    partner: "north",
    told: [],
    withheld: null,
    persons: 2,
    released_by: [],
    not_before: "",
    reveals: [],
    warnings: [],
    ...part,
  };
}

describe("notices in words", () => {
  it("know which hop has it since when", () => {
    const time = "2026-11-22T03:11:00.000Z";
    const sent = notice({
      steps: [
        { time, step: "sending", hop: "cell", detail: "" },
        { time, step: "receipt", hop: "cell", detail: "" },
      ],
    });
    expect(receivedAt(sent, "cell")).toBe(time);
    expect(receivedAt(sent, "north")).toBeNull();
  });

  it("show what is not received until nothing can be done about it", () => {
    const open = ["waiting", "sent", "escalated"];
    for (const state of [...open, "received", "withdrawn"]) {
      expect(isShown(notice({ state }), "open")).toBe(open.includes(state));
      expect(isShown(notice({ state }), "all")).toBe(true);
      expect(isShown(notice({ state }), "escalated")).toBe(state === "escalated");
    }
  });

  it("say by which way a partner is told", () => {
    const partner: PartnerView = {
      id: "north",
      name: "North",
      language: "ckb",
      route: "relayed",
      hops: ["cell", "north"],
      why_headquarters: "",
      by_hand: false,
    };
    expect(wayWords(partner)).toBe("relayed: cell → north");
    expect(wayWords({ ...partner, why_headquarters: "nobody answers now" })).toBe(
      "to the headquarters: nobody answers now",
    );
  });

  it("say how it stands with telling a partner", () => {
    expect(standing(undefined)).toBe("asking…");
    expect(standing(new Error("no partner"))).toBe("Not told: no partner");
    expect(standing(disclosure({ withheld: "own forces" }))).toBe("Not told: own forces");
    expect(standing(disclosure({ released_by: ["a"] }))).toBe("released by a");
    expect(standing(disclosure())).toBe("may be told");
  });
});
