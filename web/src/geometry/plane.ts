// SPDX-License-Identifier: Apache-2.0
import type { LngLat } from "../wire.gen";

/** Metres east and north of a plane's origin. */
export interface Vector {
  e: number;
  n: number;
}

const radian = Math.PI / 180;
const metresPerDegree = 111_320;

/** A plane that touches the ground at `origin`: good for drawing within tens of kilometres. */
export function planeAt(origin: LngLat) {
  const eastScale = metresPerDegree * Math.cos(origin[1] * radian);
  return {
    toVector: (at: LngLat): Vector => ({
      e: (at[0] - origin[0]) * eastScale,
      n: (at[1] - origin[1]) * metresPerDegree,
    }),
    toLngLat: (v: Vector): LngLat => [
      origin[0] + v.e / eastScale,
      origin[1] + v.n / metresPerDegree,
    ],
  };
}

/** Where one comes going `distance_m` on a bearing, clockwise from north. */
export function ahead(from: LngLat, bearing_deg: number, distance_m: number): LngLat {
  const bearing = bearing_deg * radian;
  return planeAt(from).toLngLat({
    e: Math.sin(bearing) * distance_m,
    n: Math.cos(bearing) * distance_m,
  });
}

export function bearing_deg(v: Vector): number {
  return (Math.atan2(v.e, v.n) / radian + 360) % 360;
}

/** An ellipse as a closed ring; the azimuth is its major axis's, clockwise from north. */
export function ellipseRing(
  centre: LngLat,
  ellipse: { major_m: number; minor_m: number; azimuth_deg: number },
  corners = 40,
): LngLat[] {
  const plane = planeAt(centre);
  const azimuth = ellipse.azimuth_deg * radian;
  const ring: LngLat[] = [];
  for (let i = 0; i <= corners; i += 1) {
    const angle = (2 * Math.PI * (i % corners)) / corners;
    const along = ellipse.major_m * Math.cos(angle);
    const across = ellipse.minor_m * Math.sin(angle);
    ring.push(
      plane.toLngLat({
        e: along * Math.sin(azimuth) + across * Math.cos(azimuth),
        n: along * Math.cos(azimuth) - across * Math.sin(azimuth),
      }),
    );
  }
  return ring;
}

export const circleRing = (centre: LngLat, radius_m: number): LngLat[] =>
  ellipseRing(centre, { major_m: radius_m, minor_m: radius_m, azimuth_deg: 0 });
