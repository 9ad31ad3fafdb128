// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { sayOfTrack } from "../feed/api";
import { selectedTrackStore } from "../selection";
import type { WordRequest } from "../wire.gen";
import { byKey } from "../wording/by";
import { text } from "../wording/strings";

/** What the person may say of a track; it holds whatever the program comes to believe. */
export function TrackActions({ id }: { id: number }) {
  const [by, setBy] = useState(() => localStorage.getItem(byKey) ?? "");
  const [other, setOther] = useState("");
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ids = { by: useId(), label: useId(), other: useId() };
  const words = text.tracks.words;

  const say = async (word: string, more: Partial<WordRequest> = {}) => {
    setProblem(by.trim() === "" ? text.incidents.needBy : null);
    if (by.trim() === "") return;
    localStorage.setItem(byKey, by.trim());
    setSending(true);
    try {
      await sayOfTrack(id, word, { by: by.trim(), other: 0, label: "", ...more });
      if (word === "drop") selectedTrackStore.set(null);
      setOther("");
    } catch (error) {
      setProblem(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    } finally {
      setSending(false);
    }
  };

  return (
    <form className="actions" onSubmit={(event) => event.preventDefault()}>
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
        <label htmlFor={ids.label}>{words.label}</label>
        <select
          id={ids.label}
          name="label"
          value=""
          disabled={sending}
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
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="buttons">
        <button
          type="button"
          disabled={sending || other === ""}
          onClick={() => void say("merge", { other: Number(other) })}
        >
          {words.merge}
        </button>
        <button type="button" disabled={sending} onClick={() => void say("split")}>
          {words.split}
        </button>
        <button type="button" disabled={sending} onClick={() => void say("drop")}>
          {words.drop}
        </button>
      </div>
    </form>
  );
}
