// SPDX-License-Identifier: Apache-2.0
import { useEffect } from "react";
import { ConditionsForm } from "../coverage/conditions_form";
import { useActsOnAll } from "../session/session";
import type { CameraHealthView, HealthMessage } from "../wire.gen";
import { count, dated, fixed } from "../wording/format";
import { text, word } from "../wording/strings";
import { HealthDot } from "./health_dot";

interface DetailsProperties {
  health: HealthMessage;
  close: () => void;
}

export function HealthDetails({ health, close }: DetailsProperties) {
  const acts = useActsOnAll();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && close();
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [close]);
  return (
    <section className="health-details" aria-label={text.health.details}>
      <header>
        <h2>{text.health.title}</h2>
        <span className="dim">
          {text.health.running(dated(health.running_since, Date.now()))} {text.time.utc} ·{" "}
          {text.health.clients(health.clients, health.clients_cut)}
        </span>
        <button type="button" className="close" aria-label={text.health.close} onClick={close}>
          ×
        </button>
      </header>
      <CameraTable health={health} />
      {acts && <ConditionsForm />}
      {health.queues.length > 0 && <QueueTable health={health} />}
      <Refused health={health} />
      <HeldBack health={health} />
    </section>
  );
}

function CameraTable({ health }: { health: HealthMessage }) {
  const { columns } = text.health;
  return (
    <table>
      <thead>
        <tr>
          <th>{columns.camera}</th>
          <th>{columns.state}</th>
          <th>{columns.since}</th>
          <th className="number">{columns.troubles}</th>
          <th className="number">{columns.fps}</th>
          <th className="number">{columns.frames}</th>
          <th className="number">{columns.dropped}</th>
          <th className="number">{columns.corrupt}</th>
          <th>{columns.detail}</th>
        </tr>
      </thead>
      <tbody>
        {health.cameras.map((camera) => (
          <tr key={camera.id}>
            <th scope="row">{camera.id}</th>
            <td>
              <HealthDot state={camera.state} /> {word(text.health.states, camera.state)}
              {!camera.watching && <strong className="blind"> {text.health.notWatching}</strong>}
            </td>
            <td>{dated(camera.since, Date.now())}</td>
            <td className="number">{count(camera.troubles)}</td>
            <td className="number">{fixed(camera.fps, 1)}</td>
            <td className="number">{count(camera.frames)}</td>
            <td className="number">{count(camera.dropped)}</td>
            <td className="number">{count(camera.corrupt)}</td>
            <td>
              {camera.detail}
              <OtherConditions camera={camera} />
              <Bias camera={camera} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is wrong beside what names the camera's state. */
function OtherConditions({ camera }: { camera: CameraHealthView }) {
  const others = camera.conditions.filter((condition) => condition.state !== camera.state);
  return others.map((condition) => (
    <div key={condition.state} className="dim">
      {word(text.health.states, condition.state)}: {condition.detail}
    </div>
  ));
}

/** How far off the camera was found to point. */
function Bias({ camera }: { camera: CameraHealthView }) {
  const { bias } = camera;
  if (bias === null) return null;
  const off = fixed(Math.abs(bias.azimuth_deg), 2);
  const sigma = fixed(bias.azimuth_sigma_deg, 2);
  return <div className="dim">{text.health.bias(off, bias.azimuth_deg >= 0, sigma)}</div>;
}

/** What the tracker could not use, and why. */
function Refused({ health }: { health: HealthMessage }) {
  if (health.refused.length === 0) return null;
  const reasons = health.refused.map(
    ({ reason, count: times }) => `${word(text.health.refusals, reason)} ${count(times)}`,
  );
  return (
    <p className="dim">
      {text.health.refused}: {reasons.join(" · ")}
    </p>
  );
}

/** Movers that known traffic explained, by what it is called. */
function HeldBack({ health }: { health: HealthMessage }) {
  if (health.held_back.length === 0) return null;
  const all = health.held_back.map(({ name, movers }) => `${name} ${count(movers)}`);
  return (
    <p className="dim">
      {text.health.heldBack}: {all.join(" · ")}
    </p>
  );
}

function QueueTable({ health }: { health: HealthMessage }) {
  const { columns } = text.health;
  return (
    <table>
      <thead>
        <tr>
          <th>{columns.queue}</th>
          <th className="number">{columns.depth}</th>
          <th className="number">{columns.highWater}</th>
          <th className="number">{columns.pushed}</th>
          <th className="number">{columns.dropped}</th>
        </tr>
      </thead>
      <tbody>
        {health.queues.map((queue) => (
          <tr key={queue.name}>
            <th scope="row">{queue.name}</th>
            <td className="number">
              {queue.depth} / {queue.capacity}
            </td>
            <td className="number">{queue.high_water}</td>
            <td className="number">{count(queue.pushed)}</td>
            <td className="number">{count(queue.dropped)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
