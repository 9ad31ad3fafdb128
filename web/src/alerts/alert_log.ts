// SPDX-License-Identifier: Apache-2.0
import type { AlertView } from "../wire.gen";

/** For so long an alert stays on the map where nobody takes it back. */
const onMap_ms = 24 * 3600 * 1000;

/** Whether somebody has to read it: neither a receipt of ours nor meant for programs. */
export function isForPeople(alert: AlertView): boolean {
  return alert.type !== "Ack" && !["Test", "System", "Draft"].includes(alert.status);
}

/** Whether it came after what was seen last. */
export function isNew(alert: AlertView, seen_ms: number): boolean {
  return isForPeople(alert) && Date.parse(alert.received) > seen_ms;
}

/** When the newest came; `seen_ms` where none came since. */
export function newestOf(alerts: readonly AlertView[], seen_ms: number): number {
  return Math.max(seen_ms, ...alerts.map((alert) => Date.parse(alert.received)));
}

export type Fate = "Update" | "Cancel";

/** Alerts that a later one of the same partner updates or takes back, and which of both. */
export function fates(alerts: readonly AlertView[]): Map<number, Fate> {
  const name = (partner: string, sender: string, identifier: string) =>
    JSON.stringify([partner, sender, identifier]);
  const told = new Map<string, Fate>();
  for (const { partner, type, references } of alerts) {
    if (type !== "Update" && type !== "Cancel") continue;
    for (const reference of references.split(/\s+/)) {
      const [sender = "", identifier = ""] = reference.split(",");
      const of = name(partner, sender, identifier);
      // What was taken back stays so, whichever of the two came first.
      if (told.get(of) !== "Cancel") told.set(of, type);
    }
  }
  const found = new Map<number, Fate>();
  for (const { id, partner, sender, identifier } of alerts) {
    const fate = told.get(name(partner, sender, identifier));
    if (fate) found.set(id, fate);
  }
  return found;
}

/** Those that hold now, and have a place. */
export function onMap(alerts: readonly AlertView[], now_ms: number): AlertView[] {
  const fate = fates(alerts);
  return alerts.filter(
    (alert) =>
      alert.at !== null &&
      (alert.type === "Alert" || alert.type === "Update") &&
      isForPeople(alert) &&
      !fate.has(alert.id) &&
      now_ms - Date.parse(alert.received) < onMap_ms,
  );
}
