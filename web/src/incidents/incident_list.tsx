// SPDX-License-Identifier: Apache-2.0
import { type KeyboardEvent, useRef } from "react";
import { unmerged } from "../feed/incident_log";
import { useStore } from "../feed/store";
import { incidentsStore } from "../feed/stores";
import { selectedIncidentStore } from "../selection";
import { text } from "../wording/strings";
import { IncidentCard } from "./incident_card";

// Older ones stay in the record; a night's list must stay quick.
const mostShown = 200;

export function IncidentList() {
  const incidents = useStore(incidentsStore);
  const selected = useStore(selectedIncidentStore);
  const list = useRef<HTMLUListElement>(null);

  const moveFocus = (event: KeyboardEvent) => {
    if (event.key === "Escape") selectedIncidentStore.set(null);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !(event.target as HTMLElement).matches(".card-head")) return;
    const heads = [...(list.current?.querySelectorAll<HTMLElement>(".card-head") ?? [])];
    heads[heads.indexOf(event.target as HTMLElement) + step]?.focus();
    event.preventDefault();
  };

  return (
    <section className="side-list incidents" aria-label={text.incidents.title}>
      {incidents.length === 0 && (
        <p className="empty">
          {text.incidents.none}
          <span>{text.incidents.noneHint}</span>
        </p>
      )}
      <ul ref={list} onKeyDown={moveFocus}>
        {unmerged(incidents)
          .slice(0, mostShown)
          .map((incident) => (
            <IncidentCard
              key={incident.id}
              incident={incident}
              selected={incident.id === selected}
            />
          ))}
      </ul>
    </section>
  );
}
