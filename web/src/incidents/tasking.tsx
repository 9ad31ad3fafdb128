// SPDX-License-Identifier: Apache-2.0
import { useId, useState } from "react";
import { fetchWarnings } from "../feed/api";
import type { WarningView } from "../wire.gen";
import { text } from "../wording/strings";

interface TaskingProperties {
  id: number;
  sending: boolean;
  complain: (problem: string) => void;
  send: (to: string) => void;
}

/** Whom to send. What stands against it is told first; a second press sends all the same. */
export function Tasking({ id, sending, complain, send }: TaskingProperties) {
  const [to, setTo] = useState("");
  const [warned, setWarned] = useState<{ to: string; warnings: WarningView[] } | null>(null);
  const field = useId();
  const asked = warned !== null && warned.to === to.trim();

  const press = async () => {
    const whom = to.trim();
    if (whom === "") return complain(text.incidents.needSend);
    if (asked) return send(whom);
    try {
      const warnings = await fetchWarnings(id, whom);
      setWarned({ to: whom, warnings });
      if (warnings.length === 0) send(whom);
    } catch (error) {
      complain(text.incidents.refused(error instanceof Error ? error.message : String(error)));
    }
  };

  return (
    <div className="fields">
      <label htmlFor={field}>{text.incidents.sendLabel}</label>
      <input
        id={field}
        name="to"
        value={to}
        maxLength={80}
        onChange={(event) => setTo(event.target.value)}
      />
      {asked && warned.warnings.length > 0 && (
        <div className="problem" role="alert">
          <strong>{text.incidents.warnings}</strong>
          <ul>
            {warned.warnings.map((warning) => (
              <li key={warning.text}>{warning.text}</li>
            ))}
          </ul>
        </div>
      )}
      <button type="button" disabled={sending} onClick={() => void press()}>
        {asked && warned.warnings.length > 0 ? text.incidents.sendAnyway : text.incidents.send}
      </button>
    </div>
  );
}
