// SPDX-License-Identifier: Apache-2.0
import type { HealthMessage, IncidentMessage, LedgerMessage, TracksMessage } from "../wire.gen";
import { fetchAccount, fetchHealth, fetchIncidents, fetchLedger, fetchSite } from "./api";
import { createBackoff, sleep } from "./backoff";
import { feedTold, startClock } from "./feed_clock";
import { merge } from "./incident_log";
import { keepSocket, liveUrl } from "./socket";
import {
  accountStore,
  healthStore,
  incidentsStore,
  ledgerStore,
  linkStore,
  siteStore,
  tracksStore,
} from "./stores";

const ledgerEvery_ms = 2_000;

function problemOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function untilSiteKnown(): Promise<void> {
  const backoff = createBackoff(500, 5_000);
  for (;;) {
    try {
      const [site, account] = await Promise.all([fetchSite(), fetchAccount()]);
      accountStore.set(account);
      siteStore.set(site);
      return;
    } catch (error) {
      linkStore.set({ state: "connecting", problem: problemOf(error) });
      await sleep(backoff.next());
    }
  }
}

/** What was missed while away: the socket tells only what is new. */
async function catchUp(): Promise<void> {
  try {
    const [site, incidents, health] = await Promise.all([
      fetchSite(),
      fetchIncidents(),
      fetchHealth(),
    ]);
    // The program may have come back with another site; the same one must not redraw the map.
    if (JSON.stringify(site) !== JSON.stringify(siteStore.get())) siteStore.set(site);
    incidentsStore.set(merge(incidentsStore.get(), incidents));
    takeHealth(health);
  } catch (error) {
    console.error("The incidents could not be fetched.", error);
    await sleep(2_000);
    if (linkStore.get().state === "live") await catchUp();
  }
}

// The program's own clock stands in until tracks tell the time of what is seen.
function takeHealth(health: HealthMessage): void {
  if (!tracksStore.get()) feedTold(health.time);
  healthStore.set(health);
}

function take(message: { type?: unknown }): void {
  switch (message.type) {
    case "tracks": {
      const tracks = message as TracksMessage;
      feedTold(tracks.time);
      tracksStore.set(tracks);
      break;
    }
    case "incident":
      incidentsStore.set(merge(incidentsStore.get(), [(message as IncidentMessage).incident]));
      break;
    case "health":
      takeHealth(message as HealthMessage);
      break;
    case "ledger":
      ledgerStore.set(message as LedgerMessage);
      break;
  }
}

function lost(): void {
  if (linkStore.get().state !== "lost") linkStore.set({ state: "lost", since_ms: Date.now() });
}

/** A planner may see the ledger but not the live feed, in which tracks and incidents are. */
async function followLedger(): Promise<void> {
  for (;;) {
    try {
      ledgerStore.set(await fetchLedger());
      linkStore.set({ state: "live" });
    } catch (error) {
      console.error("The ledger could not be fetched.", error);
      lost();
    }
    await sleep(ledgerEvery_ms);
  }
}

/** Fills the stores, from now on and for good. */
export async function startFeed(): Promise<void> {
  startClock();
  await untilSiteKnown();
  if (accountStore.get()?.role === "planner") return followLedger();
  keepSocket(liveUrl(window.location), {
    opened: () => {
      linkStore.set({ state: "live" });
      void catchUp();
    },
    message: take,
    closed: lost,
  });
}
