// SPDX-License-Identifier: Apache-2.0
import type { ChannelView, NoticeStateView } from "../wire.gen";
import { ways as words } from "../wording/exchange";
import { word } from "../wording/strings";

export const isDown = (way: ChannelView) => way.state === "down";

/** Dead ones first, then the ways out, then those in. */
export function sorted(ways: readonly ChannelView[]): ChannelView[] {
  const rank = (way: ChannelView) => (isDown(way) ? 0 : way.listens ? 2 : 1);
  return [...ways].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** Notices that go by this hop first, and that neither it nor a server on the way has yet. */
export function waitingFor(hop: string, notices: readonly NoticeStateView[]): number {
  return notices.filter(
    ({ hops, state, steps }) =>
      hops[0] === hop &&
      state !== "withdrawn" &&
      state !== "received" &&
      !steps.some((step) => step.hop === hop && ["receipt", "handed"].includes(step.step)),
  ).length;
}

/** "far off 3, stale 12": what a way in did not take, and why. */
export function refusedWords(way: ChannelView): string {
  return way.refused
    .map(({ reason, count }) => `${word(words.refusals, reason)} ${count}`)
    .join(", ");
}
