// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { allegiances, colourOf, outlineOf, shapeSize } from "../forces/force_shape";
import { palette } from "./palette";

export function forceImage(allegiance: string, role: string, old: boolean): string {
  const known = allegiances.includes(allegiance) ? allegiance : "irregular";
  return `force-${known}-${role === "post" ? "post" : "patrol"}-${old ? "old" : "fresh"}`;
}

function drawForce(allegiance: string, role: string, old: boolean): ImageData {
  const context = new OffscreenCanvas(shapeSize, shapeSize).getContext("2d");
  if (!context) throw new Error("This browser has no 2-D canvas.");
  const path = new Path2D(outlineOf(allegiance));
  const colour = colourOf(allegiance, old);
  context.lineJoin = "round";
  context.lineWidth = 10;
  context.strokeStyle = palette.halo;
  context.stroke(path);
  context.fillStyle = role === "post" ? colour : palette.ground;
  context.fill(path);
  context.lineWidth = 5;
  context.strokeStyle = colour;
  context.stroke(path);
  return context.getImageData(0, 0, shapeSize, shapeSize);
}

/** The forces' symbols, drawn here: no sprite is fetched. */
export function addForceSymbols(map: MapLibreMap): void {
  for (const allegiance of allegiances) {
    for (const role of ["patrol", "post"]) {
      for (const old of [false, true]) {
        map.addImage(forceImage(allegiance, role, old), drawForce(allegiance, role, old), {
          pixelRatio: 2,
        });
      }
    }
  }
}
