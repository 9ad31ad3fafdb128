// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from "react";
import { useStore } from "../feed/store";
import { play } from "../incidents/sound";
import { show } from "../screens";
import { sideStore } from "../side/side_store";
import { alerts as words } from "../wording/exchange";
import { isNew } from "./alert_log";
import { alertsStore, seenStore } from "./alert_stores";

/** How many alerts nobody has marked as seen; none where none is known. */
export function useNewAlerts(): number | null {
  const all = useStore(alertsStore);
  const seen_ms = useStore(seenStore);
  return all?.filter((alert) => isNew(alert, seen_ms)).length ?? null;
}

/** In the top line: the way to what was not seen yet. A further one may be heard. */
export function AlertMark() {
  const count = useNewAlerts();
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (count !== null && before.current !== null && count > before.current) play();
    before.current = count;
  }, [count]);
  if (!count) return null;
  return (
    <button
      type="button"
      className="count count-open"
      onClick={() => {
        show("room");
        sideStore.set("alerts");
      }}
    >
      {words.count(count)}
    </button>
  );
}
