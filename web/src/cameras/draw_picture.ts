// SPDX-License-Identifier: Apache-2.0
import { healthColour, palette } from "../map/palette";
import type { PictureView } from "../wire.gen";
import { text, word } from "../wording/strings";

/** The picture at the canvas's own sharpness, with a named box about each thing found. */
export function drawPicture(
  canvas: HTMLCanvasElement,
  bitmap: ImageBitmap,
  picture: PictureView,
): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const density = window.devicePixelRatio || 1;
  const width = Math.max(Math.round(canvas.clientWidth * density), 1);
  const height = Math.max(Math.round((width * picture.height) / picture.width), 1);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.drawImage(bitmap, 0, 0, width, height);
  const scale = width / picture.width;
  context.lineWidth = 1.5 * density;
  context.font = `600 ${12 * density}px system-ui, sans-serif`;
  for (const box of picture.boxes) {
    // A far mover is a few pixels: the box stands a little off it.
    const pad = 3 * density;
    const x = box.x * scale - pad;
    const y = box.y * scale - pad;
    const w = box.width * scale + 2 * pad;
    const h = box.height * scale + 2 * pad;
    context.strokeStyle = healthColour["reconnecting"] ?? palette.border;
    context.strokeRect(x, y, w, h);
    const name = word(text.movers, box.mover);
    const nameWidth = context.measureText(name).width + 8 * density;
    const nameHeight = 17 * density;
    const above = y >= nameHeight;
    context.fillStyle = "rgba(7, 11, 16, 0.78)";
    context.fillRect(x, above ? y - nameHeight : y + h, nameWidth, nameHeight);
    context.fillStyle = "#ffd591";
    context.fillText(name, x + 4 * density, (above ? y : y + h + nameHeight) - 5 * density);
  }
}
