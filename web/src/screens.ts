// SPDX-License-Identifier: Apache-2.0
import { createStore } from "./feed/store";
import { may, meStore, seesAll } from "./session/session";

export const screens = ["room", "notices", "accounting", "accounts"] as const;
export type Screen = (typeof screens)[number];

/** What fills the page below its top line. */
export const screenStore = createStore<Screen>("room");

export function allowed(screen: Screen): boolean {
  switch (screen) {
    case "room":
      return may("map");
    case "notices":
      return may("see_notices");
    case "accounting":
      return seesAll(meStore.get());
    case "accounts":
      return may("accounts");
  }
}

/** Follows the address, so that Back works; who may not see the operations begins elsewhere. */
export function watchAddress(): void {
  const take = () => {
    const wanted = screens.find((screen) => `#${screen}` === window.location.hash);
    const first = may("watch") || !may("accounts") ? "room" : "accounts";
    screenStore.set(wanted && allowed(wanted) ? wanted : first);
  };
  window.addEventListener("hashchange", take);
  take();
}

export function show(screen: Screen): void {
  window.location.hash = screen;
}
