// SPDX-License-Identifier: Apache-2.0
import type { DisclosureView, NoticeStateView, PartnerView } from "../wire.gen";
import { tell, notices as words } from "../wording/telling";

/** When a hop said that it has the notice; none while it has not. */
export function receivedAt(notice: NoticeStateView, hop: string): string | null {
  return notice.steps.find((step) => step.step === "receipt" && step.hop === hop)?.time ?? null;
}

/** The filters of the list: what is not received is what somebody may have to do something about. */
export function isShown(notice: NoticeStateView, filter: string): boolean {
  if (filter === "open") return !["received", "withdrawn"].includes(notice.state);
  return filter === "all" || notice.state === filter;
}

/** "relayed: coalition cell → north", or that it goes to the headquarters, and why. */
export function wayWords(partner: PartnerView): string {
  if (partner.why_headquarters) return words.headquarters(partner.why_headquarters);
  return `${tell.routes[partner.route] ?? partner.route}: ${partner.hops.join(" → ")}`;
}

/** How it stands with telling a partner, in a few words. */
export function standing(disclosure: DisclosureView | Error | undefined): string {
  if (!disclosure) return tell.notAsked;
  if (disclosure instanceof Error) return tell.mayNot(disclosure.message);
  if (disclosure.withheld !== null) return tell.mayNot(disclosure.withheld);
  if (disclosure.released_by.length > 0) return tell.releasedBy(disclosure.released_by.join(", "));
  return tell.may;
}
