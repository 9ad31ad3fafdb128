// SPDX-License-Identifier: Apache-2.0
import { clockStore } from "../feed/feed_clock";
import { useStore, useStorePart } from "../feed/store";
import { tracksStore } from "../feed/stores";
import { selectedTrackStore } from "../selection";
import { useActsOnAll } from "../session/session";
import { ago, compass, distance, kilometre, moverWords, percent, speed } from "../wording/format";
import { text } from "../wording/strings";
import { TrackActions } from "./track_actions";
import { TrackFuture } from "./track_future";

/** What is known of the track chosen on the map. */
export function TrackCard() {
  const id = useStore(selectedTrackStore);
  const track = useStorePart(tracksStore, (all) => all?.tracks.find((t) => t.id === id));
  const group = useStorePart(tracksStore, (all) =>
    all?.groups.find((g) => id !== null && g.tracks.includes(id)),
  );
  const now_ms = useStore(clockStore);
  const acts = useActsOnAll();
  if (id === null) return null;
  return (
    <section className="track-card" aria-label={text.tracks.title(id)}>
      <header>
        <strong>{text.tracks.title(id)}</strong>
        <button
          type="button"
          className="close"
          aria-label={text.tracks.close}
          onClick={() => selectedTrackStore.set(null)}
        >
          ×
        </button>
      </header>
      {track ? (
        <>
          <ul>
            <li>{moverWords(track.mover, track.mover_probability)}</li>
            <li>
              {text.map.km(kilometre(track.km))},{" "}
              {track.offset_m >= 0
                ? text.map.offHome(distance(track.offset_m))
                : text.map.offFar(distance(track.offset_m))}
            </li>
            <li>{text.incidents.heading(speed(track.speed_mps), compass(track.heading_deg))}</li>
            <TrackFuture id={track.id} now_ms={now_ms} />
            {group && (
              <li>
                {text.tracks.inGroup(group.id, group.tracks.length + group.hidden, group.hidden)}
              </li>
            )}
            <li>{text.tracks.placedWithin(distance(track.ellipse.major_m))}</li>
            <li>{text.tracks.exists(percent(track.existence))}</li>
            <li className="dim">{text.incidents.seenBy(track.sensors.join(", "))}</li>
            <li className="dim">
              {text.tracks.firstSeen(ago(track.first_seen, now_ms) ?? text.unknown)}
            </li>
          </ul>
          {acts && <TrackActions id={track.id} />}
        </>
      ) : (
        <p className="dim">{text.tracks.gone}</p>
      )}
    </section>
  );
}
