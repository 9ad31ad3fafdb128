// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { ByField, Problem, useActing } from "../acting/acting";
import { tellAir, tellBalloon } from "../feed/api";
import { useStore } from "../feed/store";
import { ledgerStore } from "../feed/stores";
import type { AirView, BalloonView } from "../wire.gen";
import { dated, fixed } from "../wording/format";
import { text } from "../wording/strings";

/** What no camera tells and the ledger must be told: how the air is, which balloon is up. */
export function ConditionsForm() {
  const ledger = useStore(ledgerStore);
  const [note, setNote] = useState("");
  const acting = useActing();
  const ids = { note: useId(), air: useId() };
  const words = text.coverage.conditions;
  if (!ledger) return null;

  const tell = async (request: (signed: { by: string; text: string }) => Promise<unknown>) => {
    await acting.send(null, async (by) => {
      await request({ by, text: note.trim() });
      setNote("");
    });
  };

  return (
    <form className="actions conditions" onSubmit={(event) => event.preventDefault()}>
      <p>
        {words.air}: <strong>{ledger.air.text}</strong>{" "}
        <span className="dim">
          {words.perKm(fixed(ledger.air.extinction_per_km, 2))} {saidBy(ledger.air)}
        </span>
        {ledger.air.trouble && <span className="problem"> {ledger.air.trouble}</span>}
      </p>
      <div className="fields">
        <ByField {...acting} />
        <label htmlFor={ids.note}>{text.incidents.textLabel}</label>
        <input
          id={ids.note}
          name="note"
          value={note}
          maxLength={200}
          placeholder={words.noteHint}
          onChange={(event) => setNote(event.target.value)}
        />
        <label htmlFor={ids.air}>{words.airIs}</label>
        <select
          id={ids.air}
          name="air"
          value=""
          disabled={acting.sending}
          onChange={(event) => {
            const air = event.target.value;
            void tell((signed) => tellAir({ ...signed, air }));
          }}
        >
          <option value="">{words.choose}</option>
          {Object.entries(words.airs).map(([air, name]) => (
            <option key={air} value={air}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {ledger.balloons.map((balloon) => (
        <p key={balloon.id}>
          {text.coverage.balloon(balloon.id)}: <strong>{balloon.up ? words.up : words.down}</strong>{" "}
          <span className="dim">
            {balloon.text} {saidBy(balloon)}
          </span>{" "}
          <button
            type="button"
            disabled={acting.sending}
            onClick={() =>
              void tell((signed) => tellBalloon(balloon.id, { ...signed, up: !balloon.up }))
            }
          >
            {balloon.up ? words.isDown : words.isUp}
          </button>
        </p>
      ))}
      <Problem {...acting} />
    </form>
  );
}

function saidBy({ by, since }: Pick<AirView | BalloonView, "by" | "since">): string {
  if (since === null) return "";
  return text.coverage.conditions.said(by, dated(since, Date.now()));
}
