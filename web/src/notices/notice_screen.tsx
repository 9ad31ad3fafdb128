// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { useStore } from "../feed/store";
import { WayTable } from "../ways/way_table";
import type { OpenReleaseView } from "../wire.gen";
import { notices as words } from "../wording/telling";
import { NoticeCard } from "./notice_card";
import { noticesStore, releasesStore, tellingStore } from "./notice_stores";
import { isShown } from "./notice_words";

const mostListed = 500;

/** All that partners were told and what became of it, and what waits for a second person. */
export function NoticeScreen() {
  const all = useStore(noticesStore);
  const problem = useStore(noticesStore.problem);
  const releases = useStore(releasesStore) ?? [];
  const [filter, setFilter] = useState("all");
  const field = useId();
  const shown = all?.filter((notice) => isShown(notice, filter)) ?? [];
  return (
    <main className="screen notices" aria-label={words.title}>
      <header>
        <h2>{words.title}</h2>
        <label htmlFor={field}>{words.show}</label>
        <select id={field} value={filter} onChange={(event) => setFilter(event.target.value)}>
          {Object.entries(words.filters).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </header>
      {problem && (
        <p className="problem" role="alert">
          {words.unknown}: {problem}
        </p>
      )}
      <WayTable />
      {releases.length > 0 && <Waiting releases={releases} />}
      {all && shown.length === 0 && <p className="empty">{words.none}</p>}
      <ul className="notice-list">
        {shown.map((notice) => (
          <NoticeCard key={notice.id} notice={notice} />
        ))}
      </ul>
      {all && all.length >= mostListed && <p className="dim">{words.newest}</p>}
    </main>
  );
}

function Waiting({ releases }: { releases: OpenReleaseView[] }) {
  return (
    <section className="waiting" aria-label={words.waitsTitle}>
      <h3>{words.waitsTitle}</h3>
      <ul>
        {releases.map(({ incident, partner, persons, released_by }) => (
          <li key={`${incident} ${partner}`}>
            <strong>
              {words.incident(incident)} → {partner}
            </strong>
            <span className="dim">{words.waits(released_by.join(", "), persons)}</span>
            <button type="button" onClick={() => tellingStore.set({ incident, partner })}>
              {words.look}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
