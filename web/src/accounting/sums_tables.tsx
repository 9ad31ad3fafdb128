// SPDX-License-Identifier: Apache-2.0
import type { AccountingView, SumsView } from "../wire.gen";
import { accounting as words } from "../wording/accounting";
import { count, fixed } from "../wording/format";
import { delayWords, isQuiet, number, rate } from "./sums_words";

function cells({ tally, to_acknowledge, to_arrive, ...sums }: SumsView): string[] {
  return [
    number(tally.incidents),
    number(tally.unresolved),
    number(tally.interdicted),
    number(tally.aided),
    number(tally.lost),
    number(tally.own_force),
    number(tally.false_alerts),
    rate(sums.false_per_100_km_day),
    delayWords(to_acknowledge),
    delayWords(to_arrive),
    fixed(sums.watched_hours, 1),
    fixed(sums.blind_km_hours, 1),
  ];
}

const { evening, km, ...sumHeads } = words.columns;

interface TableProperties {
  title: string;
  first: string;
  heads: string[];
  rows: [name: string, cells: string[]][];
  note?: string;
}

function Table({ title, first, heads, rows, note }: TableProperties) {
  return (
    <section>
      <h3>{title}</h3>
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, values]) => (
              <tr key={name}>
                <th scope="row">
                  <bdi>{name}</bdi>
                </th>
                {values.map((value, i) => (
                  <td key={heads[i]}>
                    <bdi>{value}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {note && <p className="dim">{note}</p>}
    </section>
  );
}

export function DayTable({ account }: { account: AccountingView }) {
  const days = account.days.map((day): [string, string[]] => [day.evening, cells(day.sums)]);
  return (
    <Table
      title={words.days}
      first={evening}
      heads={Object.values(sumHeads)}
      rows={[...days, [words.all, cells(account.all)]]}
      note={words.noteSums}
    />
  );
}

export function StretchTable({ account }: { account: AccountingView }) {
  const told = account.stretches.filter((stretch) => !isQuiet(stretch));
  const quiet = account.stretches.length - told.length;
  return (
    <Table
      title={words.stretches}
      first={km}
      heads={Object.values(sumHeads)}
      rows={told.map(({ from_km, to_km, sums }) => [
        `${number(from_km)}–${number(to_km)}`,
        cells(sums),
      ])}
      {...(quiet > 0 ? { note: words.quiet(quiet) } : {})}
    />
  );
}

export function SensorTable({ account }: { account: AccountingView }) {
  const { sensor, ...heads } = words.sensorColumns;
  return (
    <Table
      title={words.sensors}
      first={sensor}
      heads={Object.values(heads)}
      rows={account.sensors.map((one) => [
        one.sensor,
        [
          count(one.hours),
          count(one.frames),
          count(one.detections),
          count(one.saw),
          count(one.saw_alone),
          number(one.share.incidents),
          number(one.share.interdicted),
          number(one.share.false_alerts),
        ],
      ])}
      note={words.noteSensors}
    />
  );
}
