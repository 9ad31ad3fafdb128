// SPDX-License-Identifier: Apache-2.0
import { get, post } from "../feed/api";
import { createStore, useStorePart } from "../feed/store";
import type { MeView } from "../wire.gen";

/** Who looks at the page and what they may do, as the program says; none until it has said. */
export const meStore = createStore<MeView | null>(null);

export const fetchMe = () => get<MeView>("/api/me");
export const logIn = (name: string, password: string) =>
  post<object>("/api/login", { name, password });
export const logOut = () => post<object>("/api/logout", {});
export const changePassword = (old_password: string, password: string) =>
  post<object>("/api/password", { old_password, password });

type Right =
  | "map"
  | "watch"
  | "watch_all"
  | "see_ledger"
  | "plan"
  | "act"
  | "see_notices"
  | "release"
  | "receive"
  | "own_notices"
  | "accounts";

export function may(right: Right): boolean {
  return meStore.get()?.may.includes(right) ?? false;
}

export function useMay(right: Right): boolean {
  return useStorePart(meStore, (me) => me?.may.includes(right) ?? false);
}

/** Of some kilometres or sensors: what would tell of others is withheld by the program. */
export function isLimited(me: MeView | null): boolean {
  return me !== null && (me.kilometres !== "" || me.sensors !== "");
}

/** Whether the person may see what is told of the whole border alone: forces, what was done. */
export function seesAll(me: MeView | null): boolean {
  return (me?.may.includes("watch_all") ?? false) && !isLimited(me);
}

export function useSeesAll(): boolean {
  return useStorePart(meStore, seesAll);
}

/** Whether the person may say something of tracks and the air, which belong to all of the border. */
export function useActsOnAll(): boolean {
  return useStorePart(meStore, (me) => (me?.may.includes("act") ?? false) && !isLimited(me));
}
