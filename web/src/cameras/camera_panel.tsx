// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { useStore, useStorePart } from "../feed/store";
import { healthStore } from "../feed/stores";
import { HealthDot } from "../health/health_dot";
import { selectedCameraStore } from "../selection";
import type { CameraView, PictureView } from "../wire.gen";
import { clock, compass, fixed } from "../wording/format";
import { text, word } from "../wording/strings";
import { drawPicture } from "./draw_picture";
import { startPictures } from "./picture_loop";

/** The live picture of the chosen camera, over a corner of the map. */
export function CameraPanel({ cameras }: { cameras: readonly CameraView[] }) {
  const id = useStore(selectedCameraStore);
  const camera = cameras.find((c) => c.id === id);
  if (!camera) return null;
  return <OpenPanel key={camera.id} camera={camera} cameras={cameras} />;
}

interface PanelProperties {
  camera: CameraView;
  cameras: readonly CameraView[];
}

function OpenPanel({ camera, cameras }: PanelProperties) {
  const close = () => selectedCameraStore.set(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && close();
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  });
  return (
    <section className="camera-panel" aria-label={text.cameras.live(camera.id)}>
      <header>
        <select
          aria-label={text.cameras.choose}
          value={camera.id}
          onChange={(event) => selectedCameraStore.set(event.target.value)}
        >
          {cameras.map((c) => (
            <option key={c.id} value={c.id}>
              {c.name && c.name !== c.id ? `${c.id} · ${c.name}` : c.id}
            </option>
          ))}
        </select>
        <CameraState id={camera.id} />
        <button type="button" className="close" aria-label={text.cameras.close} onClick={close}>
          ×
        </button>
      </header>
      <LivePicture camera={camera} />
    </section>
  );
}

function CameraState({ id }: { id: string }) {
  const health = useStorePart(healthStore, (all) => all?.cameras.find((c) => c.id === id));
  if (!health) return null;
  return (
    <span className="camera-state" title={health.detail}>
      <HealthDot state={health.state} /> {word(text.health.states, health.state)}
    </span>
  );
}

function LivePicture({ camera }: { camera: CameraView }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const times = useRef<number[]>([]);
  const [shown, setShown] = useState<{ picture: PictureView; fps: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(
    () =>
      startPictures(camera.id, {
        picture: (bitmap, picture) => {
          if (canvas.current) drawPicture(canvas.current, bitmap, picture);
          times.current = [...times.current.slice(-20), performance.now()];
          setShown({ picture, fps: rateOf(times.current) });
          setProblem(null);
        },
        problem: setProblem,
      }),
    [camera.id],
  );

  return (
    <>
      <div
        className="picture"
        style={{ aspectRatio: `${camera.width_px} / ${camera.height_px}` }}
        data-stale={problem !== null}
      >
        <canvas ref={canvas} role="img" aria-label={text.cameras.picture(camera.name)} />
        {!shown && !problem && <p>{text.cameras.noPicture}</p>}
        {problem && <p role="status">{text.cameras.problem(problem)}</p>}
      </div>
      <footer>
        <span>
          {shown ? clock(shown.picture.time) : text.unknown} {text.time.utc}
        </span>
        <span>{text.cameras.fps(fixed(shown?.fps ?? null, 1))}</span>
        <span className="dim">
          {text.cameras.pointing(
            `${compass(camera.azimuth_deg)} ${fixed(camera.azimuth_deg)}°`,
            `${fixed(camera.horizontal_fov_deg, 1)}°`,
          )}
        </span>
      </footer>
    </>
  );
}

function rateOf(times_ms: readonly number[]): number {
  const first = times_ms[0];
  const last = times_ms[times_ms.length - 1];
  if (first === undefined || last === undefined || last <= first) return Number.NaN;
  return ((times_ms.length - 1) * 1000) / (last - first);
}
