// SPDX-License-Identifier: Apache-2.0
import { createStore, type Store } from "../feed/store";
import { selectedAlertStore, selectedForceStore, selectedIncidentStore } from "../selection";
import { seesAll } from "../session/session";
import type { MeView } from "../wire.gen";

export const lists = ["incidents", "forces", "alerts"] as const;
export type List = (typeof lists)[number];

/** Which list stands beside the map. */
export const sideStore = createStore<List>("incidents");

/** The lists that somebody may see. */
export function listsOf(me: MeView | null): List[] {
  return lists.filter((list) => {
    if (list === "forces") return seesAll(me);
    return me?.may.includes(list === "incidents" ? "watch" : "see_notices") ?? false;
  });
}

/** What is chosen, on the map or elsewhere, is shown in its list. */
export function showWhatIsChosen(): void {
  const follow = (chosen: Store<unknown>, list: List) =>
    chosen.subscribe(() => {
      if (chosen.get() !== null) sideStore.set(list);
    });
  follow(selectedIncidentStore, "incidents");
  follow(selectedForceStore, "forces");
  follow(selectedAlertStore, "alerts");
}
