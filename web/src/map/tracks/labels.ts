// SPDX-License-Identifier: Apache-2.0

/** Pixels from the map's upper left corner. */
export interface Pixel {
  x: number;
  y: number;
}

export interface Box extends Pixel {
  width: number;
  height: number;
}

const off_px = 16; // from the middle of what is named to its name
const symbolReach_px = 9;

export function boxesOverlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** To the right of it, to the left, above, below: the first that is free is taken. */
function places({ x, y }: Pixel, width: number, height: number): Box[] {
  return [
    { x: x + off_px, y: y - height / 2, width, height },
    { x: x - off_px - width, y: y - height / 2, width, height },
    { x: x - width / 2, y: y - off_px - height, width, height },
    { x: x - width / 2, y: y + off_px, width, height },
  ];
}

/** Where each name goes, the first ones first; null where it would cover a name or a symbol. */
export function placeLabels(
  named: readonly { at: Pixel; width: number }[],
  height: number,
): (Box | null)[] {
  const taken: Box[] = named.map(({ at }) => ({
    x: at.x - symbolReach_px,
    y: at.y - symbolReach_px,
    width: 2 * symbolReach_px,
    height: 2 * symbolReach_px,
  }));
  return named.map(({ at, width }) => {
    const isFree = (box: Box) => !taken.some((other) => boxesOverlap(box, other));
    const box = places(at, width, height).find(isFree) ?? null;
    if (box) taken.push(box);
    return box;
  });
}

/** The index of the nearest place within reach; null where there is none. */
export function nearest(places: readonly Pixel[], to: Pixel, reach_px: number): number | null {
  let best: number | null = null;
  let best_px = reach_px;
  places.forEach(({ x, y }, i) => {
    const distance_px = Math.hypot(x - to.x, y - to.y);
    if (distance_px > best_px) return;
    best = i;
    best_px = distance_px;
  });
  return best;
}
