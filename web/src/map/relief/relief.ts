// SPDX-License-Identifier: Apache-2.0
import { addProtocol, type Map as MapLibreMap } from "maplibre-gl";
import type { SiteView } from "../../wire.gen";
import { fetchHeights, heightRange_m, tileAt } from "./heights";
import type { ReliefReply, ReliefRequest } from "./relief_worker";

// MapLibre can shade elevation itself, but does so anew in every frame, which costs a computer
// without a graphics card a quarter of a second each. Here a tile is shaded once, in a worker.
const protocol = "relief";
const waiting = new Map<number, (picture: ImageBitmap | null) => void>();
let worker: Worker | null = null;
let asked = 0;

function ask(request: Omit<ReliefRequest, "id">): Promise<ImageBitmap | null> {
  if (!worker) {
    worker = new Worker(new URL("./relief_worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<ReliefReply>) => {
      waiting.get(data.id)?.(data.picture);
      waiting.delete(data.id);
    };
  }
  asked += 1;
  const id = asked;
  worker.postMessage({ ...request, id } satisfies ReliefRequest);
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** Lets "relief://LOW/HIGH/Z/X/Y" be a tile's address. */
export function addReliefProtocol(): void {
  addProtocol(protocol, async ({ url }) => {
    const [low_m, high_m, z, x, y] = url.slice(`${protocol}://`.length).split("/").map(Number);
    const tile = { z: z ?? 0, x: x ?? 0, y: y ?? 0 };
    const picture = await ask({ tile, low_m: low_m ?? 0, high_m: high_m ?? 0 });
    return { data: picture ?? (await createImageBitmap(new ImageData(1, 1))) };
  });
}

/** The heights about the site's middle: its tones are spread over them, so flat land shows too. */
async function rangeOf({ bounds }: SiteView): Promise<[number, number]> {
  const middle: [number, number] = [
    (bounds.west + bounds.east) / 2,
    (bounds.south + bounds.north) / 2,
  ];
  const ground = await fetchHeights(tileAt(middle, 9)).catch(() => null);
  return (ground && heightRange_m(ground)) ?? [-400, 2500];
}

/** Draws the ground below the layer named. */
export async function addRelief(map: MapLibreMap, site: SiteView, below: string): Promise<void> {
  const [low_m, high_m] = await rangeOf(site);
  map.addSource("relief", {
    type: "raster",
    tiles: [`${protocol}://${Math.round(low_m)}/${Math.round(high_m)}/{z}/{x}/{y}`],
    tileSize: 256,
    minzoom: 8,
    maxzoom: 14,
  });
  map.addLayer(
    { id: "relief", type: "raster", source: "relief", paint: { "raster-fade-duration": 0 } },
    below,
  );
}
