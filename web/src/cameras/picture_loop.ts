// SPDX-License-Identifier: Apache-2.0
import { fetchPicture } from "../feed/api";
import { sleep } from "../feed/backoff";
import type { PictureView } from "../wire.gen";

const least_ms = 100; // between fetches: 10 a second
const afterProblem_ms = 1000;

export interface PictureEvents {
  /** Called with each new picture; the bitmap is closed afterwards. */
  picture(bitmap: ImageBitmap, picture: PictureView): void;
  problem(why: string): void;
}

/** Fetches a camera's pictures one after the other until stopped. */
export function startPictures(camera: string, events: PictureEvents): () => void {
  const stop = new AbortController();
  void run(camera, events, stop.signal);
  return () => stop.abort();
}

async function run(camera: string, events: PictureEvents, signal: AbortSignal): Promise<void> {
  let shown: number | null = null;
  while (!signal.aborted) {
    const started = performance.now();
    let wait_ms = least_ms;
    try {
      if (!document.hidden) shown = await showNext(camera, events, signal, shown);
    } catch (error) {
      if (signal.aborted) return;
      events.problem(error instanceof Error ? error.message : String(error));
      wait_ms = afterProblem_ms;
    }
    await sleep(Math.max(wait_ms - (performance.now() - started), 0), signal);
  }
}

async function showNext(
  camera: string,
  events: PictureEvents,
  signal: AbortSignal,
  shown: number | null,
): Promise<number> {
  const response = await fetchPicture(camera, signal);
  const header = response.headers.get("Marsad-Picture");
  if (!header) throw new Error("The picture came without its Marsad-Picture header.");
  const picture = JSON.parse(header) as PictureView;
  const blob = await response.blob();
  if (picture.frame === shown) return shown;
  const bitmap = await createImageBitmap(blob);
  if (!signal.aborted) events.picture(bitmap, picture);
  bitmap.close();
  return picture.frame;
}
