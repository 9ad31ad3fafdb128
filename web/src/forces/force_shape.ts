// SPDX-License-Identifier: Apache-2.0
import { palette } from "../map/palette";

/** Of the square in which the shapes below are drawn. */
export const shapeSize = 56;

/** Whose it is, by its outline, as the path of an SVG. */
const outlines: Record<string, string> = {
  own: "M14 14H42V42H14Z",
  allied: "M28 12A16 16 0 0 1 28 44A16 16 0 0 1 28 12Z",
  irregular: "M9 14H47L28 46Z",
  partner: "M28 9L45 24V44H11V24Z",
};
export const allegiances = Object.keys(outlines);

// One whose word this version doesn't know is no friend for sure.
export const outlineOf = (allegiance: string) =>
  outlines[allegiance] ?? outlines["irregular"] ?? "";

export function colourOf(allegiance: string, old: boolean): string {
  if (old) return palette.oldForce;
  return palette.forces[allegiance] ?? palette.forces["irregular"] ?? palette.label;
}
