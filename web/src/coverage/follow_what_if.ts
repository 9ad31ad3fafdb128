// SPDX-License-Identifier: Apache-2.0
import { askWhatIf } from "../feed/api";
import { createStore } from "../feed/store";
import { whatIfAnswerStore } from "../feed/stores";
import { whatIfStore } from "../selection";
import type { WhatIfRequest } from "../wire.gen";

/** Why the program would not answer; none where it did. */
export const whatIfProblemStore = createStore<string | null>(null);

const asksAnything = (request: WhatIfRequest | null): request is WhatIfRequest =>
  request !== null && (request.without !== "" || request.with !== null);

/**
 * Asks anew whenever the question changes, for as long as the page lives. One question at a time:
 * while a camera is dragged, those that came while another was on its way are left out, but the last.
 */
export function followWhatIf(ask = askWhatIf): void {
  let asking = false;
  const follow = async () => {
    if (asking) return;
    asking = true;
    let asked: WhatIfRequest | null | undefined;
    while (asked !== whatIfStore.get()) {
      asked = whatIfStore.get();
      if (!asksAnything(asked)) {
        whatIfAnswerStore.set(null);
        whatIfProblemStore.set(null);
        continue;
      }
      try {
        const answer = await ask(asked);
        if (!asksAnything(whatIfStore.get())) continue;
        whatIfAnswerStore.set(answer);
        whatIfProblemStore.set(null);
      } catch (error) {
        whatIfProblemStore.set(error instanceof Error ? error.message : String(error));
      }
    }
    asking = false;
  };
  whatIfStore.subscribe(() => void follow());
}
