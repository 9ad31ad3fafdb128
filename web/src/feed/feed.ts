// SPDX-License-Identifier: Apache-2.0

import { watchAddress } from "../screens";
import { fetchMe, may, meStore } from "../session/session";
import type { HealthMessage, IncidentMessage, LedgerMessage, TracksMessage } from "../wire.gen";
import { fetchIncidents, fetchLedger, fetchSite, sessionEndedStore } from "./api";
import { createBackoff, sleep } from "./backoff";
import { feedTold, startClock } from "./feed_clock";
import { merge } from "./incident_log";
import { keepSocket, liveUrl } from "./socket";
import {
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

/** Asks until there is an answer. */
async function untilKnown<T>(fetchIt: () => Promise<T>): Promise<T> {
  const backoff = createBackoff(500, 5_000);
  for (;;) {
    try {
      return await fetchIt();
    } catch (error) {
      linkStore.set({ state: "connecting", problem: problemOf(error) });
      await sleep(backoff.next());
    }
  }
}

/** What was missed while away: the socket tells only what is new. */
async function catchUp(): Promise<void> {
  try {
    const [site, incidents] = await Promise.all([fetchSite(), fetchIncidents()]);
    // The program may have come back with another site; the same one must not redraw the map.
    if (JSON.stringify(site) !== JSON.stringify(siteStore.get())) siteStore.set(site);
    incidentsStore.set(merge(incidentsStore.get(), incidents));
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

// The program may have ended the feed because the session ended or its rights changed.
async function askWhy(): Promise<void> {
  if (sessionEndedStore.get()) return;
  const me = await fetchMe().catch(() => null);
  if (me && JSON.stringify(me) !== JSON.stringify(meStore.get())) window.location.reload();
}

function lost(): void {
  if (linkStore.get().state !== "lost") linkStore.set({ state: "lost", since_ms: Date.now() });
  void askWhy();
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

/** Fills the stores with what the person may see, from now on and for good. */
export async function startFeed(): Promise<void> {
  startClock();
  meStore.set(await untilKnown(fetchMe));
  watchAddress();
  if (!may("map")) return;
  siteStore.set(await untilKnown(fetchSite));
  if (!may("watch")) return may("see_ledger") ? followLedger() : undefined;
  keepSocket(liveUrl(window.location), {
    opened: () => {
      linkStore.set({ state: "live" });
      void catchUp();
    },
    message: take,
    closed: lost,
  });
}
