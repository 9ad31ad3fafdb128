// SPDX-License-Identifier: Apache-2.0
import { ToldPartners } from "../notices/told_partners";
import { useMay } from "../session/session";
import type { IncidentView } from "../wire.gen";
import { dated, percent } from "../wording/format";
import { text, word } from "../wording/strings";
import { IncidentActions } from "./incident_actions";

export function IncidentDetails({ incident }: { incident: IncidentView }) {
  const acts = useMay("act");
  const seesNotices = useMay("see_notices");
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
      {incident.tasked_to && (
        <p>
          {text.incidents.sentTo(incident.tasked_to)}
          {incident.reached.arrived !== null &&
            text.incidents.thereAt(dated(incident.reached.arrived, Date.parse(incident.time)))}
        </p>
      )}
      {incident.history.length > 1 && (
        <>
          <h3>{text.incidents.history}</h3>
          <ol className="notes">
            {incident.history.map((stage) => (
              <li key={`${stage.time} ${stage.kind}`}>
                <span className="dim">{dated(stage.time, Date.parse(incident.time))}</span>
                <span>{word(text.incidents.kinds, stage.kind)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
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
      {seesNotices && <ToldPartners incident={incident} />}
      {acts && <IncidentActions incident={incident} />}
    </div>
  );
}
