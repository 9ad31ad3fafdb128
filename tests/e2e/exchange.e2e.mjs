// SPDX-License-Identifier: Apache-2.0
// The real program and a real browser: what forces and partners say appears on the page, a way out
// that is dead is noticed, and what was done is added up.
//   MARSAD_BIN=build/release/src/app/marsad node tests/e2e/exchange.e2e.mjs [--screenshot FILE]
// Exit code 0: all held.
import { strict as assert } from "node:assert";
import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { mapDrawn, openBrowser, openPage, screenshotPath } from "./browser.mjs";
import { alert, freePort, position, say } from "./messages.mjs";
import { startProgram } from "./program.mjs";
import { step } from "./steps.mjs";

const picture = (name) => screenshotPath("exchange").replace(".png", `-${name}.png`);
const near = [40.13, 34.0]; // south of the demo's line

const bin = process.env.MARSAD_BIN;
if (!bin) {
  console.error("MARSAD_BIN: found nothing, expected the path of the program marsad");
  process.exit(1);
}

/** The demo's site with a partner behind a way that is dead, and a listener of allied forces. */
async function makeSite(folder, listens) {
  const site = join(folder, "demo");
  const isOurs = (path) => basename(path) !== "var";
  await cp("examples/demo", site, { recursive: true, filter: isOurs });
  await appendFile(join(site, "site.toml"), '\n[liaison]\nfile = "liaison.toml"\n');
  await writeFile(
    join(site, "liaison.toml"),
    `sender = "marsad.demo"
[[partner]]
id = "north"
name = "Force of the north"
kilometres = ["0-100"]
heading = ["far"]
kinds = ["crossing"]
route = "relayed"
relays = ["cell"]
[[channel]]
hop = "cell"
form = "cot"
address = "tcp://127.0.0.1:${await freePort()}"
[[listener]]
name = "allies"
address = "tcp://127.0.0.1:${listens}"
allegiance = "allied"
`,
  );
  return site;
}

/** Whether the map has drawn something of that id from the source. */
const isOnMap = (page, source, id) =>
  page.waitForFunction(
    ([of, wanted]) =>
      window.__marsad.map
        .querySourceFeatures(of)
        .some(({ properties }) => properties.id === wanted),
    [source, id],
  );

const folder = await mkdtemp(join(tmpdir(), "marsad-e2e-"));
let program;
let browser;
let opened;
let failed = false;
try {
  const listens = await freePort();
  const site = await makeSite(folder, listens);
  program = await step("the program starts", () => startProgram(bin, site));
  browser = await openBrowser();
  opened = await openPage(browser, program.url);
  const { page, problems } = opened;
  await step("the map is drawn", () => mapDrawn(page));

  await step("a force that says where it is stands in the list and on the map", async () => {
    await page.getByRole("button", { name: /^Forces/ }).click();
    await page.getByText("No force was heard of").waitFor();
    await say(listens, position("Falcon 3", near));
    const card = page.locator('[data-force="Falcon 3"]');
    await card.getByText("allied patrol").waitFor();
    await card.getByText(/last heard (just now|\d+ s ago)/).waitFor();
    await card.locator(".card-head").click();
    await card.getByText(/told by allies 127\.0\.0\.1/).waitFor();
    await isOnMap(page, "forces", "Falcon 3");
    await page.screenshot({ path: picture("force") });
  });
  await step("a force is told of by hand, and that it is gone", async () => {
    await page.getByRole("button", { name: "Tell of a force" }).click();
    const form = page.locator(".force-form");
    await form.locator('input[name="by"]').fill("watch 2");
    await form.getByRole("button", { name: "Tell", exact: true }).click();
    await form.getByText("Enter the force's name first.").waitFor();
    await form.getByLabel("Name", { exact: true }).fill("Hill post");
    await form.getByLabel("Whose").selectOption("irregular");
    await form.getByLabel("What").selectOption("post");
    await page.locator(".maplibregl-canvas").click({ position: { x: 300, y: 300 } });
    await page.waitForFunction(() =>
      /^\d+\.\d+ \d+\.\d+$/.test(document.querySelector('[name="place"]').value),
    );
    await page.screenshot({ path: picture("tell-force") });
    await form.getByRole("button", { name: "Tell", exact: true }).click();
    const card = page.locator('[data-force="Hill post"]');
    await card.getByText("irregular post").waitFor();
    await isOnMap(page, "forces", "Hill post");
    await card.locator(".card-head").click();
    await card.getByText(/told by watch 2/).waitFor();
    await page.screenshot({ path: picture("told-force") });
    await card.getByRole("button", { name: "It is gone" }).click();
    await card.waitFor({ state: "detached" });
  });
  await step("a partner's alert is told of until it is marked as seen", async () => {
    const data = alert("n-1", "Vehicle waits at the ford", near);
    const sent = await page.request.post(`${program.url}api/alerts/north`, { data });
    assert.equal(sent.status(), 200, await sent.text());
    const { id } = await sent.json();
    await page.getByRole("button", { name: "1 new alert" }).click();
    const card = page.locator(`[data-alert="${id}"][data-new="true"]`);
    await card.getByText("Vehicle waits at the ford").waitFor();
    await card.getByText(/from north/).waitFor();
    await card.getByText(/The ford, km \d+\.\d+/).waitFor();
    await isOnMap(page, "alerts", id);
    await page.screenshot({ path: picture("alert") });
    await page.getByRole("button", { name: "All seen" }).click();
    await page.reload();
    await page.getByRole("button", { name: /^Alerts/ }).click();
    await page.locator(`[data-alert="${id}"][data-new="false"]`).waitFor();
    assert.equal(await page.getByRole("button", { name: "1 new alert" }).count(), 0);
  });
  await step("a dead way is noticed, and why it is dead", async () => {
    await page.getByRole("button", { name: "1 way down" }).click();
    const row = page.locator('[data-way="cell"][data-state="down"]');
    await row.getByText(/can't connect/).waitFor();
    await page.locator('[data-way="allies"][data-state="ok"]').waitFor();
    await page.screenshot({ path: picture("ways") });
  });
  await step("what a listener refuses is counted with its reason", async () => {
    await say(listens, position("Far away", [10, 50]));
    await page.locator('[data-way="allies"]').getByText("far off 1").waitFor();
  });
  await step("what was seen and done is added up", async () => {
    await page.getByRole("button", { name: "Accounting" }).click();
    await page.getByText(/Incidents by kind|No incident/).waitFor();
    await page.getByRole("heading", { name: "Sensors" }).waitFor();
    await page.screenshot({ path: picture("accounting") });
  });
  await step("the page reported no errors", () => assert.deepEqual(problems, []));
  await step("the program ends in order", async () => assert.equal(await program.stop(), 0));
  program = undefined;
} catch (error) {
  failed = true;
  console.error(`what others say does not hold: ${error.message}`);
  if (program) console.error(`the program said:\n${program.said().slice(-4000)}`);
  await opened?.page.screenshot({ path: picture("failed") }).catch(() => {});
} finally {
  program?.kill();
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(`screenshots: ${picture("*")}`);
process.exit(failed ? 1 : 0);
