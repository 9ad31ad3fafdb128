// SPDX-License-Identifier: Apache-2.0
import { useId } from "react";
import type { PersonsView } from "../wire.gen";
import { text } from "../wording/strings";

export interface CareNeeded {
  persons: PersonsView;
  referral: string;
}

export const noCare: CareNeeded = {
  persons: { adults: 0, children: 0, injured: 0 },
  referral: "none",
};

/** The numbers as they are sent; none where nobody was counted. */
export function careToSend(care: CareNeeded): {
  persons: PersonsView | null;
  referral: string;
} {
  const { adults, children, injured } = care.persons;
  return {
    persons: adults + children + injured > 0 ? care.persons : null,
    referral: care.referral,
  };
}

interface CareProperties {
  care: CareNeeded;
  change: (care: CareNeeded) => void;
}

/** How many persons there were, by the care they need, and where they were sent on. */
export function Care({ care, change }: CareProperties) {
  const referralId = useId();
  const counts = ["adults", "children", "injured"] as const;
  return (
    <fieldset className="care">
      <legend>{text.incidents.personsLabel}</legend>
      {counts.map((count) => (
        <label key={count}>
          {text.incidents.persons[count]}
          <input
            type="number"
            name={count}
            min={0}
            max={9999}
            value={care.persons[count]}
            onChange={(event) => {
              const value = Math.max(0, Math.trunc(event.target.valueAsNumber || 0));
              change({ ...care, persons: { ...care.persons, [count]: value } });
            }}
          />
        </label>
      ))}
      <label htmlFor={referralId}>{text.incidents.referralLabel}</label>
      <select
        id={referralId}
        value={care.referral}
        onChange={(event) => change({ ...care, referral: event.target.value })}
      >
        {Object.entries(text.incidents.referrals).map(([referral, name]) => (
          <option key={referral} value={referral}>
            {name}
          </option>
        ))}
      </select>
    </fieldset>
  );
}
