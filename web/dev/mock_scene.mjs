// SPDX-License-Identifier: Apache-2.0
import { borderAt, cameras, kilometre, move, offset_m } from "./mock_site.mjs";

const round_s = 150; // then the scene begins again

/** Movers: where they are seconds after the scene's beginning, and what they are held to be. */
const movers = [
  {
    mover: "person",
    probability: 0.93,
    lat: 34.408,
    off_m: -34,
    e_mps: 1.3,
    n_mps: 0.2,
    wave_m: 1,
  },
  {
    mover: "person",
    probability: 0.71,
    lat: 34.4095,
    off_m: -95,
    e_mps: 1.1,
    n_mps: 0.1,
    wave_m: 2,
  },
  {
    mover: "vehicle",
    probability: 0.97,
    lat: 34.44,
    off_m: -1900,
    e_mps: 0.6,
    n_mps: -9,
    wave_m: 12,
  },
  {
    mover: "animal",
    probability: 0.62,
    lat: 34.43,
    off_m: 900,
    e_mps: -0.2,
    n_mps: 0.7,
    wave_m: 2,
  },
  {
    mover: "unknown",
    probability: 0.5,
    lat: 34.35,
    off_m: -1200,
    e_mps: -0.9,
    n_mps: -0.3,
    wave_m: 4,
  },
  { mover: "bird", probability: 0.8, lat: 34.38, off_m: 300, e_mps: -6, n_mps: 5, wave_m: 60 },
];

function placeOf(mover, t_s) {
  const start = move([borderAt(mover.lat), mover.lat], mover.off_m, 0);
  const wave = mover.wave_m * Math.sin(t_s * 0.35 + mover.off_m);
  return move(start, mover.e_mps * t_s, mover.n_mps * t_s + wave);
}

function trackOf(mover, index, round, t_s, started_ms) {
  const at = placeOf(mover, t_s);
  const before = placeOf(mover, t_s - 0.5);
  const e = (at[0] - before[0]) * 91_860 * 2;
  const n = (at[1] - before[1]) * 111_320 * 2;
  const now = new Date(started_ms + t_s * 1000).toISOString();
  return {
    id: round * 20 + index + 1,
    mover: mover.mover,
    mover_probability: mover.probability,
    existence: 0.99,
    at,
    ellipse: { major_m: 42 + index * 12, minor_m: 9 + index * 2, azimuth_deg: 80 + index * 9 },
    speed_mps: Math.hypot(e, n),
    heading_deg: ((Math.atan2(e, n) * 180) / Math.PI + 360) % 360,
    km: kilometre(at),
    offset_m: offset_m(at),
    first_seen: new Date(started_ms).toISOString(),
    last_seen: now,
    sensors: index % 2 ? ["T2"] : ["T2", "B1"],
    tail: Array.from({ length: 20 }, (_, i) => placeOf(mover, Math.max(t_s - 40 + i * 2, 0))),
  };
}

/** Metres east and north of `from`. */
const offset = (from, at) => [(at[0] - from[0]) * 91_860, (at[1] - from[1]) * 111_320];

/** The first two walk together, and a third of theirs is out of sight. */
function groupOf([first, second], round) {
  const [e, n] = offset(first.at, second.at);
  return {
    id: round + 1,
    tracks: [first.id, second.id],
    hidden: 1,
    at: move(first.at, e / 2, n / 2),
    ellipse: {
      major_m: Math.hypot(e, n),
      minor_m: 0,
      azimuth_deg: ((Math.atan2(e, n) * 180) / Math.PI + 360) % 360,
    },
    speed_mps: first.speed_mps,
    heading_deg: first.heading_deg,
  };
}

/** Where a track goes if it goes on so; the border is reached when its offset is used up. */
export function predictionOf(track) {
  const heading = (track.heading_deg * Math.PI) / 180;
  const e_mps = Math.sin(heading) * track.speed_mps;
  const n_mps = Math.cos(heading) * track.speed_mps;
  const after = (s) => new Date(Date.parse(track.last_seen) + s * 1000).toISOString();
  const path = Array.from({ length: 61 }, (_, i) => ({
    time: after(i * 10),
    at: move(track.at, e_mps * i * 10, n_mps * i * 10),
    ellipse: { ...track.ellipse, major_m: 40 + i * 6, minor_m: 10 + i * 6 },
  }));
  const arrives_s = -track.offset_m / e_mps;
  const arrives = arrives_s > 0 && arrives_s < 600;
  return {
    track: track.id,
    path,
    arrival: arrives
      ? {
          likely: after(arrives_s),
          earliest: after(arrives_s * 0.7),
          latest: arrives_s > 300 ? null : after(arrives_s * 1.6),
          km: track.km,
          to_home: e_mps > 0,
        }
      : null,
    next_sight: { sensor: "T1", time: after(140), probability: 0.83 },
  };
}

function incidentOf(track, id) {
  const inbound = track.offset_m > 0;
  return {
    id,
    kind: "crossing",
    direction: inbound ? "inbound" : "outbound",
    time: track.last_seen,
    told: track.last_seen,
    km: track.km,
    at: track.at,
    probability: 0.96,
    mover: track.mover,
    mover_probability: track.mover_probability,
    speed_mps: track.speed_mps,
    heading_deg: track.heading_deg,
    tracks: [track.id],
    sensors: track.sensors,
    because:
      `Track #${track.id} passed the line at km ${track.km.toFixed(2)} from ` +
      `${inbound ? "the far side to home" : "home to the far side"}; both sides of the step ` +
      "are clear of its uncertainty.",
    history: [{ kind: "crossing", time: track.last_seen, what: "passed the line" }],
    merged_into: null,
    state: "open",
    tasked_to: "",
    reached: { acknowledged: null, tasked: null, arrived: null, resolved: null },
    reminders: 0,
    outcome: null,
    persons: null,
    referral: "none",
    notes: [],
    has_picture: true,
    simulated: true,
  };
}

/** The scene at work; `step` gives the tracks and what has just happened. */
export function createScene(now_ms = Date.now()) {
  let round = 0;
  let started_ms = now_ms;
  let sides = new Map();
  const incidents = [];
  let newest = [];
  return {
    incidents,
    track: (id) => newest.find((track) => track.id === id),
    step(at_ms) {
      if ((at_ms - started_ms) / 1000 > round_s) {
        round += 1;
        started_ms = at_ms;
        sides = new Map();
      }
      const t_s = (at_ms - started_ms) / 1000;
      const tracks = movers.map((mover, i) => trackOf(mover, i, round, t_s, started_ms));
      const happened = [];
      for (const track of tracks) {
        const side = Math.sign(track.offset_m);
        const old = sides.get(track.id);
        sides.set(track.id, side);
        if (old === undefined || old === side || track.mover === "bird") continue;
        const incident = incidentOf(track, incidents.length + 1);
        incidents.unshift(incident);
        happened.push(incident);
      }
      newest = tracks;
      return { tracks, groups: [groupOf(tracks, round)], happened };
    },
  };
}

export function healthOf(started_ms, frames, clients) {
  const since = new Date(started_ms).toISOString();
  const states = { T1: "noisy", T2: "ok", T3: "reconnecting", B1: "covered" };
  const details = {
    T1: "2.4 times the usual noise",
    T3: "No answer from the camera for 5 s.",
    B1: "nothing of the usual scene shows: lens covered, or thick fog or dust",
  };
  const ofPictures = (id) => ["noisy", "covered"].includes(states[id]);
  return {
    type: "health",
    time: new Date().toISOString(),
    running_since: since,
    cameras: cameras.map(({ id }) => ({
      id,
      state: states[id],
      since,
      detail: details[id] ?? "",
      watching: id === "T1" || id === "T2",
      conditions: ofPictures(id) ? [{ state: states[id], since, detail: details[id] }] : [],
      troubles: states[id] === "ok" ? 0 : 1,
      frames: id === "T3" ? 0 : frames,
      dropped: id === "B1" ? 3 : 0,
      corrupt: 0,
      fps: id === "T3" ? 0 : 9.9,
      bias: id === "T1" ? { azimuth_deg: 0.12, azimuth_sigma_deg: 0.02, pairs: 640 } : null,
    })),
    queues: ["frames T1", "frames T2", "frames B1", "plots", "record"].map((name, i) => ({
      name,
      depth: i % 2,
      capacity: i < 3 ? 4 : 256,
      high_water: 2 + i,
      pushed: frames,
      dropped: i === 2 ? 3 : 0,
    })),
    refused: [{ reason: "no_place", count: 12 + frames }],
    held_back: [{ name: "gate 3", movers: 4 }],
    recording: true,
    recording_detail: "",
    clients,
    ground_unread: 0,
    ground_detail: "",
    clients_cut: 0,
  };
}
