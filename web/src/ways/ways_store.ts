// SPDX-License-Identifier: Apache-2.0
import { fetchWays } from "../feed/exchange_api";
import { createPolled } from "../feed/polled";

export const waysStore = createPolled(fetchWays, 5_000);
