// SPDX-License-Identifier: Apache-2.0
import type { IncidentView } from "../wire.gen";

const progress: Record<string, number> = {
  open: 0,
  acknowledged: 1,
  tasked: 2,
  resolved: 3,
};

/** Of two views of one incident, the later: lifecycles only go forward and notes only grow. */
export function later(a: IncidentView, b: IncidentView): IncidentView {
  const lead = (progress[b.state] ?? 0) - (progress[a.state] ?? 0);
  if (lead !== 0) return lead > 0 ? b : a;
  return b.notes.length >= a.notes.length ? b : a;
}

function newestFirst(a: IncidentView, b: IncidentView): number {
  return Date.parse(b.time) - Date.parse(a.time) || b.id - a.id;
}

/** Adds or renews incidents, newest first. What came late never undoes what is known. */
export function merge(
  known: readonly IncidentView[],
  arrived: readonly IncidentView[],
): IncidentView[] {
  const byId = new Map(known.map((incident) => [incident.id, incident]));
  for (const incident of arrived) {
    const old = byId.get(incident.id);
    byId.set(incident.id, old ? later(old, incident) : incident);
  }
  return [...byId.values()].sort(newestFirst);
}

/** Those that stand for themselves: one that was merged into another is told by that. */
export function unmerged(incidents: readonly IncidentView[]): IncidentView[] {
  return incidents.filter((incident) => incident.merged_into === null);
}

export function countOpen(incidents: readonly IncidentView[]): number {
  return unmerged(incidents).filter((incident) => incident.state === "open").length;
}
