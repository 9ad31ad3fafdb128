// SPDX-License-Identifier: Apache-2.0
import type {
  CameraView,
  FoundView,
  LedgerMessage,
  LngLat,
  WhatIfRequest,
  WhatIfView,
} from "../wire.gen";
import { fixed, percent } from "../wording/format";
import { text, word } from "../wording/strings";

/** What may be done on paper with a camera. */
export type Deed = "move" | "drop" | "add";
export const deeds: readonly Deed[] = ["move", "drop", "add"];

/** The question before the person has said more than which camera and what of it. */
export function beginning(deed: Deed, camera: CameraView): WhatIfRequest {
  const { id, at, height_above_ground_m, azimuth_deg, elevation_deg, horizontal_fov_deg } = camera;
  const [lon_deg, lat_deg] = at;
  const same = { height_above_ground_m, azimuth_deg, elevation_deg, horizontal_fov_deg };
  return {
    without: deed === "add" ? "" : id,
    with: deed === "drop" ? null : { like: id, lon_deg, lat_deg, ...same, sweep_deg: 0 },
  };
}

/** The same question with the camera on paper elsewhere. */
export function movedTo(request: WhatIfRequest, [lon_deg, lat_deg]: LngLat): WhatIfRequest {
  return request.with ? { ...request, with: { ...request.with, lon_deg, lat_deg } } : request;
}

/** What strip and map show: who is found where, now or if things were as asked. */
export interface Shown {
  kinds: readonly FoundView[];
  stretch_km: number;
  enough: number;
}
export function shownOf(ledger: LedgerMessage | null, answer: WhatIfView | null): Shown | null {
  return ledger && answer ? { ...answer, kinds: answer.after } : ledger;
}

/** What of a kind is found on average, and how many kilometres are dark. */
function sumUp(found: readonly number[], { stretch_km, enough }: WhatIfView) {
  const dark_km = stretch_km * found.filter((share) => share < enough).length;
  const mean = found.reduce((sum, share) => sum + share, 0) / Math.max(found.length, 1);
  return { dark_km, mean };
}

/** "person: 12.4 km dark instead of 18.2 km; found with 71 % on average instead of 64 %". */
export function whatIfSentence(answer: WhatIfView, who: string): string {
  const of = (kinds: readonly FoundView[]) =>
    sumUp(kinds.find((kind) => kind.who === who)?.found ?? [], answer);
  const before = of(answer.before);
  const after = of(answer.after);
  return text.coverage.whatIf.sentence(
    word(text.coverage.crossers, who),
    fixed(after.dark_km, 1),
    fixed(before.dark_km, 1),
    percent(after.mean),
    percent(before.mean),
  );
}
