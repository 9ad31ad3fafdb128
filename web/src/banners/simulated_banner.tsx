// SPDX-License-Identifier: Apache-2.0
import { useStorePart } from "../feed/store";
import { siteStore } from "../feed/stores";
import { text } from "../wording/strings";

/** A row of its own, so that it can neither be missed nor hide anything. */
export function SimulatedBanner() {
  const simulated = useStorePart(siteStore, (site) => site?.simulated ?? false);
  if (!simulated) return null;
  return (
    <div className="banner banner-simulated" role="note" data-testid="simulated">
      <span>{text.simulated}</span>
    </div>
  );
}
