// SPDX-License-Identifier: Apache-2.0
// Partners and what they are told, for the mock server: one that two persons must release to, and
// one of whom nobody may tell.

/** Without accounts everybody may do everything. */
export const me = {
  name: "",
  role: "",
  partner: "",
  kilometres: "",
  sensors: "",
  may: ["map", "watch", "watch_all", "act", "see_notices", "release", "receive"],
};

const partners = [
  {
    id: "north",
    name: "Force of the north",
    language: "ckb",
    route: "relayed",
    hops: ["coalition cell", "north"],
    why_headquarters: "",
    by_hand: false,
  },
  {
    id: "middle",
    name: "Holders of the pocket",
    language: "ar",
    route: "none",
    hops: ["headquarters"],
    why_headquarters: "nobody there is spoken to",
    by_hand: true,
  },
];
const persons = 2;

export function createNotices(scene) {
  const notices = [];
  const releases = new Map(); // of "incident partner"

  function disclosure(id, partner) {
    const incident = scene.incidents.find((one) => one.id === id);
    const released_by = releases.get(`${id} ${partner}`) ?? [];
    const common = { partner, released_by, not_before: incident.time, reveals: [], warnings: [] };
    if (partner !== "north") {
      const withheld = "the policy has no entry for it and this kind";
      return { ...common, told: [], withheld, persons: 0 };
    }
    const told = [
      { field: "kind", value: incident.kind },
      { field: "time", value: incident.time },
      { field: "kilometre", value: String(Math.round(incident.km)) },
    ];
    return { ...common, told, withheld: null, persons };
  }

  function release(id, { partner, by }) {
    const key = `${id} ${partner}`;
    const released = [...new Set([...(releases.get(key) ?? []), by])];
    releases.set(key, released);
    const shown = disclosure(id, partner);
    if (released.length >= persons) {
      releases.delete(key);
      const queued = new Date().toISOString();
      const number = notices.length + 1;
      const { hops } = partners.find((one) => one.id === partner);
      const state = { state: "waiting", simulated: true, steps: [] };
      const way = { hops, why_headquarters: "", by_hand: false, ...state };
      const what = { id: number, partner, number, incident: id, told: shown.told };
      notices.unshift({ ...what, queued, not_before: queued, ...way });
    }
    return shown;
  }

  function receive(id, { hop, by }) {
    const notice = notices.find((one) => one.id === id);
    const step = { time: new Date().toISOString(), step: "receipt", hop, detail: `told by ${by}` };
    notice.steps = [...notice.steps, step];
    notice.state = hop === notice.hops.at(-1) ? "received" : "sent";
    return notice;
  }

  return {
    /** [status, body], or none where the path is not one of these. */
    async answer(method, path, body) {
      if (path === "/api/partners") return [200, partners];
      if (path === "/api/notices") return [200, notices];
      if (path === "/api/releases") {
        const open = [...releases].map(([key, released_by]) => {
          const [incident, partner] = key.split(" ");
          return { incident: Number(incident), partner, persons, released_by };
        });
        return [200, open];
      }
      const asked = /^\/api\/incidents\/(\d+)\/(disclosure|release)(?:\/(\w+))?$/.exec(path);
      if (asked?.[2] === "disclosure") return [200, disclosure(Number(asked[1]), asked[3])];
      if (asked && method === "POST") return [200, release(Number(asked[1]), await body())];
      const receipt = /^\/api\/notices\/(\d+)\/receipt$/.exec(path);
      if (receipt) return [200, receive(Number(receipt[1]), await body())];
      return undefined;
    },
  };
}
