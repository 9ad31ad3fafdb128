// SPDX-License-Identifier: Apache-2.0
// What comes in from others, the ways, and what was seen, done and missed, for the mock server.
import { borderAt, cameras, move, site } from "./mock_site.mjs";

const ago = (s) => new Date(Date.now() - 1000 * s).toISOString();

/** Name, whose, what, latitude, metres toward home, heard so many seconds ago, by whom. */
const heard = [
  ["Patrol 4", "own", "patrol", 34.415, 700, 40, "patrols: patrol4.example"],
  ["Patrol 7", "own", "patrol", 34.36, 1500, 45 * 60, "patrols: patrol7.example"],
  ["Post Al-Nahr", "own", "post", 34.445, 900, 3 * 3600, ""],
  ["Cell 2", "allied", "patrol", 34.385, 2100, 6 * 60, "allies: cell.example"],
  ["Hill watch", "irregular", "post", 34.43, 1700, 2 * 3600, ""],
  ["North 12", "partner", "patrol", 34.4, -1900, 9 * 60, "north: 192.0.2.7"],
];

function forces() {
  return heard.map(([name, allegiance, role, lat, off_m, age_s, source]) => ({
    name,
    allegiance,
    role,
    at: move([borderAt(lat), lat], off_m, 0),
    uncertainty_m: role === "post" ? 20 : Math.hypot(30, 2 * age_s),
    heard: ago(age_s),
    age_s,
    source,
  }));
}

const alert = (id, part) => ({
  id,
  received: ago(200 - 10 * id),
  partner: "north",
  by: "north",
  identifier: `n-${id}`,
  sender: "north.example",
  sent: ago(260 - 10 * id),
  status: "Exercise",
  type: "Alert",
  references: "",
  event: "Movement",
  headline: "",
  description: "",
  area: "",
  at: null,
  radius_m: null,
  again: false,
  ...part,
});

const sums = (incidents, part = {}) => ({
  tally: {
    incidents,
    unresolved: 1,
    interdicted: Math.round(incidents / 2),
    aided: 1,
    lost: 0,
    own_force: 0,
    false_alerts: 1,
  },
  to_acknowledge: { count: incidents, median_s: 38, most_s: 260 },
  to_arrive: { count: Math.round(incidents / 2), median_s: 1500, most_s: 4100 },
  watched_hours: 23.5,
  blind_km_hours: 12.25,
  false_per_100_km_day: 4.59,
  ...part,
});

function accountOf(from, to) {
  const { length_km } = site.border;
  return {
    from,
    to,
    length_km,
    simulated: true,
    all: sums(9),
    kinds: [
      { kind: "crossing", incidents: 5 },
      { kind: "turned_back", incidents: 3 },
      { kind: "lost", incidents: 1 },
    ],
    stretches: [
      { from_km: 0, to_km: 10, sums: sums(7, { blind_km_hours: 0 }) },
      { from_km: 10, to_km: 20, sums: sums(2) },
      { from_km: 20, to_km: length_km, sums: sums(0, { blind_km_hours: 0 }) },
    ],
    days: [
      { evening: from.slice(0, 10), begin: from, end: to, sums: sums(3) },
      { evening: to.slice(0, 10), begin: from, end: to, sums: sums(6) },
    ],
    sensors: cameras.map(({ id }, i) => ({
      sensor: id,
      hours: 24,
      frames: 864_000,
      detections: 12_300 + 5000 * i,
      saw: 3,
      saw_alone: 1,
      share: { ...sums(2).tally, incidents: 2 + i / 3, interdicted: 1, false_alerts: i / 2 },
    })),
  };
}

export function createExchange() {
  let fails = false;
  const alerts = [
    alert(2, {
      headline: "Four persons walk to the line",
      description: "Seen from our post at the wadi; one of them carries a load.",
      area: "Wadi Suwab",
      at: move([borderAt(34.39), 34.39], -2600, 0),
      radius_m: 800,
    }),
    alert(1, { headline: "Shooting heard", area: "North of km 3", type: "Alert" }),
  ];
  const ways = [
    {
      name: "coalition cell",
      listens: false,
      form: "cot",
      address: "tls://192.0.2.20:8089",
      state: "ok",
      since: ago(7200),
      detail: "",
      taken: 14,
      failed: 2,
      downs: 1,
      connections: 0,
      refused: [],
    },
    {
      name: "patrols",
      listens: true,
      form: "cot",
      address: "tls://192.0.2.1:8089",
      state: "ok",
      since: "",
      detail: "",
      taken: 5210,
      failed: 0,
      downs: 0,
      connections: 3,
      refused: [
        { reason: "stale", count: 12 },
        { reason: "far_off", count: 1 },
      ],
    },
  ];
  return {
    /** A partner's further alert. */
    tellAlert(part) {
      alerts.unshift(alert(alerts.length + 1, { received: ago(0), sent: ago(20), ...part }));
    },
    /** The way to the cell is down from now on, or open again. */
    tellWay(down) {
      const detail = down ? "tls://192.0.2.20:8089: connection refused" : "";
      Object.assign(ways[0], { state: down ? "down" : "ok", since: ago(0), detail });
    },
    /** From now on nothing of this can be read, or all can again. */
    fail(now) {
      fails = now;
    },
    /** [status, body], or none where the path is not one of these. */
    answer(url) {
      const answers = {
        "/api/forces": forces,
        "/api/alerts": () => alerts,
        "/api/channels": () => ways,
        "/api/accounting": () =>
          accountOf(url.searchParams.get("from"), url.searchParams.get("to")),
      };
      const found = answers[url.pathname];
      if (!found) return undefined;
      return fails ? [500, { error: "the record can't be read" }] : [200, found()];
    },
  };
}
