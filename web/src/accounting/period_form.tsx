// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { siteNow } from "../feed/feed_clock";
import { accounting as words } from "../wording/accounting";
import { isFit, lastDays, type Period } from "./period";

interface FormProperties {
  asked: Period;
  ask: (period: Period) => void;
}

export function PeriodForm({ asked, ask }: FormProperties) {
  const [period, setPeriod] = useState(asked);
  const ids = { from: useId(), to: useId(), stretch: useId() };
  const fit = isFit(period);
  const take = (next: Period) => {
    setPeriod(next);
    ask(next);
  };
  return (
    <form
      className="period"
      onSubmit={(event) => {
        event.preventDefault();
        if (fit) ask({ ...period });
      }}
    >
      {Object.entries(words.periods).map(([days, name]) => (
        <button
          key={days}
          type="button"
          onClick={() => take(lastDays(Number(days), siteNow() ?? Date.now(), period.stretch_km))}
        >
          {name}
        </button>
      ))}
      {(["from", "to"] as const).map((end) => (
        <label key={end} htmlFor={ids[end]}>
          {words[end]}
          <input
            id={ids[end]}
            name={end}
            type="text"
            placeholder={words.timeHint}
            value={period[end]}
            required
            onChange={(event) => setPeriod({ ...period, [end]: event.target.value })}
          />
        </label>
      ))}
      <label htmlFor={ids.stretch}>
        {words.stretch}
        <input
          id={ids.stretch}
          name="stretch"
          type="number"
          min={1}
          step={1}
          value={Number.isNaN(period.stretch_km) ? "" : period.stretch_km}
          required
          onChange={(event) => setPeriod({ ...period, stretch_km: event.target.valueAsNumber })}
        />
      </label>
      <button type="submit" className="primary" disabled={!fit}>
        {words.show}
      </button>
      {!fit && <p className="problem">{words.wrong}</p>}
    </form>
  );
}
