// SPDX-License-Identifier: Apache-2.0
import { countOpen } from "../feed/incident_log";
import { incidentsStore, siteStore } from "../feed/stores";
import { text } from "../wording/strings";
import { play } from "./sound";

/** The window's title counts open incidents, and a new one may be heard. */
export function announceIncidents(): void {
  let newest = 0;
  const tell = () => {
    const incidents = incidentsStore.get();
    const open = countOpen(incidents);
    const name = siteStore.get()?.name;
    document.title = [open > 0 ? `(${open})` : "", text.product, name ? `· ${name}` : ""]
      .filter(Boolean)
      .join(" ");
    const last = Math.max(newest, ...incidents.map((incident) => incident.id));
    // Those already there when the page opens are seen, not heard.
    if (last > newest && newest > 0) play();
    newest = last;
  };
  incidentsStore.subscribe(tell);
  siteStore.subscribe(tell);
}
