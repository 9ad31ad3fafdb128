// SPDX-License-Identifier: Apache-2.0
import type { AccountingView } from "../wire.gen";
import { accounting as words } from "../wording/accounting";
import { count, fixed } from "../wording/format";
import { text, word } from "../wording/strings";
import { blindShare, delayWords, detections, number, rate } from "./sums_words";

/** The whole in a few figures, before the tables. */
export function Figures({ account }: { account: AccountingView }) {
  const { all } = account;
  const { figures } = words;
  const values: [string, string][] = [
    [figures.incidents, number(all.tally.incidents)],
    [figures.interdicted, words.of(number(all.tally.interdicted), number(all.tally.incidents))],
    [figures.acknowledged, delayWords(all.to_acknowledge)],
    [figures.arrived, delayWords(all.to_arrive)],
    [figures.falseRate, rate(all.false_per_100_km_day)],
    [figures.watched, text.time.hours(fixed(all.watched_hours, 1))],
    [figures.blind, blindShare(all, account.length_km)],
    [figures.detections, count(detections(account))],
  ];
  return (
    <>
      <dl className="figures">
        {values.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {words.kinds}: {kindWords(account)}
      </p>
    </>
  );
}

function kindWords({ kinds }: AccountingView): string {
  if (kinds.length === 0) return words.noKinds;
  return kinds
    .map(({ kind, incidents }) => `${word(text.incidents.kinds, kind)} ${count(incidents)}`)
    .join(" · ");
}
