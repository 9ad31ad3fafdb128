// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { clockStore } from "./feed/feed_clock";
import { countOpen } from "./feed/incident_log";
import { useStore, useStorePart } from "./feed/store";
import { accountStore, incidentsStore, linkStore, siteStore, tracksStore } from "./feed/stores";
import { setSound, soundIsOn } from "./incidents/sound";
import { clock } from "./wording/format";
import { text } from "./wording/strings";

function SoundSwitch() {
  const [on, setOn] = useState(soundIsOn);
  return (
    <button
      type="button"
      className="switch"
      aria-pressed={on}
      onClick={() => {
        setSound(!on);
        setOn(!on);
      }}
    >
      {on ? text.header.soundOn : text.header.soundOff}
    </button>
  );
}

export function Header() {
  const name = useStorePart(siteStore, (site) => site?.name ?? "");
  const tracks = useStorePart(tracksStore, (message) => message?.tracks.length ?? 0);
  const open = useStorePart(incidentsStore, countOpen);
  const live = useStorePart(linkStore, (link) => link.state === "live");
  const now_ms = useStore(clockStore);
  // A planner sees neither, which is not that there are none.
  const plans = useStorePart(accountStore, (account) => account?.role === "planner");
  return (
    <header className="header">
      <h1>
        <span className="product">{text.product}</span>
        <span className="site-name">{name}</span>
      </h1>
      {!plans && (
        <>
          <span className={open > 0 ? "count count-open" : "count"}>
            {text.header.openIncidents(open)}
          </span>
          <span className="count">{text.header.tracks(tracks)}</span>
        </>
      )}
      <span className="spring" />
      <SoundSwitch />
      <span className={live ? "link link-live" : "link"}>
        {live ? text.link.live : text.unknown}
      </span>
      <time className="clock">
        {now_ms === null ? text.unknown : clock(now_ms)} <small>{text.time.utc}</small>
      </time>
    </header>
  );
}
