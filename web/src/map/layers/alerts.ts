// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { isNew, onMap } from "../../alerts/alert_log";
import { circleRing } from "../../geometry/plane";
import type { AlertView } from "../../wire.gen";
import { alerts as words } from "../../wording/exchange";
import { alertImage } from "../alert_symbols";
import { addSource, point, polygons, renew } from "../geojson";
import { palette } from "../palette";
import { label } from "../style";

export function addAlerts(map: MapLibreMap): void {
  addSource(map, "alert-around");
  addSource(map, "alerts");
  map.addLayer({
    id: "alert-around",
    type: "line",
    source: "alert-around",
    paint: { "line-color": palette.alert, "line-width": 1.4, "line-dasharray": [2, 2] },
  });
  map.addLayer({
    id: "alerts",
    type: "symbol",
    source: "alerts",
    ...label(
      {
        "icon-image": ["get", "image"],
        "icon-anchor": "bottom", // the bubble's tip points to the place
        "icon-allow-overlap": true,
        "text-field": ["get", "words"],
        "text-anchor": "top",
        "text-offset": [0, 0.3],
        "text-max-width": 16,
        "text-optional": true,
      },
      palette.alert,
    ),
  });
}

/** Those that hold, and the chosen one whatever became of it. */
export function showAlerts(
  map: MapLibreMap,
  alerts: readonly AlertView[],
  seen_ms: number,
  selected: number | null,
  now_ms: number,
): void {
  const holding = new Set(onMap(alerts, now_ms).map((alert) => alert.id));
  const shown = alerts.flatMap((alert) =>
    alert.at && (holding.has(alert.id) || alert.id === selected)
      ? [{ ...alert, at: alert.at }]
      : [],
  );
  renew(
    map,
    "alerts",
    shown.map((alert) => {
      const status = words.statuses[alert.status];
      const said = alert.headline || alert.event || words.untitled;
      return point(alert.at, {
        id: alert.id,
        words: `${status ? `${status}: ` : ""}${said}\n${alert.partner}`,
        image: alertImage(isNew(alert, seen_ms)),
      });
    }),
  );
  renew(
    map,
    "alert-around",
    shown.map(({ at, radius_m }) => polygons([[circleRing(at, radius_m ?? 0)]])),
  );
}
