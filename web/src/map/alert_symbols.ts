// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { palette } from "./palette";

const size = 56; // drawn at twice its shown size

export const alertImage = (unseen: boolean) => `alert-${unseen ? "new" : "seen"}`;

/** A speech bubble with an exclamation mark: somebody else says something of this place. */
function drawAlert(colour: string): ImageData {
  const context = new OffscreenCanvas(size, size).getContext("2d");
  if (!context) throw new Error("This browser has no 2-D canvas.");
  const bubble = new Path2D("M10 8H46V38H34L28 48L22 38H10Z");
  context.lineJoin = "round";
  context.lineWidth = 6;
  context.strokeStyle = palette.halo;
  context.stroke(bubble);
  context.fillStyle = colour;
  context.fill(bubble);
  context.fillStyle = palette.halo;
  context.fillRect(25, 12, 6, 14);
  context.fillRect(25, 29, 6, 6);
  return context.getImageData(0, 0, size, size);
}

export function addAlertSymbols(map: MapLibreMap): void {
  map.addImage(alertImage(true), drawAlert(palette.incident), { pixelRatio: 2 });
  map.addImage(alertImage(false), drawAlert(palette.alert), { pixelRatio: 2 });
}
