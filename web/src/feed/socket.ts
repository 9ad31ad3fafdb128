// SPDX-License-Identifier: Apache-2.0
import { type Backoff, createBackoff } from "./backoff";

export interface SocketEvents {
  opened(): void;
  /** One JSON message, parsed. */
  message(message: { type?: unknown }): void;
  /** Told at each failure, also when a try to return fails. */
  closed(): void;
}

// Health comes every second or so; a socket silent for this many looks, a second apart, is dead,
// whatever TCP thinks. Looks are counted, not seconds: while the page itself is too busy to look,
// messages wait unread and nothing is wrong with the line.
const silentLooks = 10;
const look_ms = 1000;

/** Keeps one WebSocket open for as long as the page lives. */
export function keepSocket(url: string, events: SocketEvents, backoff: Backoff = createBackoff()) {
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silent = 0;

  // Doesn't wait for the closing handshake, which a dead peer never answers.
  const drop = () => {
    if (!socket) return;
    const dead = socket;
    socket = null;
    dead.onopen = dead.onmessage = dead.onclose = null;
    dead.close();
    events.closed();
    retry = setTimeout(connect, backoff.next());
  };

  const connect = () => {
    clearTimeout(retry);
    if (socket) return;
    socket = new WebSocket(url);
    silent = 0;
    socket.onopen = () => events.opened();
    socket.onmessage = (event: MessageEvent<string>) => {
      silent = 0;
      backoff.reset();
      try {
        events.message(JSON.parse(event.data));
      } catch (error) {
        console.error("A message of the live feed could not be used.", error);
      }
    };
    socket.onclose = drop;
  };

  setInterval(() => {
    silent += 1;
    if (silent > silentLooks) drop();
  }, look_ms);
  window.addEventListener("online", connect);
  connect();
}

export function liveUrl(location: Location): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/live`;
}
