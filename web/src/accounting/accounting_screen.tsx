// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from "react";
import { Problem } from "../acting/acting";
import { fetchAccounting } from "../feed/exchange_api";
import { siteNow } from "../feed/feed_clock";
import { useStorePart } from "../feed/store";
import { siteStore } from "../feed/stores";
import type { AccountingView } from "../wire.gen";
import { accounting as words } from "../wording/accounting";
import { fixed } from "../wording/format";
import { Figures } from "./figures";
import { isoOf, lastDays, type Period } from "./period";
import { PeriodForm } from "./period_form";
import { DayTable, SensorTable, StretchTable } from "./sums_tables";

const usualStretch_km = 10;

// Isolated: date and time keep their order also within a sentence from right to left.
const minute = (iso: string) => `\u2068${iso.slice(0, 16).replace("T", " ")}\u2069`;

/** What was seen, done and missed between two times, to read and to print. */
export function AccountingScreen() {
  const site = useStorePart(siteStore, (one) => one?.name ?? "");
  const [asked, setAsked] = useState<Period>(() =>
    lastDays(1, siteNow() ?? Date.now(), usualStretch_km),
  );
  const { account, problem, working } = useAccounting(asked);
  return (
    <main className="screen accounting" aria-label={words.title} aria-busy={working}>
      <header>
        <h2>
          {words.title} <span className="dim">{site}</span>
        </h2>
        <button type="button" disabled={!account} onClick={() => window.print()}>
          {words.print}
        </button>
      </header>
      <PeriodForm asked={asked} ask={setAsked} />
      <Problem problem={problem && words.refused(problem)} />
      {working && <p role="status">{words.working}</p>}
      {account && (
        <div className="account">
          <p>
            {words.about(minute(account.from), minute(account.to), fixed(account.length_km))}{" "}
            {account.simulated && <span className="tag tag-simulated">{words.simulated}</span>}
          </p>
          <Figures account={account} />
          <DayTable account={account} />
          <StretchTable account={account} />
          <SensorTable account={account} />
        </div>
      )}
    </main>
  );
}

/** What was asked for last; nothing of another time stands below the form while it is added up. */
function useAccounting(asked: Period) {
  const [account, setAccount] = useState<AccountingView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const from = isoOf(asked.from);
    const to = isoOf(asked.to);
    if (!from || !to) return;
    const stop = new AbortController();
    setAccount(null);
    setProblem(null);
    fetchAccounting(from, to, asked.stretch_km, stop.signal)
      .then(setAccount)
      .catch((error) => {
        if (!stop.signal.aborted)
          setProblem(error instanceof Error ? error.message : String(error));
      });
    return () => stop.abort();
  }, [asked]);
  return { account, problem, working: !account && !problem };
}
