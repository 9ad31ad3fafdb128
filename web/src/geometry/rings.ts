// SPDX-License-Identifier: Apache-2.0
import type { LngLat } from "../wire.gen";

function contains(ring: readonly LngLat[], [x, y]: LngLat): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i] as LngLat;
    const [xj, yj] = ring[j] as LngLat;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

function closed(ring: readonly LngLat[]): LngLat[] {
  const first = ring[0] as LngLat;
  const last = ring[ring.length - 1] as LngLat;
  return first[0] === last[0] && first[1] === last[1] ? [...ring] : [...ring, first];
}

/**
 * Rings in any order and winding as polygons: a ring within an odd number of others is a hole of
 * the innermost of them.
 */
export function polygonsOf(rings: readonly LngLat[][]): LngLat[][][] {
  const usable = rings.filter((ring) => ring.length >= 3);
  const outside = usable.map((ring) =>
    usable.filter((other) => other !== ring && contains(other, ring[0] as LngLat)),
  );
  const polygons = new Map<readonly LngLat[], LngLat[][]>();
  usable.forEach((ring, i) => {
    if ((outside[i] as LngLat[][]).length % 2 === 0) polygons.set(ring, [closed(ring)]);
  });
  usable.forEach((ring, i) => {
    const around = outside[i] as LngLat[][];
    if (around.length % 2 === 0) return;
    const depthOf = (candidate: LngLat[]) =>
      (outside[usable.indexOf(candidate)] as LngLat[][]).length;
    const innermost = around.reduce((a, b) => (depthOf(b) > depthOf(a) ? b : a));
    polygons.get(innermost)?.push(closed(ring));
  });
  return [...polygons.values()];
}
