// SPDX-License-Identifier: Apache-2.0
import { useStore, useStorePart } from "../feed/store";
import { ledgerStore, siteStore } from "../feed/stores";
import { crosserStore } from "../selection";
import type { FoundView, LedgerMessage } from "../wire.gen";
import { fixed, percent } from "../wording/format";
import { text, word } from "../wording/strings";
import { foundColour } from "./colour";
import { markEvery, runsOf } from "./runs";

const mostMarks = 24;

/** The border laid out straight: how likely one who crosses now is found, a row a kind. */
export function CoverageStrip() {
  const ledger = useStore(ledgerStore);
  const length_km = useStorePart(siteStore, (site) => site?.border.length_km ?? 0);
  if (!ledger || length_km === 0) return null;
  return (
    <section className="coverage" aria-label={text.coverage.title}>
      {ledger.ready ? (
        <>
          {ledger.kinds.map((kind) => (
            <Row key={kind.who} kind={kind} ledger={ledger} length_km={length_km} />
          ))}
          <Kilometres length_km={length_km} />
        </>
      ) : (
        <p className="dim">
          {ledger.trouble ? text.coverage.trouble(ledger.trouble) : text.coverage.working}
        </p>
      )}
    </section>
  );
}

interface RowProperties {
  kind: FoundView;
  ledger: LedgerMessage;
  length_km: number;
}

function Row({ kind: { who, found }, ledger, length_km }: RowProperties) {
  const chosen = useStore(crosserStore) === who;
  const runs = runsOf(found, ledger.stretch_km, ledger.enough);
  return (
    <>
      <button
        type="button"
        aria-pressed={chosen}
        title={text.coverage.choose}
        onClick={() => crosserStore.set(who)}
      >
        {word(text.coverage.crossers, who)}
      </button>
      <svg
        viewBox={`0 0 ${length_km} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label={word(text.coverage.crossers, who)}
        data-who={who}
      >
        {runs.map((run) => (
          <rect
            key={run.from_km}
            x={run.from_km}
            width={run.to_km - run.from_km}
            height={1}
            fill={foundColour(run, ledger.enough)}
            data-dark={run.dark}
          >
            <title>
              {text.coverage.found(
                fixed(run.from_km, 1),
                fixed(run.to_km, 1),
                word(text.coverage.crossers, who),
                percent(run.found),
              )}
            </title>
          </rect>
        ))}
      </svg>
    </>
  );
}

function Kilometres({ length_km }: { length_km: number }) {
  const every = markEvery(length_km, mostMarks);
  const marks = Array.from({ length: Math.floor(length_km / every) + 1 }, (_, i) => i * every);
  return (
    <div className="coverage-marks" aria-hidden="true">
      {marks.map((km) => (
        <span key={km} style={{ insetInlineStart: `${(100 * km) / length_km}%` }}>
          {km}
        </span>
      ))}
    </div>
  );
}
