// SPDX-License-Identifier: Apache-2.0
import type { IncidentView } from "../wire.gen";
import { dated, percent } from "../wording/format";
import { text } from "../wording/strings";
import { IncidentActions } from "./incident_actions";

export function IncidentDetails({ incident }: { incident: IncidentView }) {
  return (
    <div className="details">
      <h3>{text.incidents.because}</h3>
      <p>{incident.because}</p>
      <p className="dim">
        {text.incidents.incident(incident.id)} ·{" "}
        {text.incidents.certainty(percent(incident.probability))} ·{" "}
        {text.incidents.seenBy(incident.sensors.join(", "))} ·{" "}
        {text.incidents.trackIds(incident.tracks.map((id) => `#${id}`).join(", "))}
      </p>
      <h3>{text.incidents.notes}</h3>
      {incident.notes.length === 0 ? (
        <p className="dim">{text.incidents.noNotes}</p>
      ) : (
        <ol className="notes">
          {incident.notes.map((note) => (
            <li key={`${note.time} ${note.by} ${note.text}`}>
              <span className="dim">
                {dated(note.time, Date.parse(incident.time))} · {note.by}
              </span>
              <span>{note.text}</span>
            </li>
          ))}
        </ol>
      )}
      <IncidentActions incident={incident} />
    </div>
  );
}
