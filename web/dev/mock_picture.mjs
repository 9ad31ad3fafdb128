// SPDX-License-Identifier: Apache-2.0
import { encodePng } from "./png.mjs";

const width = 640;
const height = 512;

function noise(i, seed) {
  const x = Math.sin(i * 12.9898 + seed * 78.233) * 43758.5453;
  return x - Math.floor(x);
}

function country() {
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const horizon = 150 + 14 * Math.sin(x * 0.012) + 6 * Math.sin(x * 0.05);
      const ground = 62 + 26 * Math.sin(y * 0.05 + 2 * Math.sin(x * 0.011)) + (y - horizon) * 0.05;
      const level = y < horizon ? 28 + y * 0.06 : ground;
      pixels[y * width + x] = level + 9 * noise(y * width + x, 1);
    }
  }
  return pixels;
}

const background = country();

/** A made-up thermal picture: cool sky, warm ground, three warm movers. */
export function cameraPicture(t_s, frame) {
  const pixels = Buffer.from(background);
  const boxes = [
    { x: 180 + ((t_s * 9) % 260), y: 262, width: 9, height: 21, mover: "person", snr: 11.2 },
    { x: 150 + ((t_s * 8) % 260), y: 268, width: 8, height: 19, mover: "person", snr: 7.4 },
    { x: 610 - ((t_s * 26) % 560), y: 190, width: 26, height: 12, mover: "vehicle", snr: 19 },
  ].map((box) => ({ ...box, x: Math.round(box.x) }));
  for (const box of boxes) fill(pixels, box);
  return {
    png: encodePng(width, height, pixels),
    about: { frame, time: new Date().toISOString(), width, height, boxes },
  };
}

function fill(pixels, box) {
  for (let y = 0; y < box.height; y += 1) {
    for (let x = 0; x < box.width; x += 1) {
      const u = (x + 0.5) / box.width - 0.5;
      const v = (y + 0.5) / box.height - 0.5;
      const heat = 190 * Math.exp(-(u * u * 9 + v * v * 5));
      const at = (box.y + y) * width + box.x + x;
      pixels[at] = Math.min(pixels[at] + heat, 255);
    }
  }
}

/** What an incident's cut-out would be. */
export function cutout(id) {
  const side = 48;
  const pixels = Buffer.alloc(side * side);
  for (let i = 0; i < pixels.length; i += 1) pixels[i] = 58 + 26 * noise(i, id);
  for (let y = 9; y < 42; y += 1) {
    for (let x = 17; x < 31; x += 1) {
      const head = (x - 24) ** 2 + (y - 13) ** 2 < 14;
      const body =
        y > 16 && Math.abs(x - 24) < (y < 29 ? 5 : 4) && !(y > 30 && Math.abs(x - 24) < 1);
      if (head || body) pixels[y * side + x] = 225 + 20 * noise(x * y, id);
    }
  }
  return encodePng(side, side, pixels);
}
