// SPDX-License-Identifier: Apache-2.0
import "maplibre-gl/dist/maplibre-gl.css";
import { LngLatBounds, Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { alertsStore, seenStore } from "../alerts/alert_stores";
import { shownOf } from "../coverage/what_if";
import { homeSideStore } from "../feed/home_side";
import { tracksDrawn } from "../feed/latency";
import type { Store } from "../feed/store";
import {
  healthStore,
  incidentsStore,
  ledgerStore,
  predictionStore,
  tracksStore,
  whatIfAnswerStore,
} from "../feed/stores";
import { forcesStore } from "../forces/force_store";
import { reach_m } from "../forces/force_words";
import { circleRing } from "../geometry/plane";
import {
  crosserStore,
  selectedAlertStore,
  selectedForceStore,
  selectedIncidentStore,
  selectedTrackStore,
} from "../selection";
import { may, meStore, seesAll } from "../session/session";
import type { LngLat, SiteView, TracksMessage } from "../wire.gen";
import { addAlertSymbols } from "./alert_symbols";
import { addCameraSymbols } from "./camera_symbols";
import { addControls, followCursor, setTerrain3d, showWholeBorder } from "./controls";
import { addForceSymbols } from "./force_symbols";
import { addAlerts, showAlerts } from "./layers/alerts";
import { addBorder, showSides } from "./layers/border";
import { addCameras, addFootprints, showCameraHealth } from "./layers/cameras";
import { addCoverage, showCoverage } from "./layers/coverage";
import { addForces, showForces } from "./layers/forces";
import { addIncidents, showIncidents } from "./layers/incidents";
import { addBarriers, addZones } from "./layers/works";
import { perFrame } from "./per_frame";
import { addRelief, addReliefProtocol } from "./relief/relief";
import { selectOnClick } from "./select_on_click";
import { groundStyle } from "./style";
import { groupMark } from "./tracks/group_marks";
import { pathMark } from "./tracks/path_mark";
import { trackMark } from "./tracks/track_marks";
import { createTrackOverlay, type TrackOverlay } from "./tracks/track_overlay";
import { addWhatIfMark } from "./what_if_mark";

setWorkerUrl(workerUrl);
addReliefProtocol();

/** The zoom at which a single place and what is around it are seen well. */
const nearest = 13.5;

export interface OperationsMap {
  showWholeBorder(): void;
  setTerrain3d(on: boolean): void;
  destroy(): void;
}

export function webglMissing(): boolean {
  return !document.createElement("canvas").getContext("webgl2");
}

/** The map of one site. It follows the stores by itself; React only gives it its place. */
export function createOperationsMap(
  container: HTMLElement,
  readout: HTMLElement,
  site: SiteView,
): OperationsMap {
  const map = new MapLibreMap({
    container,
    style: groundStyle(),
    attributionControl: false,
    maxPitch: 70, // no sky: a track behind the eye would be drawn in it
    minZoom: 5,
    maxZoom: 18,
    fadeDuration: 0, // labels must not lag behind what they name
  });
  const undo: (() => void)[] = [];
  map.on("error", ({ error }) => {
    // Where there is no elevation the server says so; the map stays dark there.
    if (!("status" in error && error.status === 404)) console.error(error);
  });
  map.on("load", () => {
    addCameraSymbols(map);
    addForceSymbols(map);
    addAlertSymbols(map);
    addZones(map, site.zones);
    addFootprints(map, site.cameras);
    addBarriers(map, site.barriers);
    addCoverage(map);
    addBorder(map, site.border);
    addIncidents(map);
    addCameras(map, site.cameras);
    addForces(map);
    addAlerts(map);
    const tracks = createTrackOverlay(map);
    undo.push(...followStores(map, tracks, site), ...followOthers(map), tracks.remove);
    selectOnClick(map, tracks.trackAt);
    undo.push(addWhatIfMark(map));
    void addRelief(map, site, "zones");
  });
  addControls(map);
  followCursor(map, site, homeSideStore.get, readout);
  showWholeBorder(map, site, false);
  window.__marsad.map = map;
  return {
    showWholeBorder: () => showWholeBorder(map, site),
    setTerrain3d: (on) => setTerrain3d(map, on),
    destroy: () => {
      for (const stop of undo) stop();
      map.remove();
    },
  };
}

/** Shows now, and once a frame when any of the stores has changed. */
function follow(stores: { subscribe(listener: () => void): () => void }[], show: () => void) {
  const frame = perFrame(show);
  const stops = stores.map((store) => store.subscribe(frame.ask));
  show();
  return () => {
    frame.stop();
    for (const stop of stops) stop();
  };
}

function followStores(map: MapLibreMap, overlay: TrackOverlay, site: SiteView): (() => void)[] {
  let drawn: TracksMessage | null = null;
  return [
    follow([tracksStore, homeSideStore, selectedTrackStore, predictionStore], () => {
      const message = tracksStore.get();
      if (!message) return;
      const home = homeSideStore.get();
      const selected = selectedTrackStore.get();
      const prediction = predictionStore.get();
      overlay.show(
        {
          marks: message.tracks.map((track) => trackMark(track, site.border, home)),
          groups: message.groups.map(groupMark),
          path: prediction?.track === selected && prediction ? pathMark(prediction) : null,
        },
        selected,
      );
      if (message === drawn) return;
      drawn = message;
      // This frame is on the screen once the next one begins.
      requestAnimationFrame(() => tracksDrawn(message.entered_ms));
    }),
    follow([homeSideStore], () => {
      const home = homeSideStore.get();
      if (home) showSides(map, site.border, home);
    }),
    follow([incidentsStore, selectedIncidentStore], () =>
      showIncidents(map, incidentsStore.get(), selectedIncidentStore.get()),
    ),
    follow([ledgerStore, whatIfAnswerStore, crosserStore], () => {
      const shown = shownOf(ledgerStore.get(), whatIfAnswerStore.get());
      showCoverage(map, site.border, shown, crosserStore.get());
    }),
    follow([healthStore], () => showCameraHealth(map, site.cameras, healthStore.get())),
    goTo(map, selectedIncidentStore, (id) => {
      const incident = incidentsStore.get().find((one) => one.id === id);
      return incident ? { at: incident.at, around_m: 0 } : null;
    }),
  ];
}

/** What comes in from others, as far as the person may see it; what they may not isn't asked for. */
function followOthers(map: MapLibreMap): (() => void)[] {
  const stops: (() => void)[] = [];
  if (seesAll(meStore.get())) {
    const heard = () => forcesStore.get()?.list ?? [];
    const show = () => showForces(map, forcesStore.get(), selectedForceStore.get(), Date.now());
    // They grow old on the map also while the program tells nothing new.
    const timer = setInterval(show, 30_000);
    stops.push(
      follow([forcesStore, selectedForceStore], show),
      () => clearInterval(timer),
      goTo(map, selectedForceStore, (name) => {
        const force = heard().find((one) => one.name === name);
        return force ? { at: force.at, around_m: reach_m(force) } : null;
      }),
    );
  }
  if (may("see_notices")) {
    const all = () => alertsStore.get() ?? [];
    stops.push(
      follow([alertsStore, seenStore, selectedAlertStore], () =>
        showAlerts(map, all(), seenStore.get(), selectedAlertStore.get(), Date.now()),
      ),
      goTo(map, selectedAlertStore, (id) => {
        const alert = all().find((one) => one.id === id);
        return alert?.at ? { at: alert.at, around_m: alert.radius_m ?? 0 } : null;
      }),
    );
  }
  return stops;
}

interface Ground {
  at: LngLat;
  around_m: number;
}

/** What is chosen is flown to, as near as all the ground around it allows. */
function goTo<T>(
  map: MapLibreMap,
  chosen: Store<T | null>,
  groundOf: (chosen: T) => Ground | null,
): () => void {
  return chosen.subscribe(() => {
    const one = chosen.get();
    const ground = one === null ? null : groundOf(one);
    if (!ground) return;
    const bounds = new LngLatBounds();
    for (const at of circleRing(ground.at, ground.around_m)) bounds.extend(at);
    const fit = map.cameraForBounds(bounds, { padding: 40 })?.zoom ?? nearest;
    const zoom = Math.min(fit, Math.max(map.getZoom(), nearest));
    map.flyTo({ center: ground.at, zoom });
  });
}
