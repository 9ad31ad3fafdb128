// SPDX-License-Identifier: Apache-2.0
import type { AccountingView, AlertView, ChannelView, ForceRequest, ForceView } from "../wire.gen";
import { get, post } from "./api";

export const fetchForces = () => get<ForceView[]>("/api/forces");
/** Says where a force is, or that it is gone. */
export const tellForce = (request: ForceRequest) => post<ForceView[]>("/api/forces", request);
/** Newest first. */
export const fetchAlerts = () => get<AlertView[]>("/api/alerts");
export const fetchWays = () => get<ChannelView[]>("/api/channels");

/** What was seen, done and missed between two times in ISO 8601. */
export function fetchAccounting(from: string, to: string, stretch_km: number, stop: AbortSignal) {
  const query = new URLSearchParams({ from, to, stretch_km: String(stretch_km) });
  // A year of a long border takes its time.
  return get<AccountingView>(`/api/accounting?${query}`, stop, 60_000);
}
