// SPDX-License-Identifier: Apache-2.0
import { AlertList } from "../alerts/alert_list";
import { useNewAlerts } from "../alerts/alert_mark";
import { countOpen } from "../feed/incident_log";
import { useStore, useStorePart } from "../feed/store";
import { incidentsStore } from "../feed/stores";
import { ForceList } from "../forces/force_list";
import { forcesStore } from "../forces/force_store";
import { IncidentList } from "../incidents/incident_list";
import { meStore } from "../session/session";
import { alerts, side } from "../wording/exchange";
import { text } from "../wording/strings";
import { type List, listsOf, sideStore } from "./side_store";

const panels = { incidents: IncidentList, forces: ForceList, alerts: AlertList };
const badges = { incidents: OpenIncidents, forces: Forces, alerts: NewAlerts };

/** Beside the map: one of the lists that the person may see. */
export function SidePanel() {
  const chosen = useStore(sideStore);
  const lists = listsOf(useStore(meStore));
  const Panel = panels[chosen];
  return (
    <aside className="side" aria-label={side.label}>
      <nav>
        {lists.map((list) => (
          <Tab key={list} list={list} chosen={list === chosen} />
        ))}
      </nav>
      <Panel />
    </aside>
  );
}

function Tab({ list, chosen }: { list: List; chosen: boolean }) {
  const Badge = badges[list];
  return (
    <button type="button" aria-pressed={chosen} onClick={() => sideStore.set(list)}>
      {side.lists[list]} <Badge />
    </button>
  );
}

function OpenIncidents() {
  const open = useStorePart(incidentsStore, countOpen);
  return (
    <span className="badge" data-count={open}>
      {text.header.openIncidents(open)}
    </span>
  );
}

function Forces() {
  const count = useStorePart(forcesStore, (heard) => heard?.list.length ?? 0);
  return <span className="dim">{count > 0 && count}</span>;
}

function NewAlerts() {
  const count = useNewAlerts();
  if (!count) return null;
  return (
    <span className="badge" data-count={count}>
      {alerts.short(count)}
    </span>
  );
}
