// SPDX-License-Identifier: Apache-2.0
import { healthColour } from "../map/palette";

export function HealthDot({ state }: { state: string }) {
  return <span className="dot" style={{ background: healthColour[state] ?? "#8fa3b8" }} />;
}
