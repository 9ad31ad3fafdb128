// SPDX-License-Identifier: Apache-2.0
import "maplibre-gl/dist/maplibre-gl.css";
import { Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { shownOf } from "../coverage/what_if";
import { homeSideStore } from "../feed/home_side";
import { tracksDrawn } from "../feed/latency";
import {
  healthStore,
  incidentsStore,
  ledgerStore,
  predictionStore,
  tracksStore,
  whatIfAnswerStore,
} from "../feed/stores";
import { crosserStore, selectedIncidentStore, selectedTrackStore } from "../selection";
import type { SiteView, TracksMessage } from "../wire.gen";
import { addCameraSymbols } from "./camera_symbols";
import { addControls, followCursor, setTerrain3d, showWholeBorder } from "./controls";
import { addBorder, showSides } from "./layers/border";
import { addCameras, addFootprints, showCameraHealth } from "./layers/cameras";
import { addCoverage, showCoverage } from "./layers/coverage";
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
    addZones(map, site.zones);
    addFootprints(map, site.cameras);
    addBarriers(map, site.barriers);
    addCoverage(map);
    addBorder(map, site.border);
    addIncidents(map);
    addCameras(map, site.cameras);
    const tracks = createTrackOverlay(map);
    undo.push(...followStores(map, tracks, site), tracks.remove);
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

function followStores(map: MapLibreMap, overlay: TrackOverlay, site: SiteView): (() => void)[] {
  const follow = (stores: { subscribe(listener: () => void): () => void }[], show: () => void) => {
    const frame = perFrame(show);
    const stops = stores.map((store) => store.subscribe(frame.ask));
    show();
    return () => {
      frame.stop();
      for (const stop of stops) stop();
    };
  };
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
    selectedIncidentStore.subscribe(() => {
      const incident = incidentsStore.get().find((i) => i.id === selectedIncidentStore.get());
      if (incident) map.flyTo({ center: incident.at, zoom: Math.max(map.getZoom(), 13.5) });
    }),
  ];
}
