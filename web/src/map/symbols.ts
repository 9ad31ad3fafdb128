// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Course } from "../geometry/heading";
import { courseColour, healthColour, palette } from "./palette";

const movers = ["person", "vehicle", "animal", "aircraft", "bird", "unknown"] as const;
type Mover = (typeof movers)[number];

const size = 56; // drawn at twice its shown size
const middle = size / 2;

export function moverImage(mover: string, course: Course): string {
  return `mover-${(movers as readonly string[]).includes(mover) ? mover : "unknown"}-${course}`;
}

export function cameraImage(state: string): string {
  return `camera-${state in healthColour ? state : "starting"}`;
}

function canvas(): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = size;
  element.height = size;
  const context = element.getContext("2d");
  if (!context) throw new Error("This browser has no 2-D canvas.");
  context.lineJoin = "round";
  context.lineCap = "round";
  return context;
}

/** Each class by its outline, so that it is told apart without colour. */
const outlines: Record<Mover, (path: Path2D) => void> = {
  person: (path) => {
    path.arc(middle, 16, 7, 0, 2 * Math.PI);
    path.moveTo(middle - 11, 46);
    path.lineTo(middle - 9, 28);
    path.quadraticCurveTo(middle, 22, middle + 9, 28);
    path.lineTo(middle + 11, 46);
    path.closePath();
  },
  vehicle: (path) => {
    path.roundRect(8, 26, 40, 15, 4);
    path.moveTo(15, 26);
    path.lineTo(20, 15);
    path.lineTo(36, 15);
    path.lineTo(41, 26);
    path.closePath();
  },
  animal: (path) => {
    path.moveTo(middle, 9);
    path.lineTo(47, middle);
    path.lineTo(middle, 47);
    path.lineTo(9, middle);
    path.closePath();
  },
  aircraft: (path) => {
    path.moveTo(middle, 8);
    path.lineTo(48, 44);
    path.lineTo(middle, 36);
    path.lineTo(8, 44);
    path.closePath();
  },
  bird: (path) => {
    path.moveTo(6, 20);
    path.quadraticCurveTo(20, 18, middle, 32);
    path.quadraticCurveTo(36, 18, 50, 20);
    path.quadraticCurveTo(38, 26, middle, 42);
    path.quadraticCurveTo(18, 26, 6, 20);
    path.closePath();
  },
  unknown: (path) => path.arc(middle, middle, 13, 0, 2 * Math.PI),
};

function drawMover(mover: Mover, colour: string): ImageData {
  const context = canvas();
  const path = new Path2D();
  outlines[mover](path);
  context.lineWidth = 7;
  context.strokeStyle = palette.halo;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
  return context.getImageData(0, 0, size, size);
}

function drawCamera(state: string): ImageData {
  const context = canvas();
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

/** The site's symbols, drawn here: no sprite is fetched. Cameras look up, to be turned. */
export function addSymbols(map: MapLibreMap): void {
  for (const mover of movers) {
    for (const [course, colour] of Object.entries(courseColour)) {
      map.addImage(moverImage(mover, course as Course), drawMover(mover, colour), {
        pixelRatio: 2,
      });
    }
  }
  for (const state of Object.keys(healthColour)) {
    map.addImage(cameraImage(state), drawCamera(state), { pixelRatio: 2 });
  }
}
