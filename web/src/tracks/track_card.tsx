// SPDX-License-Identifier: Apache-2.0
import { clockStore } from "../feed/feed_clock";
import { useStore } from "../feed/store";
import { tracksStore } from "../feed/stores";
import { selectedTrackStore } from "../selection";
import { ago, compass, distance, kilometre, percent, speed } from "../wording/format";
import { text, word } from "../wording/strings";

/** What is known of the track chosen on the map. */
export function TrackCard() {
  const id = useStore(selectedTrackStore);
  const message = useStore(tracksStore);
  const now_ms = useStore(clockStore);
  if (id === null) return null;
  const track = message?.tracks.find((t) => t.id === id);
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
        <ul>
          <li>
            {word(text.movers, track.mover)} {percent(track.mover_probability)}
          </li>
          <li>
            {text.map.km(kilometre(track.km))},{" "}
            {track.offset_m >= 0
              ? text.map.offHome(distance(track.offset_m))
              : text.map.offFar(distance(track.offset_m))}
          </li>
          <li>{text.incidents.heading(speed(track.speed_mps), compass(track.heading_deg))}</li>
          <li>{text.tracks.placedWithin(distance(track.ellipse.major_m))}</li>
          <li>{text.tracks.exists(percent(track.existence))}</li>
          <li className="dim">{text.incidents.seenBy(track.sensors.join(", "))}</li>
          <li className="dim">
            {text.tracks.firstSeen(ago(track.first_seen, now_ms) ?? text.unknown)}
          </li>
        </ul>
      ) : (
        <p className="dim">{text.tracks.gone}</p>
      )}
    </section>
  );
}
