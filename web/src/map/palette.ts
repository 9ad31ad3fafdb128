// SPDX-License-Identifier: Apache-2.0
import type { Course } from "../geometry/heading";

/** The map's colours. Red is kept for what is at the line. */
export const palette = {
  ground: "#0b1016",
  label: "#c3ced9",
  labelDim: "#8797a8",
  halo: "#070b10",
  border: "#f0b95a",
  home: "#8fd6a8",
  far: "#d9a08f",
  camera: "#6fc3d8",
  blind: "#ff5a4f",
  barrier: "#b9a88a",
  zone: "#9d8fd0",
  masked: "#8a8f96",
  incident: "#ff5a4f",
  acknowledged: "#f0b95a",
  resolved: "#7b8a99",
  forces: {
    own: "#86a8ff",
    allied: "#8fd6a8",
    irregular: "#d3a6f5",
    partner: "#f4e285",
  } as Record<string, string>,
  oldForce: "#8a95a1",
  alert: "#ffb648",
};

export const courseColour: Record<Course, string> = {
  near_line: "#ff6a5c",
  toward_home: "#ffb648",
  away: "#5fbcff",
  along: "#d5dee7",
};

export const healthColour: Record<string, string> = {
  starting: "#8fa3b8",
  ok: "#4fc38a",
  no_signal: "#ff5a4f",
  reconnecting: "#ffb648",
  corrupt: "#ffb648",
  ended: "#7b8a99",
  wrong_size: "#ff5a4f",
  covered: "#ff5a4f",
  blinded: "#ff5a4f",
  frozen: "#ff5a4f",
  moved: "#ff5a4f",
  defocused: "#ffb648",
  saturated: "#ffb648",
  dead_pixels: "#ffb648",
  noisy: "#ffb648",
  slow: "#ffb648",
  clock_wrong: "#ffb648",
};
