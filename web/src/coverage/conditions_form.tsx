// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { tellAir, tellBalloon } from "../feed/api";
import { useStore } from "../feed/store";
import { ledgerStore } from "../feed/stores";
import type { AirView, BalloonView } from "../wire.gen";
import { byKey } from "../wording/by";
import { dated, fixed } from "../wording/format";
import { text } from "../wording/strings";

/** What no camera tells and the ledger must be told: how the air is, which balloon is up. */
export function ConditionsForm() {
  const ledger = useStore(ledgerStore);
  const [by, setBy] = useState(() => localStorage.getItem(byKey) ?? "");
  const [note, setNote] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ids = { by: useId(), note: useId(), air: useId() };
  const words = text.coverage.conditions;
  if (!ledger) return null;

  const tell = async (request: (signed: { by: string; text: string }) => Promise<unknown>) => {
    setProblem(by.trim() === "" ? text.incidents.needBy : null);
    if (by.trim() === "") return;
    localStorage.setItem(byKey, by.trim());
    setSending(true);
    try {
      await request({ by: by.trim(), text: note.trim() });
      setNote("");
    } catch (error) {
      setProblem(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    } finally {
      setSending(false);
    }
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
        <label htmlFor={ids.by}>{text.incidents.byLabel}</label>
        <input
          id={ids.by}
          name="by"
          value={by}
          maxLength={80}
          placeholder={text.incidents.byHint}
          onChange={(event) => setBy(event.target.value)}
        />
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
          disabled={sending}
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
            disabled={sending}
            onClick={() =>
              void tell((signed) => tellBalloon(balloon.id, { ...signed, up: !balloon.up }))
            }
          >
            {balloon.up ? words.isDown : words.isUp}
          </button>
        </p>
      ))}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}

function saidBy({ by, since }: Pick<AirView | BalloonView, "by" | "since">): string {
  if (since === null) return "";
  return text.coverage.conditions.said(by, dated(since, Date.now()));
}
