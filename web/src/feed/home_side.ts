// SPDX-License-Identifier: Apache-2.0
import { type HomeSide, homeSideFrom } from "../geometry/border";
import { createStore } from "./store";
import { siteStore, tracksStore } from "./stores";

/** Known from the first track seen clear of the line: its offset's sign says which side home is. */
export const homeSideStore = createStore<HomeSide | null>(null);

export function watchHomeSide(): void {
  siteStore.subscribe(() => homeSideStore.set(null));
  tracksStore.subscribe(() => {
    const border = siteStore.get()?.border;
    if (!border || homeSideStore.get()) return;
    for (const track of tracksStore.get()?.tracks ?? []) {
      const side = homeSideFrom(border, track);
      if (side) return homeSideStore.set(side);
    }
  });
}
