// SPDX-License-Identifier: Apache-2.0

// Every word a person reads. A translation replaces this file's values and `direction`.
export const direction: "ltr" | "rtl" = "ltr";
export const language = "en";

const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

const outOfSight = (n: number) => (n === 0 ? "" : `, ${n} out of sight`);

export const text = {
  product: "Marsad",
  simulated: "SIMULATED — nothing shown here exists",
  simulatedTag: "SIM",
  unknown: "–",

  link: {
    connecting: "Connecting to Marsad…",
    cannotReach: "Marsad can't be reached. Trying again…",
    reason: (problem: string) => `Reason: ${problem}`,
    live: "Live",
    lost: (time: string) => `No connection since ${time}`,
    lostHint: "What is shown is old. Trying to reconnect…",
  },

  header: {
    tracks: (n: number) => plural(n, "track", "tracks"),
    openIncidents: (n: number) => `${n} open`,
    sound: "Sound",
    soundOn: "Sound on",
    soundOff: "Sound off",
  },

  time: {
    utc: "UTC",
    justNow: "just now",
    secondsAgo: (n: number) => `${n} s ago`,
    minutesAgo: (n: number) => `${n} min ago`,
    hoursAgo: (h: number, min: number) => `${h} h ${min} min ago`,
    daysAgo: (n: number) => plural(n, "day ago", "days ago"),
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
    since: (time: string) => `since ${time}`,
  },

  map: {
    label: "Map of the border",
    home: "HOME",
    farSide: "FAR SIDE",
    terrain3d: "3-D terrain",
    wholeBorder: "Whole border",
    masked: (name: string) => (name ? `${name} (not watched)` : "Not watched"),
    km: (km: string) => `km ${km}`,
    offHome: (m: string) => `${m} on the home side`,
    offFar: (m: string) => `${m} on the far side`,
    noWebgl: "This browser can't draw the map",
    noWebglHint: "WebGL 2 is missing or switched off. Incidents, cameras and health still work.",
    trackLabel: (id: number, mover: string, speed: string) => `#${id} ${mover} ${speed}`,
    groupLabel: (n: number, hidden: number) => `${n} together${outOfSight(hidden)}`,
    legend: {
      near_line: "Near the line",
      toward_home: "Toward home",
      away: "Away from home",
      along: "Along or still",
    },
  },

  tracks: {
    title: (id: number) => `Track #${id}`,
    close: "Close track",
    gone: "This track has ended.",
    placedWithin: (m: string) => `placed within ${m}`,
    exists: (percent: string) => `${percent} sure it is there`,
    reaches: (km: string, time: string, spread: string) =>
      `reaches the border at km ${km} in about ${time} (${spread})`,
    between: (earliest: string, latest: string) => `${earliest} to ${latest}`,
    after: (earliest: string) => `${earliest} or more`,
    next: (camera: string, time: string) => `next: ${camera} in about ${time}`,
    inGroup: (group: number, n: number, hidden: number) =>
      `in group ${group} of ${n}${outOfSight(hidden)}`,
    firstSeen: (ago: string) => `first seen ${ago}`,
    words: {
      label: "It is",
      choose: "as judged, or choose",
      noLabel: "as judged",
      other: "Same mover as",
      otherHint: "track number",
      merge: "One mover",
      split: "Another mover",
      drop: "Nothing there",
    },
  },

  incidents: {
    title: "Incidents",
    none: "No incidents",
    noneHint: "Crossings appear here as they happen.",
    incident: (id: number) => `Incident ${id}`,
    kinds: { crossing: "crossing" } as Record<string, string>,
    directions: { inbound: "Inbound", outbound: "Outbound" } as Record<string, string>,
    states: { open: "Open", acknowledged: "Acknowledged", resolved: "Resolved" } as Record<
      string,
      string
    >,
    outcomes: {
      turned_back: "Turned back",
      detained: "Detained",
      aid_given: "Aid given",
      handed_to_partner: "Handed to partner",
      lost: "Lost",
      own_force: "Own force",
      animal: "Animal",
      false_alarm: "False alarm",
    } as Record<string, string>,
    certainty: (percent: string) => `${percent} sure it happened`,
    heading: (speed: string, compass: string) => `${speed} toward ${compass}`,
    seenBy: (sensors: string) => `Seen by ${sensors}`,
    trackIds: (ids: string) => `Track ${ids}`,
    because: "Why",
    notes: "Log",
    noNotes: "Nothing written yet.",
    picture: (id: number) => `Thermal cut-out of incident ${id}`,
    noPicture: "No picture",
    byLabel: "Your post",
    byHint: "e.g. watch 2",
    textLabel: "Note",
    textHint: "What was seen or done",
    outcomeLabel: "Outcome",
    acknowledge: "Acknowledge",
    resolve: "Resolve",
    addNote: "Add note",
    sending: "Sending…",
    needBy: "Enter your post first.",
    needText: "Write the note first.",
    needOutcome: "Choose an outcome first.",
    refused: (why: string) => `Not done: ${why}`,
    close: "Close",
  },

  movers: {
    person: "person",
    vehicle: "vehicle",
    animal: "animal",
    aircraft: "aircraft",
    bird: "bird",
    unknown: "unknown",
  } as Record<string, string>,

  cameras: {
    title: "Cameras",
    live: (name: string) => `Camera ${name}`,
    noPicture: "No picture yet",
    problem: (why: string) => `No picture: ${why}`,
    close: "Close camera",
    fps: (n: string) => `${n} pictures/s`,
    frame: (n: number) => `frame ${n}`,
    choose: "Choose a camera",
    pointing: (azimuth: string, fov: string) => `looks ${azimuth}, ${fov} wide`,
    picture: (name: string) => `Live thermal picture of ${name}`,
  },

  health: {
    title: "Health",
    details: "Health details",
    close: "Close details",
    states: {
      starting: "starting",
      ok: "ok",
      no_signal: "no signal",
      reconnecting: "reconnecting",
      corrupt: "corrupt",
      ended: "ended",
      wrong_size: "wrong picture size",
      covered: "covered",
      blinded: "blinded",
      frozen: "frozen",
      moved: "moved",
      defocused: "out of focus",
      saturated: "overexposed",
      dead_pixels: "dead pixels",
      noisy: "noisy",
      slow: "slow",
      clock_wrong: "clock wrong",
    } as Record<string, string>,
    notWatching: "NOT WATCHING",
    recorder: "Recorder",
    recording: "recording",
    notRecording: "NOT RECORDING",
    ground: "Ground",
    groundUnread: (times: number) =>
      `HEIGHTS MISSING, ${plural(times, "failed read", "failed reads")}`,
    running: (time: string) => `Running since ${time}`,
    clients: (n: number, cut: number) =>
      `${plural(n, "screen", "screens")} connected, ${cut} cut off for reading too slowly`,
    unknown: "Health not known yet",
    bias: (off: string, right: boolean, sigma: string) =>
      `seemed to point ${off}° too far ${right ? "right" : "left"} (± ${sigma}°), taken out`,
    refused: "Not used for tracks",
    refusals: {
      no_place: "no place on the ground",
      not_a_number: "not a number",
      absurd_place: "no place on Earth, or too far off",
      bad_covariance: "error of no use",
      bad_class: "class of no use",
      repeated_plot: "the same twice in a look",
      repeated_scan: "look given twice",
      too_late: "look came too late",
    } as Record<string, string>,
    columns: {
      camera: "Camera",
      state: "State",
      since: "Since",
      troubles: "Troubles",
      fps: "Frames/s",
      frames: "Frames",
      dropped: "Dropped",
      corrupt: "Corrupt",
      detail: "Detail",
      queue: "Queue",
      depth: "Depth",
      highWater: "Highest",
      pushed: "Passed",
    },
  },

  coverage: {
    title: "How likely one who crosses is found",
    working: "Working out who is watched where…",
    trouble: (why: string) => `Who is watched where can't be worked out: ${why}`,
    choose: "Show on the map",
    crossers: {
      person: "person",
      vehicle: "vehicle",
      animal: "animal",
      drone: "drone",
    } as Record<string, string>,
    found: (from: string, to: string, who: string, share: string) =>
      `km ${from}–${to}: ${who} found with ${share}`,
    dark: (km: string, since: string, causes: string) => `km ${km} dark since ${since}: ${causes}`,
    camera: (id: string) => `camera ${id}`,
    balloon: (id: string) => `balloon ${id}`,
    balloonDown: (id: string, why: string) => `balloon ${id} down${why ? ` (${why})` : ""}`,
    air: (air: string) => `air: ${air}`,
    more: (n: number) => `${n} more dark`,
    conditions: {
      air: "Air",
      airIs: "The air is",
      choose: "as it was, or choose",
      airs: {
        clear: "clear",
        limited: "limited",
        humid: "humid",
        haze: "haze",
        dust: "dust",
        fog: "fog",
      } as Record<string, string>,
      perKm: (extinction: string) => `takes ${extinction} per km`,
      said: (by: string, time: string) => `· ${by}, ${time}`,
      noteHint: "e.g. wind 18 m/s",
      up: "up",
      down: "down",
      isUp: "It is up",
      isDown: "It is down",
    },
  },

  compass: ["N", "NE", "E", "SE", "S", "SW", "W", "NW"],
};

/** A word of the wire in a person's language; the word itself where the page doesn't know it. */
export function word(words: Record<string, string>, key: string): string {
  return words[key] ?? key.replaceAll("_", " ");
}
