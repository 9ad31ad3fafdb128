// SPDX-License-Identifier: Apache-2.0
import { fetchHeights, type TileAddress } from "./heights";
import { shade } from "./shade";

export interface ReliefRequest {
  id: number;
  tile: TileAddress;
  low_m: number;
  high_m: number;
}

export interface ReliefReply {
  id: number;
  /** None where there is no elevation, or it could not be fetched. */
  picture: ImageBitmap | null;
}

self.onmessage = async ({ data }: MessageEvent<ReliefRequest>) => {
  const { id, tile, low_m, high_m } = data;
  let picture: ImageBitmap | null = null;
  try {
    const ground = await fetchHeights(tile);
    if (ground) {
      const pixels = new ImageData(shade(ground, low_m, high_m), ground.side);
      picture = await createImageBitmap(pixels);
    }
  } catch (error) {
    console.warn("A terrain tile could not be drawn.", tile, error);
  }
  const reply: ReliefReply = { id, picture };
  self.postMessage(reply, { transfer: picture ? [picture] : [] });
};
