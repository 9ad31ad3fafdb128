// SPDX-License-Identifier: Apache-2.0
import type { IncidentView } from "../wire.gen";
import { text, word } from "../wording/strings";

/** "Inbound crossing". */
export function titleOf(incident: IncidentView): string {
  const kind = word(text.incidents.kinds, incident.kind);
  return incident.direction
    ? `${word(text.incidents.directions, incident.direction)} ${kind}`
    : kind;
}

/** "Resolved · Turned back". */
export function stateOf(incident: IncidentView): string {
  const state = word(text.incidents.states, incident.state);
  return incident.outcome ? `${state} · ${word(text.incidents.outcomes, incident.outcome)}` : state;
}
