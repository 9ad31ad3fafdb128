// SPDX-License-Identifier: Apache-2.0
import { createStore } from "./feed/store";
import type { LngLat, WhatIfRequest } from "./wire.gen";

/** What the person looks at: at most one incident, one track, one camera and so on. */
export const selectedIncidentStore = createStore<number | null>(null);
export const selectedTrackStore = createStore<number | null>(null);
export const selectedCameraStore = createStore<string | null>(null);
/** By its name. */
export const selectedForceStore = createStore<string | null>(null);
export const selectedAlertStore = createStore<number | null>(null);

/** Where the person pointed on the map, while a form asks for a place; null while none does. */
export const placeAskedStore = createStore<{ at: LngLat | null } | null>(null);

/** The kind of crosser for which the map shows how likely one is found. */
export const crosserStore = createStore("person");

/** Cameras dropped and put on paper, while the person asks what that would change. */
export const whatIfStore = createStore<WhatIfRequest | null>(null);
