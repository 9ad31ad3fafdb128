// SPDX-License-Identifier: Apache-2.0
import type { LngLat } from "../../wire.gen";
import { palette } from "../palette";
import { fonts } from "../style";
import { type Pixel, placeLabels } from "./labels";
import { moverOutline, outlineSize } from "./mover_outline";
import type { TrackMark } from "./track_marks";
import type { TrackScene } from "./track_overlay";

const symbolScale = 0.45;
const fontSize_px = 12.5;
const lineHeight_px = 16;

/** Draws what is given in its order, the first named first; units are CSS pixels. */
export function drawTracks(
  context: CanvasRenderingContext2D,
  { marks, groups, path: predicted }: TrackScene,
  project: (place: LngLat) => Pixel,
): void {
  context.lineJoin = "round";
  const path = (places: readonly LngLat[]) => {
    context.beginPath();
    for (const place of places) {
      const { x, y } = project(place);
      context.lineTo(x, y);
    }
  };
  context.strokeStyle = palette.label;
  context.lineWidth = 1;
  context.globalAlpha = 0.8;
  for (const { outline } of groups) {
    path(outline);
    context.stroke();
  }
  if (predicted) {
    context.globalAlpha = 0.35;
    for (const ring of predicted.rings) {
      path(ring);
      context.stroke();
    }
    context.globalAlpha = 0.8;
    context.setLineDash([1.5, 4]);
    path(predicted.path);
    context.stroke();
    context.setLineDash([]);
  }
  for (const { ellipse, colour } of marks) {
    context.globalAlpha = 0.16;
    context.fillStyle = context.strokeStyle = colour;
    context.lineWidth = 1;
    path(ellipse);
    context.fill();
    context.stroke();
  }
  context.lineCap = "round";
  context.globalAlpha = 0.55;
  context.lineWidth = 2;
  for (const { tail, colour } of marks) {
    context.strokeStyle = colour;
    path(tail);
    context.stroke();
  }
  context.lineCap = "butt";
  context.globalAlpha = 1;
  context.lineWidth = 1.6;
  context.setLineDash([3.2, 2.4]);
  for (const { leader, colour } of marks) {
    context.strokeStyle = colour;
    path(leader);
    context.stroke();
  }
  context.setLineDash([]);
  const places = marks.map(({ at }) => project(at));
  marks.forEach((mark, i) => {
    drawSymbol(context, mark, places[i] as Pixel);
  });
  drawNames(context, [
    ...groups.map(({ name, top }) => ({ name, at: project(top) })),
    ...marks.map(({ name }, i) => ({ name, at: places[i] as Pixel })),
  ]);
}

function drawSymbol(context: CanvasRenderingContext2D, mark: TrackMark, { x, y }: Pixel): void {
  const outline = moverOutline(mark.mover);
  context.save();
  context.translate(x, y);
  context.scale(symbolScale, symbolScale);
  context.translate(-outlineSize / 2, -outlineSize / 2);
  context.lineWidth = 7;
  context.strokeStyle = palette.halo;
  context.stroke(outline);
  context.fillStyle = mark.colour;
  context.fill(outline);
  context.restore();
}

function drawNames(
  context: CanvasRenderingContext2D,
  names: readonly { name: string; at: Pixel }[],
): void {
  context.font = `${fontSize_px}px ${fonts.join(", ")}`;
  context.textBaseline = "middle";
  context.lineWidth = 3.2;
  context.strokeStyle = palette.halo;
  context.fillStyle = palette.label;
  const named = names.map(({ name, at }) => ({ at, width: context.measureText(name).width }));
  placeLabels(named, lineHeight_px).forEach((box, i) => {
    if (!box) return;
    const { name } = names[i] as { name: string };
    context.strokeText(name, box.x, box.y + box.height / 2);
    context.fillText(name, box.x, box.y + box.height / 2);
  });
}
