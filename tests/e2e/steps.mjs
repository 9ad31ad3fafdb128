// SPDX-License-Identifier: Apache-2.0
import { strict as assert } from "node:assert";

/** Where every track is, by id. */
const places = (page) =>
  page.evaluate(() =>
    Object.fromEntries((window.__marsad.tracks?.tracks ?? []).map((t) => [t.id, t.at])),
  );

/** Waits until some track, shown before and after, has another place. */
export async function trackMoves(page, timeout = 90_000) {
  await page.waitForFunction(() => (window.__marsad.tracks?.tracks.length ?? 0) > 0, null, {
    timeout,
  });
  const before = await places(page);
  await page.waitForFunction(
    (old) =>
      window.__marsad.tracks.tracks.some((track) => {
        const was = old[track.id];
        return was && (was[0] !== track.at[0] || was[1] !== track.at[1]);
      }),
    before,
    { timeout: 30_000 },
  );
}

/** Waits for an open incident; its id. */
export async function incidentAppears(page, timeout = 90_000) {
  const card = page.locator('.card[data-state="open"]').first();
  await card.waitFor({ timeout });
  return Number(await card.getAttribute("data-incident"));
}

export async function openIncident(page, id) {
  const card = page.locator(`.card[data-incident="${id}"]`);
  if ((await card.getAttribute("data-selected")) !== "true") {
    await card.locator(".card-head").click();
  }
  return card;
}

export async function acknowledgeAs(page, id, by, note) {
  const card = await openIncident(page, id);
  await card.locator('input[name="by"]').fill(by);
  await card.locator('textarea[name="note"]').fill(note);
  await card.getByRole("button", { name: "Acknowledge" }).click();
  await page.locator(`.card[data-incident="${id}"][data-state="acknowledged"]`).waitFor();
  assert.match(await card.locator(".notes").innerText(), new RegExp(by));
}

/** Runs a named step and says how it went. */
export async function step(name, work) {
  const started = Date.now();
  try {
    const result = await work();
    console.log(`ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return result;
  } catch (error) {
    console.error(`FAIL  ${name}\n${error.stack ?? error}`);
    throw error;
  }
}
