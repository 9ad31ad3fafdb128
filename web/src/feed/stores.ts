// SPDX-License-Identifier: Apache-2.0
import type {
  HealthMessage,
  IncidentView,
  LedgerMessage,
  PredictionView,
  SiteView,
  TracksMessage,
  WhatIfView,
} from "../wire.gen";
import { createStore } from "./store";

/** How this page stands with the program. */
export type Link =
  | { state: "connecting"; problem: string | null }
  | { state: "live" }
  | { state: "lost"; since_ms: number };

export const siteStore = createStore<SiteView | null>(null);
export const tracksStore = createStore<TracksMessage | null>(null);
/** Of the chosen track; none where none is chosen or it has ended. */
export const predictionStore = createStore<PredictionView | null>(null);
/** Newest first. */
export const incidentsStore = createStore<readonly IncidentView[]>([]);
export const healthStore = createStore<HealthMessage | null>(null);
/** Which kilometre nobody watches now. */
export const ledgerStore = createStore<LedgerMessage | null>(null);
/** What the question asked last would change; none while nothing is asked. */
export const whatIfAnswerStore = createStore<WhatIfView | null>(null);
export const linkStore = createStore<Link>({ state: "connecting", problem: null });
