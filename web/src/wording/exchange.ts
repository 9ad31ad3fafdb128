// SPDX-License-Identifier: Apache-2.0

// The words of what comes in from others and of the ways out; a translation replaces the values, as
// in strings.
const plural = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

export const side = {
  label: "Incidents, forces and alerts",
  lists: { incidents: "Incidents", forces: "Forces", alerts: "Alerts" },
  more: (n: number) => `${n} more`,
};

export const forces = {
  none: "No force was heard of",
  noneHint: "Patrols and posts appear here when they report their place.",
  unknown: (why: string) => `Forces can't be read now: ${why}`,
  allegiances: {
    own: "own",
    allied: "allied",
    irregular: "irregular",
    partner: "partner's",
  } as Record<string, string>,
  roles: { patrol: "patrol", post: "post" } as Record<string, string>,
  kind: (allegiance: string, role: string) => `${allegiance} ${role}`,
  lastHeard: (age: string) => `last heard ${age}`,
  old: "OLD",
  within: (m: string) => `by now within ${m} of there`,
  toldBy: (source: string) => `told by ${source}`,
  fromTable: "from the site's table",
  tell: "Tell of a force",
  tellAgain: "Heard of again",
  gone: "It is gone",
  form: {
    name: "Name",
    nameHint: "patrol 4",
    whose: "Whose",
    what: "What",
    place: "Place",
    placeHint: "34.415 40.932, or click the map",
    within: "Known within, m",
    tell: "Tell",
    close: "Close",
    needName: "Enter the force's name first.",
    needPlace: "Enter degrees north and east, or click the map.",
    needWithin: "Expected 0 to 5000 m.",
  },
};

export const alerts = {
  none: "No alert was sent",
  noneHint: "What partners send as an alert appears here.",
  unknown: (why: string) => `Alerts can't be read now: ${why}`,
  isNew: "NEW",
  count: (n: number) => plural(n, "new alert", "new alerts"),
  short: (n: number) => `${n} new`,
  allSeen: "All seen",
  untitled: "Alert without words",
  statuses: {
    Exercise: "EXERCISE",
    System: "for programs",
    Test: "TEST",
    Draft: "draft",
  } as Record<string, string>,
  types: {
    Update: "update",
    Cancel: "takes back",
    Ack: "receipt",
    Error: "refused ours",
  } as Record<string, string>,
  fates: { Update: "updated since", Cancel: "taken back" } as Record<string, string>,
  from: (partner: string) => `from ${partner}`,
  enteredBy: (by: string) => `entered by ${by}`,
  sender: (sender: string) => `sender ${sender}`,
  sent: (time: string) => `sent ${time}`,
  noPlace: "no place was told",
  around: (m: string) => `within ${m}`,
};

export const ways = {
  title: "Ways out and in",
  none: "This site names no ways: every notice is told by a person.",
  unknown: (why: string) => `How the ways are can't be read now: ${why}`,
  down: (n: number) => plural(n, "way down", "ways down"),
  states: { idle: "not used yet", ok: "open", down: "DOWN" } as Record<string, string>,
  summary: (open: number, idle: number) =>
    [open > 0 && `${open} open`, idle > 0 && `${idle} not used yet`].filter(Boolean).join(", "),
  out: "out",
  into: "in",
  forms: {
    webhook: "signed JSON",
    cap: "CAP",
    cot: "Cursor-on-Target",
    email: "e-mail",
  } as Record<string, string>,
  waiting: (n: number) => `${plural(n, "notice waits", "notices wait")} for it`,
  connections: (n: number) => plural(n, "sender connected", "senders connected"),
  columns: {
    way: "Way",
    state: "State",
    waiting: "Waiting",
    taken: "Went",
    failed: "Failed tries",
    downs: "Times down",
    refused: "Refused",
  },
  refusals: {
    unreadable: "unreadable",
    no_event: "no event",
    unfinished: "unfinished",
    not_friend: "not a friend",
    other_kind: "of another kind",
    stale: "out of date",
    from_the_future: "from the future",
    far_off: "far off",
    too_unsure: "too unsure",
    no_name: "without a name",
    older_than_known: "older than known",
    too_many_forces: "too many forces",
    too_many_connections: "too many connections",
    no_certificate_of_the_authority: "certificate of another authority",
    slowed_down: "slowed down",
    no_partner: "no such partner",
    too_long: "too long",
    too_many: "too many",
    not_recorded: "not recorded",
  } as Record<string, string>,
};
