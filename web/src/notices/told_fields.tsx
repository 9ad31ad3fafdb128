// SPDX-License-Identifier: Apache-2.0
import type { ToldView } from "../wire.gen";
import { word } from "../wording/strings";
import { notices as words } from "../wording/telling";

/** All that a partner is told, field by field, in the words in which it is told. */
export function ToldFields({ told }: { told: ToldView[] }) {
  return (
    <dl className="told">
      {told.map(({ field, value }) => (
        <div key={field} data-field={field}>
          <dt>{word(words.fields, field)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
