// SPDX-License-Identifier: Apache-2.0
import { useStore } from "../feed/store";
import { show } from "../screens";
import { ways as words } from "../wording/exchange";
import { isDown } from "./way_words";
import { waysStore } from "./ways_store";

/** In the top line, only where something is wrong: how many ways are down, and the way to why. */
export function WayMark() {
  const down = (useStore(waysStore) ?? []).filter(isDown);
  if (down.length === 0) return null;
  return (
    <button
      type="button"
      className="count count-open"
      title={down.map((way) => `${way.name}: ${way.detail}`).join("\n")}
      onClick={() => show("notices")}
    >
      {words.down(down.length)}
    </button>
  );
}
