// SPDX-License-Identifier: Apache-2.0
// How long the page takes to draw a ledger of a long border: from the message on the feed to the
// strip drawn, in Chromium without a GPU. The page is the built one, its server the mock.
import { ledgerOf } from "../web/dev/mock_ledger.mjs";
import { startMock } from "../web/dev/mock_server.mjs";
import { mapDrawn, openBrowser, openPage } from "../tests/e2e/browser.mjs";

const rounds = 20;
const columns = 3005; // of 200 m, as many as the reference border has

/** The mock's ledger over and over, side by side: of 601 km, with hundreds of dark stretches. */
function longLedger(why) {
  const short = ledgerOf(why, new Date().toISOString());
  const times = Math.ceil(columns / short.kinds[0].found.length);
  const length_km = short.kinds[0].found.length * short.stretch_km;
  const moved = (one, i) => ({
    ...one,
    from_km: one.from_km + i * length_km,
    to_km: one.to_km + i * length_km,
  });
  const again = (list) => Array.from({ length: times }, (_, i) => list.map((one) => moved(one, i)));
  return {
    ...short,
    kinds: short.kinds.map(({ who, found }) => ({
      who,
      found: Array.from({ length: times }, () => found).flat().slice(0, columns),
    })),
    dark: again(short.dark).flat(),
    held: again(short.held).flat(),
  };
}

const mock = await startMock();
const browser = await openBrowser();
try {
  const { page } = await openPage(browser, mock.url);
  await mapDrawn(page);
  await page.locator(".coverage svg").first().waitFor();
  const took_ms = [];
  let dark = 0;
  for (let round = 0; round < rounds; ++round) {
    const ledger = longLedger(round % 2 === 0 ? { T2: "frozen" } : { T3: "frozen" });
    dark = ledger.dark.length;
    const drawn = page.evaluate(
      () =>
        new Promise((resolve) => {
          const observer = new MutationObserver(() => {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
          });
          const strip = document.querySelector(".coverage");
          observer.observe(strip, { subtree: true, childList: true, attributes: true });
        }),
    );
    await page.evaluate(() => undefined); // it is watching by now
    const told_ms = Date.now();
    mock.tellLedger(ledger);
    took_ms.push((await drawn) - told_ms);
  }
  took_ms.sort((a, b) => a - b);
  console.log(
    `${columns} stretches, ${dark} dark ones: median ${took_ms[rounds / 2]} ms, ` +
      `worst ${took_ms[rounds - 1]} ms`,
  );
} finally {
  await browser.close();
  await mock.stop();
}
