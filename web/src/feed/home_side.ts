// SPDX-License-Identifier: Apache-2.0
import type { HomeSide } from "../geometry/border";
import { createStore } from "./store";
import { siteStore } from "./stores";

/** As the site says; none while there is no site. */
export const homeSideStore = createStore<HomeSide | null>(null);

export function watchHomeSide(): void {
  siteStore.subscribe(() => {
    const border = siteStore.get()?.border;
    homeSideStore.set(border ? (border.home_is_left ? "left" : "right") : null);
  });
}
