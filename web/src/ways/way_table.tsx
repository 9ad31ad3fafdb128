// SPDX-License-Identifier: Apache-2.0
import { Problem } from "../acting/acting";
import { useStore } from "../feed/store";
import { HealthDot } from "../health/health_dot";
import { noticesStore } from "../notices/notice_stores";
import type { ChannelView } from "../wire.gen";
import { ways as words } from "../wording/exchange";
import { count, dated } from "../wording/format";
import { text, word } from "../wording/strings";
import { isDown, refusedWords, sorted, waitingFor } from "./way_words";
import { waysStore } from "./ways_store";

/** How each way out of the house and into it is; opened by itself where one is down. */
export function WayTable() {
  const all = useStore(waysStore);
  const problem = useStore(waysStore.problem);
  const down = all?.filter(isDown).length ?? 0;
  const idle = all?.filter((way) => way.state === "idle").length ?? 0;
  if (!all && !problem) return null;
  return (
    <details className="ways" open={down > 0}>
      <summary>
        <strong>{words.title}</strong>{" "}
        {down > 0 && <span className="tag tag-new">{words.down(down)}</span>}{" "}
        {all && (
          <span className="dim">
            {all.length > 0 ? words.summary(all.length - down - idle, idle) : words.none}
          </span>
        )}
      </summary>
      <Problem problem={problem && words.unknown(problem)} />
      {all && all.length > 0 && <Table ways={all} />}
    </details>
  );
}

function Table({ ways }: { ways: ChannelView[] }) {
  const { columns } = words;
  return (
    <table>
      <thead>
        <tr>
          <th>{columns.way}</th>
          <th>{columns.state}</th>
          <th className="number">{columns.waiting}</th>
          <th className="number">{columns.taken}</th>
          <th className="number">{columns.failed}</th>
          <th className="number">{columns.downs}</th>
          <th>{columns.refused}</th>
        </tr>
      </thead>
      <tbody>
        {sorted(ways).map((way) => (
          <Row key={`${way.listens} ${way.name}`} way={way} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ way }: { way: ChannelView }) {
  const notices = useStore(noticesStore) ?? [];
  const dot = isDown(way) ? "no_signal" : way.state === "ok" ? "ok" : "starting";
  return (
    <tr data-way={way.name} data-state={way.state}>
      <th scope="row">
        {way.listens ? `${words.into} ←` : `${words.out} →`} {way.name}
        <div className="dim">
          {word(words.forms, way.form)} · <bdi>{way.address}</bdi>
        </div>
      </th>
      <td>
        <HealthDot state={dot} /> <strong>{word(words.states, way.state)}</strong>{" "}
        {way.since && text.time.since(dated(way.since, Date.now()))}
        {way.detail && <div className="why">{way.detail}</div>}
        {way.connections > 0 && <div className="dim">{words.connections(way.connections)}</div>}
      </td>
      <td className="number">{way.listens ? "" : count(waitingFor(way.name, notices))}</td>
      <td className="number">{count(way.taken)}</td>
      <td className="number">{way.listens ? "" : count(way.failed)}</td>
      <td className="number">{way.listens ? "" : count(way.downs)}</td>
      <td>{refusedWords(way)}</td>
    </tr>
  );
}
