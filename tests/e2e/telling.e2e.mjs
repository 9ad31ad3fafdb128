// SPDX-License-Identifier: Apache-2.0
// The real program with accounts, and real browsers: a liaison officer tells a partner of an
// incident, a second person releases it, the partner says that it has it.
//   MARSAD_BIN=build/release/src/app/marsad node tests/e2e/telling.e2e.mjs
//     [--site FOLDER] [--screenshot FILE]
// Exit code 0: all held.
import { strict as assert } from "node:assert";
import { appendFile, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openBrowser, openPage, screenshotPath } from "./browser.mjs";
import { alert } from "./messages.mjs";
import { startProgram } from "./program.mjs";
import { incidentAppears, openIncident, step } from "./steps.mjs";

const password = "a long enough password";
const picture = (name) => screenshotPath("telling").replace(".png", `-${name}.png`);

const bin = process.env.MARSAD_BIN;
if (!bin) {
  console.error("MARSAD_BIN: found nothing, expected the path of the program marsad");
  process.exit(1);
}

/** The relay: takes what is posted to it, and says that it has it. */
async function startRelay() {
  const letters = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      letters.push(Buffer.concat(parts).toString());
      response.end();
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { letters, port: server.address().port, stop: () => server.close() };
}

/** The demo's site with accounts, and a partner who is told kinds and times by the relay. */
async function makeSite(folder, relayPort) {
  const at = process.argv.indexOf("--site");
  const source = at > 0 ? process.argv[at + 1] : "examples/demo";
  const site = join(folder, basename(source));
  await cp(source, site, { recursive: true, filter: (path) => basename(path) !== "var" });
  await appendFile(
    join(site, "site.toml"),
    '\n[accounts]\nrequired = true\n\n[liaison]\nfile = "liaison.toml"\n',
  );
  const kinds = JSON.stringify(
    "approach waiting group convoy lost turned_back crossing return_trip hand_over".split(" "),
  );
  await writeFile(
    join(site, "liaison.toml"),
    `sender = "marsad.demo"
[[partner]]
id = "north"
name = "Force of the north"
kilometres = ["0-100"]
heading = ["home", "far"]
kinds = ${kinds}
language = "ckb"
route = "relayed"
relays = ["cell"]
[[partner]]
id = "pocket"
name = "Holders of the pocket"
kilometres = ["0-100"]
heading = ["home", "far"]
kinds = ${kinds}
route = "none"
reason = "nobody there is spoken to"
[[disclosure]]
partner = "north"
kinds = ${kinds}
fields = ["kind", "time", "direction"]
delay_s = 0
persons = 2
[[channel]]
hop = "cell"
form = "webhook"
address = "http://127.0.0.1:${relayPort}/notices"
`,
  );
  return site;
}

async function logIn(page, name) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Log in" }).click();
}

/** A browser of their own in which somebody is logged in. */
async function pageOf(browser, url, name) {
  const opened = await openPage(browser, url);
  await logIn(opened.page, name);
  return opened;
}

async function addAccount(page, name, role, partner) {
  await page.getByRole("button", { name: "New account" }).click();
  const form = page.getByRole("form", { name: "New account" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Role").selectOption(role);
  if (partner) await form.getByLabel("Partner").fill(partner);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Save" }).click();
  await page.locator(`tr[data-account="${name}"]`).waitFor();
}

/** Releases what is shown; where something stands against it, by a second press. */
async function release(dialog) {
  const against = await dialog.getByText("Before you tell").count();
  await dialog.getByRole("button", { name: "Release to Force of the north" }).click();
  if (against) await dialog.getByRole("button", { name: "Release all the same" }).click();
}

const folder = await mkdtemp(join(tmpdir(), "marsad-e2e-"));
const relay = await startRelay();
let program;
let browser;
let failed = false;
const opened = {};
try {
  const site = await makeSite(folder, relay.port);
  program = await step("the program starts and tells the code", () => startProgram(bin, site));
  const code = await step("the code is there", async () => {
    const found = /with the code (\S+)/.exec(program.said());
    assert.ok(found, "no code was told");
    return found[1];
  });
  browser = await openBrowser();
  await step("the administrator's password is set, and they log in", async () => {
    opened.admin = await openPage(browser, program.url);
    const { page } = opened.admin;
    await page.getByLabel("Code").fill(code);
    await page.getByLabel("Password").fill(password);
    await page.screenshot({ path: picture("setup") });
    await page.getByRole("button", { name: "Set password" }).click();
    await logIn(page, "admin");
    await page.getByRole("heading", { name: "Accounts" }).waitFor();
  });
  await step("they make accounts, and a token that is shown once", async () => {
    const { page } = opened.admin;
    await addAccount(page, "liaison1", "liaison");
    await addAccount(page, "chief", "commander");
    await addAccount(page, "north", "partner", "north");
    const row = page.locator('tr[data-account="chief"]');
    await row.getByRole("button", { name: "Token" }).click();
    const token = await page.locator("dialog.token code").innerText();
    await page.screenshot({ path: picture("accounts") });
    await page.getByRole("button", { name: "I have it" }).click();
    assert.ok(!(await page.content()).includes(token), "the token is still in the page");
    const authorization = `Bearer ${token}`;
    const answer = await fetch(`${program.url}api/notices`, { headers: { authorization } });
    assert.equal(answer.status, 200);
  });

  const id = await step("the liaison officer sees an incident", async () => {
    opened.liaison = await pageOf(browser, program.url, "liaison1");
    return incidentAppears(opened.liaison.page);
  });
  await step("but neither movers nor what operators do", async () => {
    const { page } = opened.liaison;
    assert.equal(await page.evaluate(() => window.__marsad.tracks), null);
    const card = await openIncident(page, id);
    await card.getByRole("button", { name: "Tell partners…" }).waitFor();
    assert.equal(await card.getByRole("button", { name: "Acknowledge" }).count(), 0);
    await page.screenshot({ path: picture("liaison") });
  });
  await step("they see exactly what the partner will, and release it", async () => {
    const { page } = opened.liaison;
    const card = await openIncident(page, id);
    await card.getByRole("button", { name: "Tell partners…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.locator('nav [data-partner="pocket"]').click();
    await dialog
      .getByText(/^Not told:/)
      .last()
      .waitFor();
    await dialog.locator('nav [data-partner="north"]').click();
    const fields = dialog.locator(".told [data-field]");
    await fields.first().waitFor();
    assert.deepEqual(
      await fields.evaluateAll((all) => all.map((one) => one.getAttribute("data-field"))),
      ["kind", "time", "direction"],
    );
    const sheet = dialog.frameLocator("iframe");
    await sheet.locator("table").waitFor();
    assert.equal(await sheet.locator("html").getAttribute("dir"), "rtl");
    await release(dialog);
    await dialog.getByText("You have released it. Another person must too.").waitFor();
    await page.screenshot({ path: picture("tell") });
    await page.keyboard.press("Escape");
    assert.equal(relay.letters.length, 0, "it went after one person's release");
  });
  await step("a second person finds and releases it", async () => {
    opened.chief = await pageOf(browser, program.url, "chief");
    const { page } = opened.chief;
    await page.getByRole("button", { name: /Notices.*1 to release/ }).click();
    await page.getByRole("button", { name: "Look and release" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Released by liaison1.").waitFor();
    await release(dialog);
    await page.keyboard.press("Escape");
    await page.locator(".notice").waitFor();
  });
  await step("the relay has it, and only what may be told", async () => {
    const { page } = opened.liaison;
    await page.getByRole("button", { name: /^Notices/ }).click();
    await page.locator('.notice [data-hop="cell"][data-received="true"]').waitFor();
    assert.equal(relay.letters.length, 1);
    const letter = JSON.parse(relay.letters[0]);
    assert.equal(letter.to, "north");
    for (const withheld of ["km", "at", "mover", "speed_mps"]) assert.equal(letter[withheld], null);
    assert.deepEqual(letter.sensors, []);
  });
  await step("the partner sees its notice and says that it has it", async () => {
    opened.partner = await pageOf(browser, program.url, "north");
    const { page } = opened.partner;
    await page.locator(".notice").waitFor();
    await page.getByText("EXERCISE: what is told here did not happen").waitFor();
    await page.screenshot({ path: picture("partner") });
    await page.getByRole("button", { name: "We have it" }).click();
    await page.locator('.notice[data-state="received"]').waitFor();
  });
  await step("the liaison officer sees the receipt", async () => {
    const { page } = opened.liaison;
    await page.locator('.notice[data-state="received"]').waitFor();
    await page.getByText(/north has it/).waitFor();
    await page.screenshot({ path: picture("notices") });
  });
  await step("the partner's alert is told to the liaison officer, who sees no forces", async () => {
    const data = alert("n-1", "Vehicle waits at the ford", [40.13, 34.0]);
    const { page: north } = opened.partner;
    const sent = await north.request.post(`${program.url}api/partner/alerts`, { data });
    assert.equal(sent.status(), 200, await sent.text());
    const { page } = opened.liaison;
    await page.getByRole("button", { name: "1 new alert" }).click();
    await page.locator('[data-alert][data-new="true"]').getByText("from north").waitFor();
    assert.equal(await page.getByRole("button", { name: /^Forces/ }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "Accounting" }).count(), 0);
    await opened.chief.page.getByRole("button", { name: "Operations" }).click();
    await opened.chief.page.getByRole("button", { name: /^Forces/ }).waitFor();
    await page.screenshot({ path: picture("alert") });
  });
  await step("a locked account's page says that its session has ended", async () => {
    const row = opened.admin.page.locator('tr[data-account="liaison1"]');
    await row.getByRole("button", { name: "Lock" }).click();
    await row.getByRole("button", { name: "Sure?" }).click();
    await row.locator('[data-password="false"]').waitFor();
    await opened.liaison.page.getByText("Your session has ended").waitFor({ timeout: 15_000 });
    await opened.liaison.page.screenshot({ path: picture("ended") });
  });
  await step("no page reported errors but of what it may not have", () => {
    for (const [who, { problems }] of Object.entries(opened)) {
      assert.deepEqual(
        problems.filter((problem) => !/40[134]|WebSocket/.test(problem)),
        [],
        `${who}'s page reported errors`,
      );
    }
  });
  await step("the program ends in order", async () => assert.equal(await program.stop(), 0));
  program = undefined;
} catch (error) {
  failed = true;
  console.error(`telling partners does not hold: ${error.message}`);
  if (program) console.error(`the program said:\n${program.said().slice(-4000)}`);
  for (const [who, { page }] of Object.entries(opened)) {
    await page.screenshot({ path: picture(`failed-${who}`) }).catch(() => {});
  }
} finally {
  program?.kill();
  relay.stop();
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
}
console.log(`screenshots: ${picture("*")}`);
process.exit(failed ? 1 : 0);
