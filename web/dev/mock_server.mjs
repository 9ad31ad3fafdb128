// SPDX-License-Identifier: Apache-2.0
// Serves the API of Marsad with a made-up scene, for work on the page without the program:
// `node dev/mock_server.mjs [PORT]`, then `npm run dev` or the built page at the same port.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { createExchange } from "./mock_exchange.mjs";
import { terrainTile } from "./mock_ground.mjs";
import { ledgerOf, whatIfOf } from "./mock_ledger.mjs";
import { createNotices, me } from "./mock_notices.mjs";
import { cameraPicture, cutout } from "./mock_picture.mjs";
import { createScene, healthOf, predictionOf } from "./mock_scene.mjs";
import { cameras, site } from "./mock_site.mjs";

const dist = fileURLToPath(new URL("../dist", import.meta.url));
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const outcomes =
  "turned_back detained aid_given handed_to_partner lost own_force animal false_alarm".split(" ");

function sendJson(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

/** The changed incident, or [status, reason]. */
function change(incident, action, body) {
  if (!body.by) return [400, "by: found nothing, expected who writes"];
  if (action === "acknowledge") {
    if (incident.state !== "open") return [409, `incident ${incident.id} is ${incident.state}`];
    incident.state = "acknowledged";
  } else if (action === "task") {
    if (incident.state === "open" || incident.state === "resolved") {
      return [409, `incident ${incident.id} is ${incident.state}, not acknowledged`];
    }
    incident.state = "tasked";
    incident.tasked_to = body.to;
    incident.reached.tasked ??= new Date().toISOString();
  } else if (action === "arrive") {
    if (incident.state !== "tasked" || incident.reached.arrived !== null) {
      return [409, `incident ${incident.id} is ${incident.state}, or was arrived at already`];
    }
    incident.reached.arrived = new Date().toISOString();
  } else if (action === "resolve") {
    if (incident.state !== "acknowledged" && incident.state !== "tasked") {
      return [409, `incident ${incident.id} is ${incident.state}, not acknowledged`];
    }
    if (!outcomes.includes(body.outcome)) return [400, `outcome: found "${body.outcome}"`];
    incident.state = "resolved";
    incident.outcome = body.outcome;
    incident.persons = body.persons;
    incident.referral = body.referral;
  }
  incident.notes = [
    ...incident.notes,
    { time: new Date().toISOString(), by: body.by, text: body.text || action },
  ];
  return incident;
}

async function serveFile(path, response) {
  const file = join(dist, normalize(path === "/" ? "/index.html" : path));
  try {
    const body = await readFile(file);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "text/plain" });
    response.end(body);
  } catch {
    sendJson(response, 404, { error: `no ${path}` });
  }
}

export async function startMock({ port = 0, scene = createScene(), simulated = true } = {}) {
  const started_ms = Date.now();
  let frames = 0;
  const notices = createNotices(scene);
  const exchange = createExchange();
  let ledger = ledgerOf({ T3: "reconnecting", B1: "covered" }, new Date(started_ms).toISOString());

  async function answer(request, response) {
    const url = new URL(request.url, "http://mock");
    const { pathname } = url;
    const tile = /^\/tiles\/terrain\/(\d+)\/(\d+)\/(\d+)\.png$/.exec(pathname);
    if (tile) {
      const png = terrainTile(...tile.slice(1).map(Number));
      response.writeHead(png ? 200 : 404, { "content-type": "image/png" });
      return response.end(png ?? undefined);
    }
    if (pathname === "/api/site") return sendJson(response, 200, { ...site, simulated });
    if (pathname === "/api/me") return sendJson(response, 200, me);
    const told = await notices.answer(request.method, pathname, () => bodyOf(request));
    if (told) return sendJson(response, told[0], told[1]);
    const other = exchange.answer(url);
    if (other) return sendJson(response, other[0], other[1]);
    if (pathname === "/api/incidents") return sendJson(response, 200, scene.incidents);
    if (pathname === "/api/health") {
      return sendJson(response, 200, healthOf(started_ms, frames, live.clients.size));
    }
    const camera = /^\/api\/cameras\/(.+)\/picture$/.exec(pathname);
    if (camera) {
      if (camera[1] === "T3" || !cameras.some((c) => c.id === camera[1])) {
        return sendJson(response, 404, { error: `camera ${camera[1]} has no picture yet` });
      }
      const { png, about } = cameraPicture((Date.now() - started_ms) / 1000, frames);
      response.writeHead(200, {
        "content-type": "image/png",
        "marsad-picture": JSON.stringify(about),
      });
      return response.end(png);
    }
    const action = /^\/api\/incidents\/(\d+)\/(\w+)$/.exec(pathname);
    if (action) {
      const incident = scene.incidents.find((i) => i.id === Number(action[1]));
      if (!incident) return sendJson(response, 404, { error: `no incident ${action[1]}` });
      if (action[2] === "picture") {
        response.writeHead(200, { "content-type": "image/png" });
        return response.end(cutout(incident.id));
      }
      const changed = change(incident, action[2], await bodyOf(request));
      if (Array.isArray(changed)) return sendJson(response, changed[0], { error: changed[1] });
      tell({ type: "incident", incident });
      return sendJson(response, 200, incident);
    }
    const said = /^\/api\/coverage\/(weather|balloons\/(.+))$/.exec(pathname);
    if (said) {
      const body = await bodyOf(request);
      if (!body.by) return sendJson(response, 400, { error: "by: empty; expected the post" });
      const since = new Date().toISOString();
      const text = body.text || body.air || "";
      if (said[2]) {
        const balloon = { id: said[2], up: body.up, by: body.by, since, text };
        ledger = { ...ledger, balloons: [balloon] };
      } else {
        const air = { extinction_per_km: 0.6, text, by: body.by, since, trouble: "" };
        ledger = { ...ledger, air };
      }
      tell(ledger);
      return sendJson(response, 200, said[2] ? ledger.balloons[0] : ledger.air);
    }
    if (pathname === "/api/coverage/what-if") {
      return sendJson(response, 200, whatIfOf(await bodyOf(request)));
    }
    if (/^\/api\/incidents\/\d+\/warnings\//.test(pathname)) return sendJson(response, 200, []);
    const future = /^\/api\/tracks\/(\d+)\/prediction$/.exec(pathname);
    if (future) {
      const track = scene.track(Number(future[1]));
      if (!track) return sendJson(response, 404, { error: `no track ${future[1]} is shown now` });
      return sendJson(response, 200, predictionOf(track));
    }
    const word = /^\/api\/tracks\/(\d+)\/(merge|split|label|drop)$/.exec(pathname);
    if (word) {
      const body = await bodyOf(request);
      if (!body.by) return sendJson(response, 400, { error: "by: found nothing" });
      const other = word[2] === "merge" ? body.other : null;
      const label = word[2] === "label" ? body.label : null;
      const time = new Date().toISOString();
      const said = { word: word[2], track: Number(word[1]), other, label, by: body.by, time };
      return sendJson(response, 200, said);
    }
    return serveFile(pathname, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => sendJson(response, 500, { error: String(error) }));
  });
  const live = new WebSocketServer({ server, path: "/api/live" });
  const tell = (message) => {
    const words = JSON.stringify(message);
    for (const client of live.clients) client.send(words);
  };

  live.on("connection", (client) => client.send(JSON.stringify(ledger)));

  const timers = [
    setInterval(() => {
      frames += 1;
      const entered_ms = Date.now();
      const { tracks, groups, happened } = scene.step(entered_ms);
      const time = new Date(entered_ms).toISOString();
      tell({ type: "tracks", time, entered_ms, tracks, groups });
      for (const incident of happened) tell({ type: "incident", incident });
    }, 200),
    setInterval(() => tell(healthOf(started_ms, frames, live.clients.size)), 1000),
  ];
  await new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    scene,
    exchange,
    port: server.address().port,
    url: `http://127.0.0.1:${server.address().port}/`,
    /** Says which cameras are down now: their states by id. */
    tellDown(why) {
      this.tellLedger(ledgerOf(why, new Date().toISOString()));
    },
    tellLedger(next) {
      ledger = next;
      tell(ledger);
    },
    async stop() {
      timers.forEach(clearInterval);
      for (const client of live.clients) client.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mock = await startMock({ port: Number(process.argv[2] ?? 8080) });
  console.log(`Marsad's mock is at ${mock.url}`);
}
