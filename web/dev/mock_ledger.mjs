// SPDX-License-Identifier: Apache-2.0
import { site } from "./mock_site.mjs";

const stretch_km = 0.2;
const enough = 0.8;

// How far each kind is told from afar, and where the made-up cameras look, in km and its reach.
const kinds = { person: 0.75, vehicle: 1.5, animal: 0.55, drone: 0.35 };
const held = [
  { side: "far", from_km: 0, to_km: 9, holding: "held", holder: "Northern Council" },
  { side: "far", from_km: 9, to_km: 13, holding: "contested", holder: "" },
  { side: "far", from_km: 13, to_km: 22.3, holding: "nobody", holder: "" },
  { side: "home", from_km: 0, to_km: 16, holding: "held", holder: "Border Guard" },
  { side: "home", from_km: 16, to_km: 22.3, holding: "unknown", holder: "" },
];
const looks = { T1: [4, 3.2], T2: [10, 3], T3: [17, 3.4], B1: [13, 2.6] };

/** What each stretch's crosser is found with, of the cameras that are up. */
function foundBy(up, scale, km) {
  const missed = up.reduce((sum, id) => {
    const [middle, reach] = looks[id];
    return sum * (1 - 0.97 * Math.exp(-(((km - middle) / (reach * scale)) ** 6)));
  }, 1);
  return Math.round(1000 * (1 - missed)) / 1000;
}

/** The ledger with some cameras down; `why` has each one's state. */
export function ledgerOf(why, since) {
  const all = Object.keys(looks);
  const up = all.filter((id) => !why[id]);
  const count = Math.ceil(site.border.length_km / stretch_km);
  const middle = (i) => (i + 0.5) * stretch_km;
  const dark = [];
  const found = Object.entries(kinds).map(([who, scale]) => {
    let last = null;
    const now = Array.from({ length: count }, (_, i) => {
      const p = foundBy(up, scale, middle(i));
      const always = foundBy(all, scale, middle(i)) < enough;
      if (p >= enough) last = null;
      else if (!last || (last.since === null) !== always) {
        last = { who, from_km: i * stretch_km, since: always ? null : since, least_found: p };
        last.causes = [];
        dark.push(last);
      }
      if (p < enough) {
        last.to_km = (i + 1) * stretch_km;
        last.least_found = Math.min(last.least_found, p);
        for (const id of always ? [] : all.filter((one) => why[one])) {
          const lifts = foundBy([...up, id], scale, middle(i)) >= enough;
          if (lifts && !last.causes.some((cause) => cause.id === id)) {
            const what = id.startsWith("B") ? "balloon" : "camera";
            last.causes.push({ what, id, state: why[id], since, detail: "" });
          }
        }
      }
      return p;
    });
    return { who, found: now };
  });
  return {
    type: "ledger",
    time: new Date().toISOString(),
    ready: true,
    trouble: "",
    stretch_km,
    enough,
    air: { extinction_per_km: 0.2, text: "as planned", by: "", since: null, trouble: "" },
    balloons: [{ id: "B1", up: true, by: "", since: null, text: "" }],
    kinds: found,
    dark,
    held,
  };
}

/** What one camera less, or one more, would change: here wherever it stands. */
export function whatIfOf({ without, with: put }) {
  const all = ledgerOf({}, "");
  const fewer = ledgerOf(without ? { [without]: "down" } : {}, "");
  const better = (share) => (put ? 1 - 0.5 * (1 - share) : share);
  const after = fewer.kinds.map(({ who, found }) => ({ who, found: found.map(better) }));
  return { stretch_km, enough, before: all.kinds, after };
}
