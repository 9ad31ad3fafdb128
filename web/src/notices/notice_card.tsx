// SPDX-License-Identifier: Apache-2.0
import { ByField, Problem, useActing } from "../acting/acting";
import { enterReceipt, noticeForm } from "../feed/telling_api";
import { show } from "../screens";
import { selectedIncidentStore } from "../selection";
import { useMay } from "../session/session";
import type { NoticeStateView } from "../wire.gen";
import { clock, dated } from "../wording/format";
import { text, word } from "../wording/strings";
import { notices as words } from "../wording/telling";
import { noticesStore } from "./notice_stores";
import { receivedAt } from "./notice_words";
import { ToldFields } from "./told_fields";

/** One notice: what was told, by which way, who has it, and all that became of it. */
export function NoticeCard({ notice }: { notice: NoticeStateView }) {
  const { incident } = notice;
  const now_ms = Date.now();
  return (
    <li className="notice" data-notice={notice.id} data-state={notice.state}>
      <header>
        <strong>{words.notice(notice.partner, notice.number)}</strong>
        <span className="tag" data-state={notice.state}>
          {word(words.states, notice.state)}
        </span>
        {notice.simulated && <span className="tag tag-simulated">{text.simulatedTag}</span>}
        {incident !== null && (
          <button
            type="button"
            className="as-link"
            title={words.openIncident(incident)}
            onClick={() => {
              selectedIncidentStore.set(incident);
              show("room");
            }}
          >
            {words.incident(incident)}
          </button>
        )}
        <span className="dim">
          {words.queued(dated(notice.queued, now_ms))} ·{" "}
          {words.notBefore(dated(notice.not_before, now_ms))} {text.time.utc}
        </span>
      </header>
      <ToldFields told={notice.told} />
      <Way notice={notice} />
      {notice.steps.length > 0 && (
        <details open={notice.state === "escalated"}>
          <summary>
            {words.becameOf} ({notice.steps.length})
          </summary>
          <ol className="steps">
            {notice.steps.map((step, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: steps only come to the end
              <li key={i} data-step={step.step}>
                <time dateTime={step.time}>{dated(step.time, now_ms)}</time>
                <span>
                  {word(words.steps, step.step)} {step.hop}
                </span>
                <span className="dim">{step.detail}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      <footer>
        <a href={noticeForm(notice.id, "sheet")} target="_blank" rel="noreferrer">
          {words.sheet}
        </a>
        <a href={noticeForm(notice.id, "cap")} target="_blank" rel="noreferrer">
          {words.cap}
        </a>
        {notice.told.some(({ field }) => field === "place") && (
          <a href={noticeForm(notice.id, "cot")} target="_blank" rel="noreferrer">
            {words.cot}
          </a>
        )}
      </footer>
    </li>
  );
}

/** The hops in order, each with its receipt, or the way to enter what it said by another line. */
function Way({ notice }: { notice: NoticeStateView }) {
  const mayReceive = useMay("receive");
  const acting = useActing();
  const first = notice.hops[0] ?? "";
  const waitsForUs =
    notice.by_hand && notice.state !== "withdrawn" && receivedAt(notice, first) === null;
  const mayEnter = mayReceive && notice.state !== "withdrawn";
  const enter = (hop: string) =>
    acting.send(null, async (by) => {
      await enterReceipt(notice.id, hop, by);
      await noticesStore.refresh();
    });
  return (
    <>
      {notice.why_headquarters && <p>{words.headquarters(notice.why_headquarters)}</p>}
      {waitsForUs && <p className="by-hand">{words.byHand(first)}</p>}
      <ol className="way" aria-label={words.way}>
        {notice.hops.map((hop) => {
          const received = receivedAt(notice, hop);
          return (
            <li key={hop} data-hop={hop} data-received={received !== null}>
              {received !== null ? (
                <span>✓ {words.hopHasIt(hop, clock(received))}</span>
              ) : mayEnter ? (
                <button type="button" disabled={acting.sending} onClick={() => void enter(hop)}>
                  {words.enterReceipt(hop)}
                </button>
              ) : (
                <span className="dim">{words.hopHasNot(hop)}</span>
              )}
            </li>
          );
        })}
      </ol>
      {mayEnter && acting.problem && (
        <div className="fields">
          <ByField {...acting} />
        </div>
      )}
      <Problem {...acting} />
    </>
  );
}
