// SPDX-License-Identifier: Apache-2.0
// The page against the mock server: what it draws, does and says when things fail.
import { strict as assert } from "node:assert";
import { createScene } from "../../web/dev/mock_scene.mjs";
import { startMock } from "../../web/dev/mock_server.mjs";
import { coloursOnMap, mapDrawn, openBrowser, openPage, screenshotPath } from "./browser.mjs";
import { acknowledgeAs, incidentAppears, openIncident, step, trackMoves } from "./steps.mjs";

const scene = createScene();
let mock = await startMock({ scene });
const { port, url } = mock;
const browser = await openBrowser();
let failed = false;
let opened;
try {
  opened = await openPage(browser, url);
  const { page, problems } = opened;

  await step("the map is drawn", async () => {
    await mapDrawn(page);
    assert.ok((await coloursOnMap(page)) > 200, "the map's canvas is blank");
  });
  await step("the banner says that nothing exists", () =>
    page.getByText("SIMULATED — nothing shown here exists").waitFor(),
  );
  await step("a track moves and its latency is told", async () => {
    await trackMoves(page);
    await page.waitForFunction(() => window.__marsad.latencies.length > 0);
  });
  await step("a click on a track opens its card", async () => {
    const at = await page.evaluate(() => {
      const { map, tracks } = window.__marsad;
      const { left, top } = map.getCanvas().getBoundingClientRect();
      const { x, y } = map.project(tracks.tracks[0].at);
      return { x: left + x, y: top + y };
    });
    await page.mouse.click(at.x, at.y);
    const card = page.locator(".track-card");
    await card.getByText(/next: T1 in about 2 min/).waitFor();
    await card.getByText(/in group \d+ of 3, 1 out of sight/).waitFor();
    await page.screenshot({ path: screenshotPath("mock").replace(".png", "-track.png") });
    await page.getByRole("button", { name: "Close track" }).click();
  });
  const id = await step("an incident appears, and the title counts it", async () => {
    const id = await incidentAppears(page);
    assert.match(await page.title(), /^\(\d+\) Marsad/);
    return id;
  });
  await step("nothing is acknowledged without saying who", async () => {
    const card = await openIncident(page, id);
    await card.locator('input[name="by"]').fill("");
    await card.getByRole("button", { name: "Acknowledge" }).click();
    await card.getByText("Enter your post first.").waitFor();
  });
  await step("it is acknowledged", () => acknowledgeAs(page, id, "watch 2", "patrol sent"));
  await step("a second watch that was late is told so", async () => {
    const response = await page.request.post(`${url}api/incidents/${id}/acknowledge`, {
      data: { by: "watch 3", text: "" },
    });
    assert.equal(response.status(), 409);
  });
  await step("a patrol is sent, and has arrived", async () => {
    const card = await openIncident(page, id);
    await card.locator('input[name="to"]').fill("patrol 4");
    await card.getByRole("button", { name: "Send", exact: true }).click();
    await card.getByRole("button", { name: "They have arrived" }).click();
    await card.getByText(/Sent: patrol 4, there since/).waitFor();
  });
  await step("it is resolved", async () => {
    const card = await openIncident(page, id);
    await card.getByLabel("Turned back").check();
    await card.getByRole("button", { name: "Resolve" }).click();
    await page.locator(`.card[data-incident="${id}"][data-state="resolved"]`).waitFor();
  });
  await step("a camera shows its picture; one without says why", async () => {
    await page.locator('.chip[data-camera="T2"]').click();
    await page.getByText(/pictures\/s/).waitFor();
    await page.waitForFunction(() => document.querySelector(".picture canvas")?.width > 300);
    await page.locator('.chip[data-camera="T3"]').click();
    await page.getByText(/No picture: camera T3 has no picture yet/).waitFor();
    await page.locator('.chip[data-camera="T2"]').click();
  });
  await step(
    "which kilometres are dark since when and why, and that they are lit again",
    async () => {
      await page
        .locator('.coverage svg[data-who="person"] rect[data-dark="true"]')
        .first()
        .waitFor();
      await page
        .getByText(/km \d+(\.\d)?–\d+(\.\d)? dark since .*camera T3 reconnecting/)
        .waitFor();
      mock.tellDown({ T2: "frozen" });
      await page.getByText(/dark since .*: camera T2 frozen/).waitFor();
      await page.getByText(/camera T3 reconnecting/).waitFor({ state: "detached" });
      await page.locator(".coverage").getByRole("button", { name: "vehicle" }).click();
      const green = () =>
        window.__marsad.map.getSource("coverage") &&
        window.__marsad.map.querySourceFeatures("coverage").some((one) => !one.properties.dark);
      await page.waitForFunction(green);
    },
  );
  await step("the air and a balloon are told of", async () => {
    await page.getByRole("button", { name: "Health details" }).click();
    const form = page.locator(".conditions");
    await form.getByLabel("The air is").selectOption("dust");
    await form.getByText(/takes 0.60 per km · watch 2/).waitFor();
    await form.getByRole("button", { name: "It is down" }).click();
    await form.getByRole("button", { name: "It is up" }).waitFor();
    await page.screenshot({ path: screenshotPath("mock").replace(".png", "-conditions.png") });
    await page.getByRole("button", { name: "Close details" }).click();
  });
  await step("forces stand in a list and on the map, the old ones last", async () => {
    await page.getByRole("button", { name: /^Forces/ }).click();
    const names = page.locator("[data-force]");
    await names.first().waitFor();
    assert.equal(await names.last().getAttribute("data-force"), "Patrol 7");
    await page.locator('[data-force="Patrol 7"]').getByText("OLD").waitFor();
    await page.locator('[data-force="Cell 2"]').getByText("allied patrol").waitFor();
    await page.locator('[data-force="Cell 2"]').getByText("last heard 6 min ago").waitFor();
    await page.locator('[data-force="Patrol 7"] .card-head').click();
    await page.waitForFunction(() =>
      window.__marsad.map
        .querySourceFeatures("forces")
        .some(({ properties }) => properties.old && properties.id === "Patrol 7"),
    );
  });
  await step("a partner's alert is new until it is marked as seen", async () => {
    await page.getByRole("button", { name: "2 new alerts" }).click();
    await page.getByRole("button", { name: "All seen" }).click();
    await page.getByRole("button", { name: "2 new alerts" }).waitFor({ state: "detached" });
    mock.exchange.tellAlert({ headline: "Vehicle waits at the ford" });
    await page.getByRole("button", { name: "1 new alert" }).waitFor();
    const card = page.locator('[data-alert][data-new="true"]');
    await card.getByText("Vehicle waits at the ford").waitFor();
    await card.getByText("from north").waitFor();
    assert.equal(await page.locator("[data-alert]").count(), 3);
  });
  await step("a way that goes down is told at once, and why", async () => {
    mock.exchange.tellWay(true);
    await page.getByRole("button", { name: "1 way down" }).click();
    const row = page.locator('[data-way="coalition cell"][data-state="down"]');
    await row.getByText(/connection refused/).waitFor();
    await page.locator('[data-way="patrols"]').getByText("out of date 12, far off 1").waitFor();
    mock.exchange.tellWay(false);
    await page.getByRole("button", { name: "1 way down" }).waitFor({ state: "detached" });
  });
  await step("the account is added up for the time that is asked for", async () => {
    await page.getByRole("button", { name: "Accounting" }).click();
    await page.getByText("Incidents by kind: crossing 5").waitFor();
    await page.getByLabel("From, UTC").fill("2026-11-01 00:00");
    await page.getByLabel("To, UTC").fill("2026-10-31 00:00");
    assert.ok(await page.getByRole("button", { name: "Show", exact: true }).isDisabled());
    await page.getByLabel("To, UTC").fill("2026-11-08 00:00");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    await page.getByText(/2026-11-01 00:00.*2026-11-08 00:00/).waitFor();
  });
  await step("what can't be read says so in its place, and nothing else breaks", async () => {
    mock.exchange.fail(true);
    await page.getByRole("button", { name: "Last 7 days" }).click();
    await page.getByText("Not added up: the record can't be read").waitFor();
    await page.getByRole("button", { name: "Operations" }).click();
    await page.getByText("Alerts can't be read now: the record can't be read").waitFor();
    await page.locator("[data-alert]").first().waitFor();
    await page.getByRole("button", { name: /^Forces/ }).click();
    await page.getByText("Forces can't be read now: the record can't be read").waitFor();
    await page.locator("[data-force]").first().waitFor();
    mock.exchange.fail(false);
    await page.getByText("Forces can't be read now").waitFor({ state: "detached" });
    await page.getByRole("button", { name: /^Incidents/ }).click();
  });
  await page.screenshot({ path: screenshotPath("mock") });
  assert.deepEqual(
    problems.filter((p) => !/404|500/.test(p)),
    [],
  );

  await step("a lost connection is told and survived", async () => {
    await mock.stop();
    await page.getByText(/No connection since/).waitFor();
    const missed = { ...scene.incidents[0], id: 900, state: "open", notes: [], outcome: null };
    scene.incidents.unshift(missed); // happened while this screen was away
    mock = await startMock({ port, scene });
    await page.getByTestId("connection-lost").waitFor({ state: "detached" });
    await page.locator('.card[data-incident="900"]').waitFor();
  });
  await step("the terrain stands up and lies down again", async () => {
    // Small and without waiting for frames, for a processor that draws it all by itself.
    await page.setViewportSize({ width: 800, height: 500 });
    const button = page.getByRole("button", { name: "3-D terrain" });
    const pitch = (wanted) =>
      page.waitForFunction((to) => Math.abs(window.__marsad.map.getPitch() - to) < 1, wanted);
    await button.dispatchEvent("click");
    await pitch(62);
    await page.screenshot({ path: screenshotPath("mock").replace(".png", "-3d.png") });
    await button.dispatchEvent("click");
    await pitch(0);
  });
  await step("an unreachable program is waited for", async () => {
    await page.route("**/api/site", (route) => route.abort());
    await page.reload();
    await page.getByText("Marsad can't be reached. Trying again…").waitFor();
    await page.unroute("**/api/site");
    await page.locator(".room").waitFor();
  });
  await step("without WebGL the lists still work", async () => {
    await page.addInitScript(() => {
      const getContext = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind.startsWith("webgl") ? null : getContext.call(this, kind, ...rest);
      };
    });
    await page.reload();
    await page.getByText("This browser can't draw the map").waitFor();
    await page.locator(".card").first().waitFor();
  });
} catch (error) {
  failed = true;
  console.error(error.message);
  await opened?.page.screenshot({ path: screenshotPath("mock") }).catch(() => {});
} finally {
  await browser.close();
  await mock.stop();
}
console.log(`screenshot: ${screenshotPath("mock")}`);
process.exit(failed ? 1 : 0);
