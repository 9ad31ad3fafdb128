// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import { ByField, Problem, useActing } from "../acting/acting";
import { useStore } from "../feed/store";
import { fetchDraftSheet, release } from "../feed/telling_api";
import { useMay } from "../session/session";
import type { DisclosureView, PartnerView } from "../wire.gen";
import { dated } from "../wording/format";
import { text, word } from "../wording/strings";
import { tell, notices as words } from "../wording/telling";
import { noticesStore } from "./notice_stores";
import { ToldFields } from "./told_fields";

interface TellPartnerProperties {
  incident: number;
  taskedTo: string;
  partner: PartnerView;
  disclosure: DisclosureView | Error | undefined;
  released: () => void;
}

/** What stands against telling: what it would give away, and who is near. */
function against(disclosure: DisclosureView): string[] {
  return [...disclosure.reveals, ...disclosure.warnings].map((one) => one.text);
}

/** What one partner would see of an incident, what to think of first, and the release. */
export function TellPartner(properties: TellPartnerProperties) {
  const { incident, taskedTo, partner, disclosure } = properties;
  if (!disclosure) return <section className="tell-partner" aria-busy="true" />;
  if (disclosure instanceof Error || disclosure.withheld !== null) {
    const why = disclosure instanceof Error ? disclosure.message : (disclosure.withheld ?? "");
    return (
      <section className="tell-partner">
        <p className="withheld">{tell.mayNot(why)}</p>
        <ToldBefore incident={incident} partner={partner.id} />
      </section>
    );
  }
  return (
    <section className="tell-partner">
      {(against(disclosure).length > 0 || taskedTo !== "") && (
        <div className="problem" role="alert">
          <strong>{tell.warnings}</strong>
          <ul>
            {taskedTo !== "" && <li>{tell.tasked(taskedTo)}</li>}
            {against(disclosure).map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </div>
      )}
      <h3>{tell.fields(partner.name)}</h3>
      <ToldFields told={disclosure.told} />
      <p>
        {partner.why_headquarters
          ? tell.headquarters(partner.why_headquarters)
          : tell.way(partner.hops.join(" → "))}{" "}
        {Date.parse(disclosure.not_before) > Date.now()
          ? tell.notBefore(`${dated(disclosure.not_before, Date.now())} ${text.time.utc}`)
          : tell.atOnce}
      </p>
      {partner.by_hand && <p className="by-hand">{words.byHand(partner.hops[0] ?? "")}</p>}
      <Release {...properties} disclosure={disclosure} />
      <ToldBefore incident={incident} partner={partner.id} />
      <DraftSheet incident={incident} partner={partner} told={JSON.stringify(disclosure.told)} />
    </section>
  );
}

interface ReleaseProperties extends TellPartnerProperties {
  disclosure: DisclosureView;
}

/** One person's release. Where something stands against it, a second press releases all the same. */
function Release({ incident, taskedTo, partner, disclosure, released }: ReleaseProperties) {
  const mayRelease = useMay("release");
  const [asked, setAsked] = useState(false);
  const acting = useActing();
  const { persons, released_by } = disclosure;
  const isWarned = against(disclosure).length > 0 || taskedTo !== "";
  const isOwn = released_by.includes(acting.by.trim());

  const press = () => {
    if (isWarned && !asked) return setAsked(true);
    void acting.send(null, async (by) => {
      await release(incident, partner.id, by);
      setAsked(false);
      released();
    });
  };

  return (
    <form className="actions" onSubmit={(event) => event.preventDefault()}>
      <p>
        {persons === 1 ? tell.onePerson : tell.persons(persons)}{" "}
        {released_by.length > 0 && <strong>{tell.released(released_by.join(", "))}</strong>}
      </p>
      {mayRelease ? (
        <>
          <div className="fields">
            <ByField {...acting} />
          </div>
          <Problem {...acting} />
          {isOwn ? (
            <p className="dim" role="status">
              {tell.yours}
            </p>
          ) : (
            <div className="buttons">
              <button type="button" className="primary" disabled={acting.sending} onClick={press}>
                {asked ? tell.releaseAnyway : tell.release(partner.name)}
              </button>
            </div>
          )}
        </>
      ) : (
        <p className="dim">{tell.mayNotRelease}</p>
      )}
    </form>
  );
}

/** What this partner was already told of the incident. */
function ToldBefore({ incident, partner }: { incident: number; partner: string }) {
  const all = useStore(noticesStore) ?? [];
  const before = all.filter((one) => one.incident === incident && one.partner === partner);
  if (before.length === 0) return null;
  return (
    <div className="told-before">
      <h3>{tell.before}</h3>
      <ul>
        {before.map((notice) => (
          <li key={notice.id} data-state={notice.state}>
            {words.notice(notice.partner, notice.number)} ·{" "}
            <strong>{word(words.states, notice.state)}</strong> ·{" "}
            {words.queued(dated(notice.queued, Date.now()))}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface DraftSheetProperties {
  incident: number;
  partner: PartnerView;
  /** What is told; when that changes, so does the sheet. */
  told: string;
}

function DraftSheet({ incident, partner, told }: DraftSheetProperties) {
  const [sheet, setSheet] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `told` asks again
  useEffect(() => {
    let stale = false;
    fetchDraftSheet(incident, partner.id).then(
      (html) => !stale && setSheet(html),
      () => !stale && setSheet(null),
    );
    return () => {
      stale = true;
    };
  }, [incident, partner.id, told]);
  if (sheet === null) return null;
  return (
    <figure className="draft-sheet">
      <figcaption>
        {tell.draft(word(tell.languages, partner.language))}{" "}
        <span className="dim">{tell.draftHint}</span>
      </figcaption>
      <iframe
        title={tell.draft(word(tell.languages, partner.language))}
        sandbox=""
        srcDoc={sheet}
      />
    </figure>
  );
}
