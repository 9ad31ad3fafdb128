// SPDX-License-Identifier: Apache-2.0
import { type Backoff, createBackoff } from "./backoff";

export interface SocketEvents {
  opened(): void;
  /** One JSON message, parsed. */
  message(message: { type?: unknown }): void;
  /** Told at each failure, also when a try to return fails. */
  closed(): void;
}

// Health comes every second or so; a socket this silent is dead, whatever TCP thinks.
const silence_ms = 10_000;

/** Keeps one WebSocket open for as long as the page lives. */
export function keepSocket(url: string, events: SocketEvents, backoff: Backoff = createBackoff()) {
  let socket: WebSocket | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  const heard = () => {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => drop(), silence_ms);
  };

  // Doesn't wait for the closing handshake, which a dead peer never answers.
  const drop = () => {
    clearTimeout(watchdog);
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
    heard();
    socket.onopen = () => events.opened();
    socket.onmessage = (event: MessageEvent<string>) => {
      heard();
      backoff.reset();
      try {
        events.message(JSON.parse(event.data));
      } catch (error) {
        console.error("A message of the live feed could not be used.", error);
      }
    };
    socket.onclose = drop;
  };

  window.addEventListener("online", connect);
  connect();
}

export function liveUrl(location: Location): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/live`;
}
