// SPDX-License-Identifier: Apache-2.0
import "maplibre-gl/dist/maplibre-gl.css";
import { Map as MapLibreMap, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { homeSideStore } from "../feed/home_side";
import { tracksDrawn } from "../feed/latency";
import { healthStore, incidentsStore, tracksStore } from "../feed/stores";
import { selectedCameraStore, selectedIncidentStore, selectedTrackStore } from "../selection";
import type { SiteView } from "../wire.gen";
import { addControls, followCursor, setTerrain3d, showWholeBorder } from "./controls";
import { addBorder, showSides } from "./layers/border";
import { addCameras, addFootprints, showCameraHealth } from "./layers/cameras";
import { addIncidents, showIncidents } from "./layers/incidents";
import { addTracks, showTracks, tracksSource } from "./layers/tracks";
import { addBarriers, addZones } from "./layers/works";
import { perFrame } from "./per_frame";
import { addRelief, addReliefProtocol } from "./relief/relief";
import { groundStyle } from "./style";
import { addSymbols } from "./symbols";

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
    maxPitch: 75,
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
    addSymbols(map);
    addZones(map, site.zones);
    addFootprints(map, site.cameras);
    addBarriers(map, site.barriers);
    addBorder(map, site.border);
    addIncidents(map);
    addCameras(map, site.cameras);
    addTracks(map);
    undo.push(...followStores(map, site));
    selectOnClick(map);
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

function followStores(map: MapLibreMap, site: SiteView): (() => void)[] {
  const follow = (stores: { subscribe(listener: () => void): () => void }[], show: () => void) => {
    const frame = perFrame(show);
    const stops = stores.map((store) => store.subscribe(frame.ask));
    show();
    return () => {
      frame.stop();
      for (const stop of stops) stop();
    };
  };
  const tracks = followTracks(map, site);
  return [
    follow([tracksStore, homeSideStore], tracks),
    follow([homeSideStore], () => {
      const home = homeSideStore.get();
      if (home) showSides(map, site.border, home);
    }),
    follow([incidentsStore, selectedIncidentStore], () =>
      showIncidents(map, incidentsStore.get(), selectedIncidentStore.get()),
    ),
    follow([healthStore], () => showCameraHealth(map, site.cameras, healthStore.get())),
    selectedIncidentStore.subscribe(() => {
      const incident = incidentsStore.get().find((i) => i.id === selectedIncidentStore.get());
      if (incident) map.flyTo({ center: incident.at, zoom: Math.max(map.getZoom(), 13.5) });
    }),
  ];
}

// One message at a time: the next is taken when the last has been drawn, and then the newest.
function followTracks(map: MapLibreMap, site: SiteView): () => void {
  let busy = false;
  let again = false;
  const show = () => {
    const message = tracksStore.get();
    if (!message) return;
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    const shown = showTracks(map, message.tracks, site.border, homeSideStore.get());
    void shown.then(() => {
      const drawn = () => {
        if (!map.isSourceLoaded(tracksSource)) return;
        map.off("render", drawn);
        tracksDrawn(message.entered_ms);
        busy = false;
        if (again) {
          again = false;
          show();
        }
      };
      map.on("render", drawn);
      if (map.isSourceLoaded(tracksSource)) map.triggerRepaint();
    });
  };
  return show;
}

function selectOnClick(map: MapLibreMap): void {
  const choose: Record<string, (id: unknown) => void> = {
    incidents: (id) => typeof id === "number" && selectedIncidentStore.set(id),
    tracks: (id) => typeof id === "number" && selectedTrackStore.set(id),
    cameras: (id) => typeof id === "string" && selectedCameraStore.set(id),
  };
  for (const [layer, select] of Object.entries(choose)) {
    map.on("click", layer, ({ features }) => select(features?.[0]?.properties["id"]));
    map.on("mouseenter", layer, () => {
      map.getCanvas().style.cursor = "pointer";
    });
    map.on("mouseleave", layer, () => {
      map.getCanvas().style.cursor = "";
    });
  }
}
