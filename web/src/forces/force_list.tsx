// SPDX-License-Identifier: Apache-2.0

import { useState } from "react";
import { Problem } from "../acting/acting";
import { homeSideStore } from "../feed/home_side";
import { useStore, useStorePart } from "../feed/store";
import { siteStore } from "../feed/stores";
import { selectedForceStore } from "../selection";
import { useMay } from "../session/session";
import { useInView } from "../side/use_in_view";
import { useNow } from "../side/use_now";
import type { ForceView } from "../wire.gen";
import { side, forces as words } from "../wording/exchange";
import { dated, distance } from "../wording/format";
import { placeWords } from "../wording/place";
import { text } from "../wording/strings";
import { ForceDeeds, ForceForm } from "./force_form";
import { ForceIcon } from "./force_icon";
import { forcesStore } from "./force_store";
import { ageOf, heardWords, isOld, kindOf, reach_m, sorted } from "./force_words";

const mostShown = 300;

/** Patrols and posts: whose, where, and how long ago they were heard of. */
export function ForceList() {
  const heard = useStore(forcesStore);
  const problem = useStore(forcesStore.problem);
  const selected = useStore(selectedForceStore);
  const now_ms = useNow(5_000);
  const tells = useMay("act");
  const [telling, setTelling] = useState(false);
  const all = heard ? sorted(heard, now_ms) : [];
  // The chosen one is in the list, however far down it stands.
  const shown = all.filter((force, i) => i < mostShown || force.name === selected);
  return (
    <section className="side-list" aria-label={side.lists.forces}>
      <Problem problem={problem && words.unknown(problem)} />
      {tells && !telling && (
        <p className="buttons">
          <button type="button" onClick={() => setTelling(true)}>
            {words.tell}
          </button>
        </p>
      )}
      {telling && <ForceForm force={null} close={() => setTelling(false)} />}
      {heard?.list.length === 0 && (
        <p className="empty">
          {words.none}
          <span>{words.noneHint}</span>
        </p>
      )}
      <ul>
        {heard &&
          shown.map((force) => (
            <ForceCard
              key={force.name}
              force={force}
              age_s={ageOf(force, heard.told_ms, now_ms)}
              selected={force.name === selected}
              tells={tells}
            />
          ))}
      </ul>
      {all.length > shown.length && <p className="dim">{side.more(all.length - shown.length)}</p>}
    </section>
  );
}

interface CardProperties {
  force: ForceView;
  age_s: number;
  selected: boolean;
  tells: boolean;
}

function ForceCard({ force, age_s, selected, tells }: CardProperties) {
  const item = useInView(selected);
  const border = useStorePart(siteStore, (site) => site?.border);
  const home = useStore(homeSideStore);
  const old = isOld(force.role, age_s);
  const place = border ? placeWords(border, home, force.at) : [];
  return (
    <li
      ref={item}
      className="card"
      data-force={force.name}
      data-over={old}
      data-selected={selected}
    >
      <button
        type="button"
        className="card-head"
        aria-expanded={selected}
        onClick={() => selectedForceStore.set(selected ? null : force.name)}
      >
        <ForceIcon allegiance={force.allegiance} role={force.role} old={old} />
        <span className="card-words">
          <span className="card-title">
            <strong dir="auto">{force.name}</strong>
            {old && <span className="tag">{words.old}</span>}
          </span>
          <span>{kindOf(force)}</span>
          <span>{place.join(", ")}</span>
          <span className="dim">{heardWords(age_s)}</span>
        </span>
      </button>
      {selected && (
        <div className="details">
          <p>{words.within(distance(reach_m(force)))}</p>
          <p className="dim">
            {dated(force.heard, Date.now())} {text.time.utc} ·{" "}
            {force.source ? words.toldBy(force.source) : words.fromTable}
          </p>
          {tells && <ForceDeeds force={force} />}
        </div>
      )}
    </li>
  );
}
