// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { AlertMark } from "./alerts/alert_mark";
import { clockStore } from "./feed/feed_clock";
import { countOpen } from "./feed/incident_log";
import { useStore, useStorePart } from "./feed/store";
import { incidentsStore, linkStore, siteStore, tracksStore } from "./feed/stores";
import { setSound, soundIsOn } from "./incidents/sound";
import { releasesStore } from "./notices/notice_stores";
import { allowed, screenStore, screens, show } from "./screens";
import { AccountMenu } from "./session/account_menu";
import { useMay } from "./session/session";
import { WayMark } from "./ways/way_mark";
import { clock } from "./wording/format";
import { text } from "./wording/strings";
import { session } from "./wording/telling";

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

/** The screens the person may see, where there is more than one. */
function Screens() {
  const current = useStore(screenStore);
  const shown = screens.filter(allowed);
  if (shown.length < 2) return null;
  return (
    <nav>
      {shown.map((screen) => (
        <button
          key={screen}
          type="button"
          aria-pressed={screen === current}
          onClick={() => show(screen)}
        >
          {session.screens[screen]}
          {screen === "notices" && <Waiting />}
        </button>
      ))}
    </nav>
  );
}

/** How many notices wait for another person's release. */
function Waiting() {
  const waiting = useStore(releasesStore)?.length ?? 0;
  return waiting > 0 && <span className="badge">{session.waiting(waiting)}</span>;
}

export function Header() {
  const name = useStorePart(siteStore, (site) => site?.name ?? "");
  const tracks = useStorePart(tracksStore, (message) => message?.tracks.length ?? null);
  const open = useStorePart(incidentsStore, countOpen);
  const live = useStorePart(linkStore, (link) => link.state === "live");
  const watches = useMay("watch");
  const seesNotices = useMay("see_notices");
  const now_ms = useStore(clockStore);
  return (
    <header className="header">
      <h1>
        <span className="product">{text.product}</span>
        <span className="site-name">{name}</span>
      </h1>
      <Screens />
      {watches && (
        <span className={open > 0 ? "count count-open" : "count"}>
          {text.header.openIncidents(open)}
        </span>
      )}
      {seesNotices && <AlertMark />}
      {seesNotices && <WayMark />}
      {tracks !== null && <span className="count count-tracks">{text.header.tracks(tracks)}</span>}
      <span className="spring" />
      {watches && <SoundSwitch />}
      {watches && (
        <span className={live ? "link link-live" : "link"}>
          {live ? text.link.live : text.unknown}
        </span>
      )}
      <AccountMenu />
      {watches && (
        <time className="clock">
          {now_ms === null ? text.unknown : clock(now_ms)} <small>{text.time.utc}</small>
        </time>
      )}
    </header>
  );
}
