// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useId, useState } from "react";
import { useStore, useStorePart } from "../feed/store";
import { ledgerStore, whatIfAnswerStore } from "../feed/stores";
import { crosserStore, whatIfStore } from "../selection";
import { useMay } from "../session/session";
import type { SiteView, WhatIfSensorView } from "../wire.gen";
import { text } from "../wording/strings";
import { whatIfProblemStore } from "./follow_what_if";
import { beginning, type Deed, deeds, whatIfSentence } from "./what_if";

/** Moves, drops or adds a camera on paper; the strip, the map and a sentence show what it changes. */
export function WhatIfPanel({ site }: { site: SiteView }) {
  const plans = useMay("plan");
  const ready = useStorePart(ledgerStore, (ledger) => ledger?.ready ?? false);
  const asked = useStore(whatIfStore);
  const [deed, setDeed] = useState<Deed>("move");
  const [chosen, setChosen] = useState("");
  const words = text.coverage.whatIf;
  const begin = (next: Deed, id: string) => {
    const camera = site.cameras.find((one) => one.id === id) ?? site.cameras[0];
    if (!camera) return;
    setDeed(next);
    setChosen(camera.id);
    whatIfStore.set(beginning(next, camera));
  };
  // What is on paper is of the site that was there.
  useEffect(() => () => whatIfStore.set(null), []);
  if (!plans || !ready || site.cameras.length === 0) return null;
  if (!asked) {
    return (
      <button type="button" className="what-if-open" onClick={() => begin(deed, chosen)}>
        {words.open}
      </button>
    );
  }
  return (
    <section className="what-if" aria-label={words.title}>
      <header>
        <strong>{words.title}</strong>
        <button
          type="button"
          className="close"
          aria-label={words.close}
          onClick={() => whatIfStore.set(null)}
        >
          ×
        </button>
      </header>
      <fieldset className="what-if-deeds">
        {deeds.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === deed}
            onClick={() => begin(one, chosen)}
          >
            {words.deeds[one]}
          </button>
        ))}
      </fieldset>
      <div className="fields">
        <Labelled words={deed === "add" ? words.like : words.camera}>
          {(id) => (
            <select id={id} value={chosen} onChange={(event) => begin(deed, event.target.value)}>
              {site.cameras.map((camera) => (
                <option key={camera.id}>{camera.id}</option>
              ))}
            </select>
          )}
        </Labelled>
        {asked.with && (
          <SensorFields
            sensor={asked.with}
            change={(part) =>
              asked.with && whatIfStore.set({ ...asked, with: { ...asked.with, ...part } })
            }
          />
        )}
      </div>
      <Answer />
    </section>
  );
}

function Labelled({ words, children }: { words: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{words}</label>
      {children(id)}
    </>
  );
}

type Numbers =
  | "height_above_ground_m"
  | "azimuth_deg"
  | "elevation_deg"
  | "horizontal_fov_deg"
  | "sweep_deg";
const limits: readonly [Numbers, number, number, number][] = [
  ["height_above_ground_m", 0, 5000, 1],
  ["azimuth_deg", -360, 360, 1],
  ["elevation_deg", -90, 90, 0.1],
  ["horizontal_fov_deg", 0.1, 120, 0.1],
  ["sweep_deg", 0, 360, 10],
];

interface SensorProperties {
  sensor: WhatIfSensorView;
  change: (part: Partial<WhatIfSensorView>) => void;
}

function SensorFields({ sensor, change }: SensorProperties) {
  return (
    <>
      <p className="dim what-if-hint">{text.coverage.whatIf.drag}</p>
      {limits.map(([key, min, max, step]) => (
        <Labelled key={key} words={text.coverage.whatIf.numbers[key]}>
          {(id) => (
            <input
              id={id}
              name={key}
              type="number"
              min={min}
              max={max}
              step={step}
              value={sensor[key] === null ? "" : Math.round(10 * sensor[key]) / 10}
              onChange={(event) => {
                const value = event.target.valueAsNumber;
                if (value >= min && value <= max) change({ [key]: value });
              }}
            />
          )}
        </Labelled>
      ))}
    </>
  );
}

function Answer() {
  const answer = useStore(whatIfAnswerStore);
  const problem = useStore(whatIfProblemStore);
  const who = useStore(crosserStore);
  return (
    <>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <p className="what-if-answer" role="status">
        {answer ? whatIfSentence(answer, who) : text.coverage.whatIf.working}
      </p>
      <p className="dim">{text.coverage.whatIf.onPaper}</p>
    </>
  );
}
