// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import { healthColour, palette } from "./palette";

const size = 56; // drawn at twice its shown size
const middle = size / 2;

export function cameraImage(state: string): string {
  return `camera-${state in healthColour ? state : "starting"}`;
}

function drawCamera(state: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser has no 2-D canvas.");
  context.lineJoin = "round";
  const path = new Path2D();
  path.moveTo(middle, 8);
  path.lineTo(44, 46);
  path.lineTo(middle, 38);
  path.lineTo(12, 46);
  path.closePath();
  context.lineWidth = 6;
  context.strokeStyle = palette.halo;
  context.stroke(path);
  context.fillStyle = palette.camera;
  context.fill(path);
  context.beginPath();
  context.arc(middle, 30, 7, 0, 2 * Math.PI);
  context.fillStyle = healthColour[state] ?? palette.labelDim;
  context.fill();
  context.lineWidth = 3;
  context.stroke();
  return context.getImageData(0, 0, size, size);
}

/** The cameras' symbols, drawn here: no sprite is fetched. They look up, to be turned. */
export function addCameraSymbols(map: MapLibreMap): void {
  for (const state of Object.keys(healthColour)) {
    map.addImage(cameraImage(state), drawCamera(state), { pixelRatio: 2 });
  }
}
