// SPDX-License-Identifier: Apache-2.0
// The real program and a real browser: what a watch officer relies on.
//   MARSAD_BIN=build/release/src/app/marsad node tests/e2e/operations_room.e2e.mjs
//     [--site FOLDER] [--screenshot FILE] [--seconds N]
// The site is copied first, so that its record is this test's own. Exit code 0: all held.
import { strict as assert } from "node:assert";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import {
  coloursOnMap,
  mapDrawn,
  openBrowser,
  openPage,
  percentile,
  screenshotPath,
} from "./browser.mjs";
import { startProgram } from "./program.mjs";
import { acknowledgeAs, incidentAppears, openIncident, step, trackMoves } from "./steps.mjs";

function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at > 0 ? process.argv[at + 1] : otherwise;
}

const bin = process.env.MARSAD_BIN;
if (!bin) {
  console.error("MARSAD_BIN: found nothing, expected the path of the program marsad");
  process.exit(1);
}
const source = option("--site", "examples/demo");
const folder = await mkdtemp(join(tmpdir(), "marsad-e2e-"));
const site = join(folder, basename(source));
// var/ holds the record of whoever ran the site before.
await cp(source, site, { recursive: true, filter: (path) => basename(path) !== "var" });

let program;
let browser;
let page;
let failed = false;
try {
  program = await step("the program starts", () => startProgram(bin, site));
  browser = await openBrowser();
  const opened = await openPage(browser, program.url);
  page = opened.page;
  await step("the map is drawn", async () => {
    await mapDrawn(page);
    assert.ok((await coloursOnMap(page)) > 50, "the map's canvas is blank");
  });
  await step("who is watched where is shown", () =>
    page.locator('.coverage svg[data-who="person"] rect[data-dark="false"]').first().waitFor(),
  );
  await step("a track moves", () => trackMoves(page));
  const id = await step("an incident appears", () => incidentAppears(page, 90_000));
  await step("it is acknowledged", () => acknowledgeAs(page, id, "watch 2", "end-to-end test"));
  await step("latencies are gathered", async () => {
    // Of a page whose map rests: opening it and flying to an incident draw the ground anew, which
    // takes a browser without a GPU seconds.
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const { map } = window.__marsad;
          if (map.isMoving() || !map.areTilesLoaded()) map.once("idle", resolve);
          else resolve();
        }),
    );
    await page.evaluate(() => window.__marsad.latencies.splice(0));
    await page.waitForTimeout(1000 * Number(option("--seconds", "10")));
  });
  await page.screenshot({ path: screenshotPath("operations-room") });
  const latencies = await page.evaluate(() => window.__marsad.latencies);
  assert.ok(latencies.length > 0, "no tracks message was drawn");
  console.log(
    `frame in to tracks drawn, map at rest: p50 ${percentile(latencies, 0.5)} ms, ` +
      `p99 ${percentile(latencies, 0.99)} ms over ${latencies.length} messages`,
  );
  assert.deepEqual(
    opened.problems.filter((problem) => !problem.includes("404")),
    [],
    "the page reported errors",
  );
  await step("the program ends in order", async () => assert.equal(await program.stop(), 0));
  await step("the page says that the connection is lost", () =>
    page.getByText(/No connection since/).waitFor(),
  );
  program = await step("the program starts again on the same record", () =>
    startProgram(bin, site),
  );
  await step("the incident is still acknowledged", async () => {
    await page.goto(program.url);
    await page
      .locator(`.card[data-incident="${id}"][data-state="acknowledged"]`)
      .waitFor({ timeout: 30_000 });
    const card = await openIncident(page, id);
    await card.getByText("end-to-end test").waitFor();
  });
  await step("the program ends in order again", async () => assert.equal(await program.stop(), 0));
  program = undefined;
} catch (error) {
  failed = true;
  console.error(`the operations room does not hold: ${error.message}`);
  if (program) console.error(`the program said:\n${program.said().slice(-4000)}`);
  await page?.screenshot({ path: screenshotPath("operations-room") }).catch(() => {});
} finally {
  program?.kill();
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(`screenshot: ${screenshotPath("operations-room")}`);
process.exit(failed ? 1 : 0);
