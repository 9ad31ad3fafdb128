// SPDX-License-Identifier: Apache-2.0
import type { DarkCauseView, DarkStretchView, LedgerMessage } from "../wire.gen";
import { dated, fixed } from "../wording/format";
import { text, word } from "../wording/strings";

/** "211–214", or "211.2–211.8" where whole kilometres would say nothing. */
export function kilometres({ from_km, to_km }: Pick<DarkStretchView, "from_km" | "to_km">): string {
  const decimals = to_km - from_km < 2 ? 1 : 0;
  return `${fixed(from_km, decimals)}–${fixed(to_km, decimals)}`;
}

function causeWords({ what, id, state, detail }: DarkCauseView): string {
  if (what === "air") return text.coverage.air(detail);
  if (state === "down") return text.coverage.balloonDown(id, detail);
  const name = what === "balloon" ? text.coverage.balloon(id) : text.coverage.camera(id);
  return `${name} ${word(text.health.states, state)}`;
}

/** "km 211–214 dark since 02:10:00: camera T7 frozen, balloon B2 down (wind)". */
export function darkSentence(dark: DarkStretchView, now_ms: number | null): string {
  const since = dated(dark.since ?? "", now_ms);
  return text.coverage.dark(kilometres(dark), since, dark.causes.map(causeWords).join(", "));
}

/** What went dark for a kind of crosser and could be lit again, the newest first. */
export function newlyDark(ledger: LedgerMessage | null, who: string): DarkStretchView[] {
  const dark = ledger?.dark.filter((one) => one.who === who && one.since !== null) ?? [];
  return dark.sort((a, b) => Date.parse(b.since ?? "") - Date.parse(a.since ?? ""));
}
