// SPDX-License-Identifier: Apache-2.0
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The tests live beside the program's; their one dependency lives with the page.
const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

/** Debian's Chromium without a screen, drawing WebGL in software; it calls no one by itself. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.MARSAD_CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--ignore-gpu-blocklist",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page that gathers what goes wrong in it. */
export async function openPage(browser, url, viewport = { width: 1440, height: 900 }) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000); // a build machine may have much else to do
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems };
}

/** Waits until the page's map has drawn the ground and everything on it. */
export async function mapDrawn(page, timeout = 120_000) {
  // Tracks always move, so the map as a whole is never at rest.
  const drawn = () => {
    const map = window.__marsad?.map;
    return Boolean(map?.getLayer("relief") && map.areTilesLoaded());
  };
  await page.waitForFunction(drawn, null, { timeout });
}

/** How many different colours the map's canvas shows: a blank one shows one or two. */
export async function coloursOnMap(page) {
  const picture = await page.locator(".maplibregl-canvas").screenshot();
  return page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const colours = new Set();
      for (let i = 0; i < data.length; i += 4) {
        colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
      }
      return colours.size;
    },
    [...picture],
  );
}

export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)];
}

/** The file named after --screenshot, or one in the temporary folder. */
export function screenshotPath(name) {
  const at = process.argv.indexOf("--screenshot");
  return at > 0 ? process.argv[at + 1] : join(tmpdir(), `marsad-${name}.png`);
}
