// SPDX-License-Identifier: Apache-2.0
import type { Map as MapLibreMap } from "maplibre-gl";
import type { BoundsView } from "../../wire.gen";
import { drawTracks } from "./draw_tracks";
import type { GroupMark } from "./group_marks";
import { nearest, type Pixel } from "./labels";
import type { PathMark } from "./path_mark";
import { overlap, type TrackMark } from "./track_marks";

const reach_px = 14;

/** Everything the overlay draws. */
export interface TrackScene {
  marks: readonly TrackMark[];
  groups: readonly GroupMark[];
  /** Of the track selected. */
  path: PathMark | null;
}

export interface TrackOverlay {
  /** Draws at once; the track selected comes first where names would cover each other. */
  show(scene: TrackScene, selected: number | null): void;
  /** The track whose symbol is at, or nearly at, a point of the map. */
  trackAt(point: Pixel): number | null;
  remove(): void;
}

/**
 * Tracks change ten times a second and the ground does not: they are drawn on a canvas of their
 * own over the map, which costs a millisecond, where a repaint of the whole map costs a computer
 * without a graphics card a quarter of a second.
 */
export function createTrackOverlay(map: MapLibreMap): TrackOverlay {
  const canvas = document.createElement("canvas");
  canvas.className = "map-tracks";
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser has no 2-D canvas.");
  map.getCanvasContainer().after(canvas);
  let shown: TrackScene = { marks: [], groups: [], path: null };

  const draw = () => {
    const { width, height, clientWidth } = map.getCanvas();
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    context.scale(width / clientWidth, width / clientWidth);
    const view = viewOf(map);
    const isInView = ({ bounds }: { bounds: BoundsView }) => overlap(bounds, view);
    const inView = {
      marks: shown.marks.filter(isInView),
      groups: shown.groups.filter(isInView),
      path: shown.path && isInView(shown.path) ? shown.path : null,
    };
    drawTracks(context, inView, (place) => map.project(place));
  };
  map.on("render", draw); // stays on the ground while the map moves
  return {
    show: (scene, selected) => {
      const first = (mark: TrackMark) => Number(mark.id === selected);
      const marks = [...scene.marks].sort((a, b) => first(b) - first(a) || a.id - b.id);
      shown = { ...scene, marks };
      draw();
    },
    trackAt: (point) => {
      const places = shown.marks.map(({ at }) => map.project(at));
      const index = nearest(places, point, reach_px);
      return index === null ? null : (shown.marks[index]?.id ?? null);
    },
    remove: () => {
      map.off("render", draw);
      canvas.remove();
    },
  };
}

function viewOf(map: MapLibreMap): BoundsView {
  const bounds = map.getBounds();
  return {
    west: bounds.getWest(),
    south: bounds.getSouth(),
    east: bounds.getEast(),
    north: bounds.getNorth(),
  };
}
