// SPDX-License-Identifier: Apache-2.0
import { useStore, useStorePart } from "../feed/store";
import { ledgerStore, siteStore, whatIfAnswerStore } from "../feed/stores";
import { crosserStore } from "../selection";
import type { FoundView, HeldView } from "../wire.gen";
import { fixed, percent } from "../wording/format";
import { text, word } from "../wording/strings";
import { foundColour } from "./colour";
import { holderColour, holderName, holderSentence } from "./holders";
import { markEvery, runsOf } from "./runs";
import { type Shown, shownOf } from "./what_if";

const mostMarks = 24;

/** The border laid out straight: how likely one who crosses now is found, a row a kind. */
export function CoverageStrip() {
  const ledger = useStore(ledgerStore);
  const whatIf = useStore(whatIfAnswerStore);
  const length_km = useStorePart(siteStore, (site) => site?.border.length_km ?? 0);
  const shown = shownOf(ledger, whatIf);
  if (!ledger || !shown || length_km === 0) return null;
  return (
    <section className="coverage" aria-label={text.coverage.title} data-what-if={whatIf !== null}>
      {ledger.ready ? (
        <>
          {shown.kinds.map((kind) => (
            <Row key={kind.who} kind={kind} of={shown} length_km={length_km} />
          ))}
          {["far", "home"].map((side) => (
            <Holders key={side} held={ledger.held} side={side} length_km={length_km} />
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
  of: Shown;
  length_km: number;
}

function Row({ kind: { who, found }, of, length_km }: RowProperties) {
  const chosen = useStore(crosserStore) === who;
  const runs = runsOf(found, of.stretch_km, of.enough);
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
            fill={foundColour(run, of.enough)}
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

interface HoldersProperties {
  held: readonly HeldView[];
  side: string;
  length_km: number;
}

/** Who holds one side of the line now; no row where nobody ever told. */
function Holders({ held, side, length_km }: HoldersProperties) {
  const pieces = held.filter((piece) => piece.side === side);
  if (pieces.length === 0) return null;
  const name = text.coverage.held(word(text.coverage.sides, side));
  return (
    <>
      <span className="coverage-side">{name}</span>
      <div className="coverage-held" role="img" aria-label={name} data-side={side}>
        {pieces.map((piece) => (
          <span
            key={piece.from_km}
            title={holderSentence(piece)}
            data-holding={piece.holding}
            style={{
              insetInlineStart: `${(100 * piece.from_km) / length_km}%`,
              inlineSize: `${(100 * (piece.to_km - piece.from_km)) / length_km}%`,
              background: holderColour(held, piece),
            }}
          >
            {holderName(piece)}
          </span>
        ))}
      </div>
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
