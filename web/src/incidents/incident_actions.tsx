// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { ByField, Problem, useActing } from "../acting/acting";
import { acknowledge, addNote, arrive, resolve, task } from "../feed/api";
import { merge } from "../feed/incident_log";
import { incidentsStore } from "../feed/stores";
import type { IncidentView } from "../wire.gen";
import { text } from "../wording/strings";
import { Care, careToSend, noCare } from "./care";
import { Tasking } from "./tasking";

/** What the person may do next: acknowledge what is open, send somebody, resolve, write. */
export function IncidentActions({ incident }: { incident: IncidentView }) {
  const [note, setNote] = useState("");
  const [outcome, setOutcome] = useState("");
  const [care, setCare] = useState(noCare);
  const acting = useActing();
  const ids = { note: useId() };

  const { sending } = acting;
  const send = (missing: string | null, request: () => Promise<IncidentView>) =>
    acting.send(missing, async () => {
      const renewed = await request();
      incidentsStore.set(merge(incidentsStore.get(), [renewed]));
      setNote("");
    });

  const written = { by: acting.by.trim(), text: note.trim() };
  const { id, state } = incident;
  const taken = state === "acknowledged" || state === "tasked";
  return (
    <form className="actions" onSubmit={(event) => event.preventDefault()}>
      <div className="fields">
        <ByField {...acting} />
        <label htmlFor={ids.note}>{text.incidents.textLabel}</label>
        <textarea
          id={ids.note}
          name="note"
          rows={2}
          value={note}
          maxLength={2000}
          placeholder={text.incidents.textHint}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      {taken && (
        <Tasking
          id={id}
          sending={sending}
          complain={acting.setProblem}
          send={(to) => void send(null, () => task(id, { to, ...written }))}
        />
      )}
      {taken && <Outcomes chosen={outcome} choose={setOutcome} />}
      {taken && <Care care={care} change={setCare} />}
      <Problem {...acting} />
      <div className="buttons">
        {state === "open" && (
          <button
            type="button"
            className="primary"
            disabled={sending}
            onClick={() => void send(null, () => acknowledge(id, written))}
          >
            {sending ? text.incidents.sending : text.incidents.acknowledge}
          </button>
        )}
        {state === "tasked" && incident.reached.arrived === null && (
          <button
            type="button"
            disabled={sending}
            onClick={() => void send(null, () => arrive(id, written))}
          >
            {text.incidents.arrived}
          </button>
        )}
        {taken && (
          <button
            type="button"
            className="primary"
            disabled={sending}
            onClick={() =>
              void send(outcome ? null : text.incidents.needOutcome, () =>
                resolve(id, { outcome, ...careToSend(care), ...written }),
              )
            }
          >
            {sending ? text.incidents.sending : text.incidents.resolve}
          </button>
        )}
        <button
          type="button"
          disabled={sending}
          onClick={() =>
            void send(written.text ? null : text.incidents.needText, () => addNote(id, written))
          }
        >
          {text.incidents.addNote}
        </button>
      </div>
    </form>
  );
}

function Outcomes({ chosen, choose }: { chosen: string; choose: (outcome: string) => void }) {
  const group = useId();
  return (
    <fieldset className="outcomes">
      <legend>{text.incidents.outcomeLabel}</legend>
      {Object.entries(text.incidents.outcomes).map(([outcome, name]) => (
        <label key={outcome} data-chosen={outcome === chosen}>
          <input
            type="radio"
            name={group}
            value={outcome}
            checked={outcome === chosen}
            onChange={() => choose(outcome)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
