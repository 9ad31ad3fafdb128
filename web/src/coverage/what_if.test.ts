// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it, vi } from "vitest";
import { whatIfAnswerStore } from "../feed/stores";
import { whatIfStore } from "../selection";
import type { CameraView, HeldView, LedgerMessage, WhatIfRequest, WhatIfView } from "../wire.gen";
import { followWhatIf, whatIfProblemStore } from "./follow_what_if";
import { holderColour, holderName, holderSentence } from "./holders";
import { beginning, movedTo, shownOf, whatIfSentence } from "./what_if";

const camera = {
  id: "T3",
  at: [41.2, 34.4],
  height_above_ground_m: 30,
  azimuth_deg: 90,
  elevation_deg: -2,
  horizontal_fov_deg: 12,
} as CameraView;

function answerOf(after: number[]): WhatIfView {
  const before = [{ who: "person", found: [0.9, 0.5, 0.1, 0.1] }];
  return { stretch_km: 0.5, enough: 0.8, before, after: [{ who: "person", found: after }] };
}

describe("a question on paper", () => {
  it("begins with the camera as it stands", () => {
    expect(beginning("drop", camera)).toEqual({ without: "T3", with: null });
    expect(beginning("move", camera)).toMatchObject({
      without: "T3",
      with: { like: "T3", lon_deg: 41.2, lat_deg: 34.4, azimuth_deg: 90, sweep_deg: 0 },
    });
    expect(beginning("add", camera).without).toBe("");
  });

  it("moves the camera on paper alone", () => {
    expect(movedTo(beginning("add", camera), [41, 34]).with).toMatchObject({
      lon_deg: 41,
      lat_deg: 34,
    });
    expect(movedTo(beginning("drop", camera), [41, 34]).with).toBeNull();
  });

  it("is answered by kilometres that are dark then, and by what is found on average", () => {
    expect(whatIfSentence(answerOf([0.9, 0.85, 0.8, 0.1]), "person")).toBe(
      "person: 0.5 km dark instead of 1.5 km; found with 66 % on average instead of 40 %",
    );
  });

  it("is shown instead of what is, once it is answered", () => {
    const ledger = { kinds: [], stretch_km: 0.2, enough: 0.8 } as unknown as LedgerMessage;
    const answer = answerOf([1, 1, 1, 1]);
    expect(shownOf(ledger, null)).toBe(ledger);
    expect(shownOf(ledger, answer)?.kinds).toBe(answer.after);
    expect(shownOf(null, answer)).toBeNull();
  });
});

describe("asking", () => {
  afterEach(() => whatIfStore.set(null));

  it("asks one at a time, and of those that came meanwhile the last", async () => {
    const answers: ((answer: WhatIfView) => void)[] = [];
    const ask = vi.fn(
      (_: WhatIfRequest) => new Promise<WhatIfView>((resolve) => answers.push(resolve)),
    );
    followWhatIf(ask);
    const asked = [1, 2, 3].map((lng) => movedTo(beginning("add", camera), [lng, 34]));
    for (const one of asked) whatIfStore.set(one);
    expect(ask).toHaveBeenCalledTimes(1);
    answers[0]?.(answerOf([1, 1, 1, 1]));
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    expect(ask).toHaveBeenLastCalledWith(asked[2]);
    answers[1]?.(answerOf([0, 0, 0, 0]));
    await vi.waitFor(() => expect(whatIfAnswerStore.get()?.after[0]?.found[0]).toBe(0));
    whatIfStore.set(null);
    expect(whatIfAnswerStore.get()).toBeNull();
  });

  it("says why there is no answer", async () => {
    followWhatIf(() => Promise.reject(new Error("with.at: no height there")));
    whatIfStore.set(beginning("drop", camera));
    await vi.waitFor(() => expect(whatIfProblemStore.get()).toBe("with.at: no height there"));
  });
});

describe("who holds what", () => {
  const piece = (holding: string, holder = ""): HeldView => ({
    side: "far",
    from_km: 1,
    to_km: 2.5,
    holding,
    holder,
  });
  const held = [piece("held", "north"), piece("contested"), piece("held", "south")];

  it("is told by name, or in words", () => {
    expect(held.map(holderName)).toEqual(["north", "contested", "south"]);
    expect(holderSentence(piece("nobody"))).toBe("km 1.0–2.5, far side: nobody");
  });

  it("has a colour for each who holds anything", () => {
    const colours = held.map((one) => holderColour(held, one));
    expect(new Set(colours).size).toBe(3);
    expect(holderColour(held, piece("held", "north"))).toBe(colours[0]);
  });
});
