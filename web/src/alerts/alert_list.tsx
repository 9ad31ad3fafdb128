// SPDX-License-Identifier: Apache-2.0

import { Problem } from "../acting/acting";
import { homeSideStore } from "../feed/home_side";
import { useStore, useStorePart } from "../feed/store";
import { siteStore } from "../feed/stores";
import { selectedAlertStore } from "../selection";
import { useInView } from "../side/use_in_view";
import { useNow } from "../side/use_now";
import type { AlertView } from "../wire.gen";
import { side, alerts as words } from "../wording/exchange";
import { ago, dated, distance } from "../wording/format";
import { placeWords } from "../wording/place";
import { text } from "../wording/strings";
import { type Fate, fates, isNew } from "./alert_log";
import { alertsStore, markSeen, seenStore } from "./alert_stores";

/** What partners sent: who, when, what and where; what nobody marked as seen stands out. */
export function AlertList() {
  const all = useStore(alertsStore);
  const problem = useStore(alertsStore.problem);
  const seen_ms = useStore(seenStore);
  const selected = useStore(selectedAlertStore);
  const now_ms = useNow(10_000);
  const fate = fates(all ?? []);
  const someNew = all?.some((alert) => isNew(alert, seen_ms)) ?? false;
  return (
    <section className="side-list" aria-label={side.lists.alerts}>
      <Problem problem={problem && words.unknown(problem)} />
      {someNew && (
        <div className="buttons">
          <button type="button" onClick={markSeen}>
            {words.allSeen}
          </button>
        </div>
      )}
      {all?.length === 0 && (
        <p className="empty">
          {words.none}
          <span>{words.noneHint}</span>
        </p>
      )}
      <ul>
        {all?.map((alert) => (
          <AlertCard
            key={alert.id}
            alert={alert}
            now_ms={now_ms}
            fate={fate.get(alert.id)}
            unseen={isNew(alert, seen_ms)}
            selected={alert.id === selected}
          />
        ))}
      </ul>
    </section>
  );
}

interface CardProperties {
  alert: AlertView;
  now_ms: number;
  fate: Fate | undefined;
  unseen: boolean;
  selected: boolean;
}

function AlertCard({ alert, now_ms, fate, unseen, selected }: CardProperties) {
  const item = useInView(selected);
  return (
    <li
      ref={item}
      className="card"
      data-alert={alert.id}
      data-new={unseen}
      data-over={fate !== undefined || alert.type === "Ack"}
      data-selected={selected}
    >
      <button
        type="button"
        className="card-head"
        aria-expanded={selected}
        onClick={() => selectedAlertStore.set(selected ? null : alert.id)}
      >
        <span className="card-words">
          <span className="card-title">
            <strong dir="auto">{alert.headline || alert.event || words.untitled}</strong>
            {unseen && <span className="tag tag-new">{words.isNew}</span>}
          </span>
          <Tags alert={alert} fate={fate} />
          <span>
            {words.from(alert.partner)}
            {alert.by !== alert.partner && `, ${words.enteredBy(alert.by)}`}
          </span>
          <Where alert={alert} />
          <time className="dim" dateTime={alert.received}>
            {dated(alert.received, now_ms)} {text.time.utc} · {ago(alert.received, now_ms)}
          </time>
        </span>
      </button>
      {selected && <Details alert={alert} />}
    </li>
  );
}

function Tags({ alert, fate }: { alert: AlertView; fate: Fate | undefined }) {
  const tags = [
    words.statuses[alert.status],
    words.types[alert.type],
    fate && words.fates[fate],
  ].filter(Boolean);
  if (tags.length === 0) return null;
  return (
    <span className="tags">
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {tag}
        </span>
      ))}
    </span>
  );
}

function Where({ alert }: { alert: AlertView }) {
  const border = useStorePart(siteStore, (site) => site?.border);
  const home = useStore(homeSideStore);
  const { at, radius_m } = alert;
  const place = at && border ? placeWords(border, home, at) : [];
  const around = radius_m !== null && radius_m > 0 ? [words.around(distance(radius_m))] : [];
  const by = [...place, ...(at ? around : [])].join(", ");
  if (!alert.area && !by) return <span>{words.noPlace}</span>;
  return (
    <span>
      <bdi>{alert.area}</bdi>
      {alert.area && by && ", "}
      {by}
    </span>
  );
}

function Details({ alert }: { alert: AlertView }) {
  const { event, headline, description } = alert;
  return (
    <div className="details">
      {event && event !== headline && headline && <p dir="auto">{event}</p>}
      {description && <p dir="auto">{description}</p>}
      <p className="dim">
        {words.sender(alert.sender)} · {alert.identifier} ·{" "}
        {words.sent(dated(alert.sent, Date.now()))}
      </p>
    </div>
  );
}
