// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { DarkChips } from "../coverage/dark_chips";
import { useStore } from "../feed/store";
import { healthStore } from "../feed/stores";
import { selectedCameraStore } from "../selection";
import type { CameraHealthView, HealthMessage } from "../wire.gen";
import { dated, fixed } from "../wording/format";
import { text, word } from "../wording/strings";
import { HealthDetails } from "./health_details";
import { HealthDot } from "./health_dot";

function CameraChip({ camera }: { camera: CameraHealthView }) {
  const selected = useStore(selectedCameraStore) === camera.id;
  const state = word(text.health.states, camera.state);
  const since = text.time.since(dated(camera.since, Date.now()));
  return (
    <button
      type="button"
      className="chip"
      data-state={camera.state}
      data-watching={camera.watching}
      data-camera={camera.id}
      aria-pressed={selected}
      title={[state, since, ...details(camera)].filter(Boolean).join(" · ")}
      onClick={() => selectedCameraStore.set(selected ? null : camera.id)}
    >
      <HealthDot state={camera.state} />
      <strong>{camera.id}</strong>
      <span>{camera.state === "ok" ? `${fixed(camera.fps, 1)}/s` : `${state} ${since}`}</span>
    </button>
  );
}

function details(camera: CameraHealthView): string[] {
  const others = camera.conditions.filter((condition) => condition.state !== camera.state);
  return [camera.detail, ...others.map((condition) => condition.detail)];
}

function RecorderChip({ health }: { health: HealthMessage }) {
  return (
    <span
      className="chip"
      data-state={health.recording ? "ok" : "no_signal"}
      title={health.recording_detail}
    >
      <HealthDot state={health.recording ? "ok" : "no_signal"} />
      <strong>{text.health.recorder}</strong>
      <span>
        {health.recording
          ? text.health.recording
          : `${text.health.notRecording} ${health.recording_detail}`}
      </span>
    </span>
  );
}

// Only where something is wrong: what no height is known of, no detection is placed on.
function GroundChip({ health }: { health: HealthMessage }) {
  if (health.ground_unread === 0) return null;
  return (
    <span className="chip" data-state="no_signal" title={health.ground_detail}>
      <HealthDot state="no_signal" />
      <strong>{text.health.ground}</strong>
      <span>{text.health.groundUnread(health.ground_unread)}</span>
    </span>
  );
}

export function HealthStrip() {
  const health = useStore(healthStore);
  const [open, setOpen] = useState(false);
  return (
    <section className="health" aria-label={text.health.title}>
      {open && health && <HealthDetails health={health} close={() => setOpen(false)} />}
      <div className="chips">
        {health ? (
          <>
            <DarkChips />
            {health.cameras.map((camera) => (
              <CameraChip key={camera.id} camera={camera} />
            ))}
            <RecorderChip health={health} />
            <GroundChip health={health} />
          </>
        ) : (
          <span className="dim">{text.health.unknown}</span>
        )}
      </div>
      <button type="button" aria-expanded={open} disabled={!health} onClick={() => setOpen(!open)}>
        {text.health.details}
      </button>
    </section>
  );
}
