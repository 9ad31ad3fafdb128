// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { SiteView } from "../wire.gen";
import { homeSideStore, watchHomeSide } from "./home_side";
import { siteStore } from "./stores";

function site(home_is_left: boolean): SiteView {
  return {
    name: "Sector",
    simulated: false,
    bounds: { west: 41, south: 34, east: 41.1, north: 34.1 },
    border: { length_km: 0, line: [], home_is_left, posts: [] },
    cameras: [],
    barriers: [],
    zones: [],
  };
}

describe("home side", () => {
  it("is what the site says, and unknown without one", () => {
    watchHomeSide();
    expect(homeSideStore.get()).toBeNull();
    siteStore.set(site(true));
    expect(homeSideStore.get()).toBe("left");
    siteStore.set(site(false));
    expect(homeSideStore.get()).toBe("right");
    siteStore.set(null);
    expect(homeSideStore.get()).toBeNull();
  });
});
