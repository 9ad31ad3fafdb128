// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { ByField, Problem, useActing } from "../acting/acting";
import { sayOfTrack } from "../feed/api";
import { selectedTrackStore } from "../selection";
import type { WordRequest } from "../wire.gen";
import { text } from "../wording/strings";

/** What the person may say of a track; it holds whatever the program comes to believe. */
export function TrackActions({ id }: { id: number }) {
  const [other, setOther] = useState("");
  const acting = useActing();
  const ids = { label: useId(), other: useId() };
  const words = text.tracks.words;

  const say = (word: string, more: Partial<WordRequest> = {}) =>
    acting.send(null, async (by) => {
      await sayOfTrack(id, word, { by, other: 0, label: "", ...more });
      if (word === "drop") selectedTrackStore.set(null);
      setOther("");
    });

  return (
    <form className="actions" onSubmit={(event) => event.preventDefault()}>
      <div className="fields">
        <ByField {...acting} />
        <label htmlFor={ids.label}>{words.label}</label>
        <select
          id={ids.label}
          name="label"
          value=""
          disabled={acting.sending}
          onChange={(event) => void say("label", { label: event.target.value })}
        >
          <option value="">{words.choose}</option>
          {Object.entries(text.movers).map(([mover, name]) => (
            <option key={mover} value={mover}>
              {mover === "unknown" ? words.noLabel : name}
            </option>
          ))}
        </select>
        <label htmlFor={ids.other}>{words.other}</label>
        <input
          id={ids.other}
          name="other"
          inputMode="numeric"
          value={other}
          placeholder={words.otherHint}
          onChange={(event) => setOther(event.target.value.replace(/\D/g, ""))}
        />
      </div>
      <Problem {...acting} />
      <div className="buttons">
        <button
          type="button"
          disabled={acting.sending || other === ""}
          onClick={() => void say("merge", { other: Number(other) })}
        >
          {words.merge}
        </button>
        <button type="button" disabled={acting.sending} onClick={() => void say("split")}>
          {words.split}
        </button>
        <button type="button" disabled={acting.sending} onClick={() => void say("drop")}>
          {words.drop}
        </button>
      </div>
    </form>
  );
}
