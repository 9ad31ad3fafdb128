// SPDX-License-Identifier: Apache-2.0
import { incidentsStore, tracksStore } from "./stores";

const most = 10_000;

declare global {
  interface Window {
    /** For the bench and the end-to-end tests; nothing in the page reads it. */
    __marsad: {
      /** Milliseconds from a frame's entry into Marsad to its tracks being drawn here. */
      latencies: number[];
      readonly tracks: ReturnType<typeof tracksStore.get>;
      readonly incidents: ReturnType<typeof incidentsStore.get>;
      map: unknown;
    };
  }
}

export function exposeToTests(): void {
  window.__marsad = {
    latencies: [],
    get tracks() {
      return tracksStore.get();
    },
    get incidents() {
      return incidentsStore.get();
    },
    map: null,
  };
}

export function tracksDrawn(entered_ms: number): void {
  const { latencies } = window.__marsad;
  latencies.push(Date.now() - entered_ms);
  if (latencies.length > most) latencies.shift();
}
