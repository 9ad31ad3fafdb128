// SPDX-License-Identifier: Apache-2.0
import type { Run } from "./runs";

const blind = [255, 90, 79] as const;
const nearly = [255, 182, 72] as const;
const enoughColour = "#4fc38a";

/** Green where enough are found; else from red, nobody, to amber, nearly enough. */
export function foundColour(run: Pick<Run, "found" | "dark">, enough: number): string {
  if (!run.dark) return enoughColour;
  const share = Math.min(Math.max(run.found / enough, 0), 1);
  const mixed = blind.map((from, i) => Math.round(from + share * ((nearly[i] ?? from) - from)));
  return `rgb(${mixed.join(" ")})`;
}
