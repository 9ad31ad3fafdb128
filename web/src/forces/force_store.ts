// SPDX-License-Identifier: Apache-2.0
import { fetchForces } from "../feed/exchange_api";
import { createPolled } from "../feed/polled";
import type { HeardForces } from "./force_words";

export const forcesStore = createPolled<HeardForces>(
  async () => ({ list: await fetchForces(), told_ms: Date.now() }),
  5_000,
);
