// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, it } from "vitest";
import { allowed } from "../screens";
import { selectedForceStore, selectedIncidentStore } from "../selection";
import { meStore } from "../session/session";
import type { MeView } from "../wire.gen";
import { listsOf, showWhatIsChosen, sideStore } from "./side_store";

const me = (may: string[], part: Partial<MeView> = {}): MeView => ({
  name: "watch2",
  role: "operator",
  partner: "",
  kilometres: "",
  sensors: "",
  may,
  ...part,
});
const operator = ["map", "watch", "watch_all", "act", "see_notices"];
const liaison = ["map", "watch", "see_notices", "release", "receive"];

afterEach(() => meStore.set(null));

describe("the lists beside the map", () => {
  it("are those that the account may see", () => {
    expect(listsOf(me(operator))).toEqual(["incidents", "forces", "alerts"]);
    expect(listsOf(me(liaison))).toEqual(["incidents", "alerts"]);
    expect(listsOf(me(["map", "watch"]))).toEqual(["incidents"]);
    expect(listsOf(null)).toEqual([]);
  });

  it("are without forces where the account is of some kilometres or sensors", () => {
    expect(listsOf(me(operator, { kilometres: "0-40" }))).toEqual(["incidents", "alerts"]);
    expect(listsOf(me(operator, { sensors: "T1" }))).toEqual(["incidents", "alerts"]);
  });

  it("change to the one that has what was chosen", () => {
    showWhatIsChosen();
    selectedForceStore.set("Patrol 4");
    expect(sideStore.get()).toBe("forces");
    selectedIncidentStore.set(7);
    expect(sideStore.get()).toBe("incidents");
    selectedForceStore.set(null);
    expect(sideStore.get()).toBe("incidents");
  });
});

describe("the accounting", () => {
  it("is for those who may see the whole border", () => {
    const shownTo = (who: MeView) => {
      meStore.set(who);
      return allowed("accounting");
    };
    expect(shownTo(me(operator))).toBe(true);
    expect(shownTo(me(operator, { kilometres: "0-40" }))).toBe(false);
    expect(shownTo(me(liaison))).toBe(false);
  });
});
