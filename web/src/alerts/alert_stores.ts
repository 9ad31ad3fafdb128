// SPDX-License-Identifier: Apache-2.0
import { fetchAlerts } from "../feed/exchange_api";
import { createPolled } from "../feed/polled";
import { createStore } from "../feed/store";
import { meStore } from "../session/session";
import { newestOf } from "./alert_log";

/** Newest first. */
export const alertsStore = createPolled(fetchAlerts, 5_000);

// Each person reads for themselves.
const seenKey = () => `marsad.alertsSeen.${meStore.get()?.name ?? ""}`;

/** When the newest alert came that was marked as seen on this screen, in Unix milliseconds. */
export const seenStore = createStore(0);

export function rememberSeen(): void {
  meStore.subscribe(() => seenStore.set(Number(localStorage.getItem(seenKey()) ?? 0)));
}

export function markSeen(): void {
  seenStore.set(newestOf(alertsStore.get() ?? [], seenStore.get()));
  localStorage.setItem(seenKey(), String(seenStore.get()));
}
