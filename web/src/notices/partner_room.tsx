// SPDX-License-Identifier: Apache-2.0

import { Problem, useActing } from "../acting/acting";
import { createPolled } from "../feed/polled";
import { useStore } from "../feed/store";
import { confirmOwn, fetchOwnNotices } from "../feed/telling_api";
import { AccountMenu } from "../session/account_menu";
import type { NoticeStateView } from "../wire.gen";
import { dated } from "../wording/format";
import { text, word } from "../wording/strings";
import { partner, notices as words } from "../wording/telling";
import { ToldFields } from "./told_fields";

const ownStore = createPolled(fetchOwnNotices, 5_000);

/** All that a partner's account sees: what it was told, and saying that it has it. */
export function PartnerRoom() {
  const own = useStore(ownStore);
  const problem = useStore(ownStore.problem);
  return (
    <div className="room">
      <header className="header">
        <h1>
          <span className="product">{text.product}</span>
        </h1>
        <span className="spring" />
        <AccountMenu />
      </header>
      <main className="screen notices">
        <header>
          <h2>{partner.title}</h2>
        </header>
        {problem && <p className="problem">{problem}</p>}
        {own?.length === 0 && <p className="empty">{partner.none}</p>}
        <ul className="notice-list">
          {own?.map((notice) => (
            <OwnNotice key={notice.id} notice={notice} />
          ))}
        </ul>
      </main>
    </div>
  );
}

function OwnNotice({ notice }: { notice: NoticeStateView }) {
  const acting = useActing();
  const confirm = () =>
    acting.send(null, async () => {
      await confirmOwn(notice.id);
      await ownStore.refresh();
    });
  return (
    <li className="notice" data-notice={notice.id} data-state={notice.state}>
      <header>
        <strong>{words.notice(notice.partner, notice.number)}</strong>
        {notice.simulated && <span className="tag tag-simulated">{partner.exercise}</span>}
        <span className="dim">
          {dated(notice.not_before, Date.now())} {text.time.utc}
        </span>
        <span className="tag" data-state={notice.state}>
          {word(words.states, notice.state)}
        </span>
      </header>
      <ToldFields told={notice.told} />
      <Problem {...acting} />
      {notice.state !== "received" && (
        <div className="buttons">
          <button type="button" className="primary" disabled={acting.sending} onClick={confirm}>
            {partner.confirm}
          </button>
        </div>
      )}
    </li>
  );
}
