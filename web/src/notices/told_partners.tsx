// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../feed/store";
import { show } from "../screens";
import type { IncidentView } from "../wire.gen";
import { dated } from "../wording/format";
import { word } from "../wording/strings";
import { tell, notices as words } from "../wording/telling";
import { noticesStore, tellingStore } from "./notice_stores";

/** In an incident's details: who was told of it, and the way to tell more. */
export function ToldPartners({ incident }: { incident: IncidentView }) {
  const all = useStore(noticesStore) ?? [];
  const own = all.filter((notice) => notice.incident === incident.id);
  return (
    <>
      <h3>{words.of}</h3>
      {own.length > 0 && (
        <ol className="notes">
          {own.map((notice) => (
            <li key={notice.id}>
              <button type="button" className="as-link" onClick={() => show("notices")}>
                {words.notice(notice.partner, notice.number)}
              </button>
              <span className="dim">
                {word(words.states, notice.state)} · {dated(notice.queued, Date.now())}
              </span>
            </li>
          ))}
        </ol>
      )}
      <div className="buttons">
        <button
          type="button"
          onClick={() => tellingStore.set({ incident: incident.id, partner: null })}
        >
          {tell.open}
        </button>
      </div>
    </>
  );
}
