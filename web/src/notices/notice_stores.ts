// SPDX-License-Identifier: Apache-2.0
import { createPolled } from "../feed/polled";
import { createStore } from "../feed/store";
import { fetchNotices, fetchPartners, fetchReleases } from "../feed/telling_api";
import type { DisclosureView } from "../wire.gen";

/** Newest first. */
export const noticesStore = createPolled(fetchNotices, 4_000);
/** What waits for another person. */
export const releasesStore = createPolled(fetchReleases, 10_000);
/** Their ways change with the hours at which somebody answers. */
export const partnersStore = createPolled(fetchPartners, 30_000);

/** Of whom somebody is about to be told, and whom; none: nobody is. */
export interface Telling {
  incident: number;
  partner: string | null;
}
export const tellingStore = createStore<Telling | null>(null);

/** What each partner may be told, or why that can't be asked. */
export type Disclosures = Record<string, DisclosureView | Error>;
