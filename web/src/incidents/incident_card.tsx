// SPDX-License-Identifier: Apache-2.0
import { memo } from "react";
import { clockStore } from "../feed/feed_clock";
import { useStore } from "../feed/store";
import { selectedIncidentStore } from "../selection";
import { useInView } from "../side/use_in_view";
import type { IncidentView } from "../wire.gen";
import { ago, compass, dated, kilometre, moverWords, speed } from "../wording/format";
import { text } from "../wording/strings";
import { Cutout } from "./cutout";
import { IncidentDetails } from "./incident_details";
import { stateOf, titleOf } from "./words";

function When({ time }: { time: string }) {
  const now_ms = useStore(clockStore);
  const since = ago(time, now_ms);
  return (
    <time dateTime={time}>
      {dated(time, now_ms)} {text.time.utc}
      {since && <span className="ago"> · {since}</span>}
    </time>
  );
}

interface CardProperties {
  incident: IncidentView;
  selected: boolean;
}

export const IncidentCard = memo(function IncidentCard({ incident, selected }: CardProperties) {
  const item = useInView(selected);

  return (
    <li
      ref={item}
      className="card"
      data-state={incident.state}
      data-direction={incident.direction}
      data-selected={selected}
      data-incident={incident.id}
    >
      <button
        type="button"
        className="card-head"
        aria-expanded={selected}
        onClick={() => selectedIncidentStore.set(selected ? null : incident.id)}
      >
        <Cutout incident={incident} />
        <span className="card-words">
          <span className="card-title">
            <strong>{titleOf(incident)}</strong>
            {incident.state === "open" && incident.reminders > 0 && (
              <span className="tag">{text.incidents.overdue(incident.reminders)}</span>
            )}
            {incident.simulated && <span className="tag tag-simulated">{text.simulatedTag}</span>}
          </span>
          <span className="card-place">
            {text.map.km(kilometre(incident.km))}
            <span className="tag" data-state={incident.state}>
              {stateOf(incident)}
            </span>
          </span>
          <span>
            {moverWords(incident.mover, incident.mover_probability)} ·{" "}
            {text.incidents.heading(speed(incident.speed_mps), compass(incident.heading_deg))}
          </span>
          <span className="dim">
            <When time={incident.time} />
          </span>
        </span>
      </button>
      {selected && <IncidentDetails incident={incident} />}
    </li>
  );
});
