// SPDX-License-Identifier: Apache-2.0
import { type Map as MapLibreMap, Marker } from "maplibre-gl";
import { movedTo } from "../coverage/what_if";
import { whatIfStore } from "../selection";

/** The camera on paper: dragged, or put where the map is clicked. Gives what takes it away. */
export function addWhatIfMark(map: MapLibreMap): () => void {
  const element = document.createElement("div");
  element.className = "what-if-mark";
  const mark = new Marker({ element, draggable: true });
  let shown = false;
  const put = ({ lng, lat }: { lng: number; lat: number }) => {
    const asked = whatIfStore.get();
    if (asked) whatIfStore.set(movedTo(asked, [lng, lat]));
  };
  const show = () => {
    const at = whatIfStore.get()?.with;
    if (at) mark.setLngLat([at.lon_deg, at.lat_deg]);
    if (at && !shown) mark.addTo(map);
    if (!at && shown) mark.remove();
    shown = Boolean(at);
  };
  mark.on("drag", () => put(mark.getLngLat()));
  const click = map.on("click", ({ lngLat }) => put(lngLat));
  const stop = whatIfStore.subscribe(show);
  show();
  return () => {
    stop();
    click.unsubscribe();
    mark.remove();
  };
}
