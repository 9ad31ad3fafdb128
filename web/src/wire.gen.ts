// Made by `marsad types` from src/wire/messages.h; do not edit.

export type LngLat = [number, number];

export interface BoundsView {
  west: number;
  south: number;
  east: number;
  north: number;
}

export interface KilometrePost {
  km: number;
  at: LngLat;
}

export interface BorderView {
  length_km: number;
  line: LngLat[];
  home_is_left: boolean;
  posts: KilometrePost[];
}

export interface CameraView {
  id: string;
  name: string;
  mount: string;
  at: LngLat;
  height_above_ground_m: number;
  azimuth_deg: number;
  elevation_deg: number;
  horizontal_fov_deg: number;
  width_px: number;
  height_px: number;
  footprint: LngLat[][];
}

export interface BarrierView {
  name: string;
  kind: string;
  line: LngLat[];
}

export interface ZoneView {
  name: string;
  kind: string;
  ring: LngLat[];
}

export interface SiteView {
  name: string;
  simulated: boolean;
  bounds: BoundsView;
  border: BorderView;
  cameras: CameraView[];
  barriers: BarrierView[];
  zones: ZoneView[];
}

export interface EllipseView {
  major_m: number;
  minor_m: number;
  azimuth_deg: number;
}

export interface TrackView {
  id: number;
  mover: string;
  mover_probability: number;
  existence: number;
  at: LngLat;
  ellipse: EllipseView;
  speed_mps: number;
  heading_deg: number;
  km: number;
  offset_m: number;
  first_seen: string;
  last_seen: string;
  sensors: string[];
  tail: LngLat[];
}

export interface GroupView {
  id: number;
  tracks: number[];
  hidden: number;
  at: LngLat;
  ellipse: EllipseView;
  speed_mps: number;
  heading_deg: number;
}

export interface TracksMessage {
  type: string;
  time: string;
  entered_ms: number;
  tracks: TrackView[];
  groups: GroupView[];
}

export interface PathPointView {
  time: string;
  at: LngLat;
  ellipse: EllipseView;
}

export interface ArrivalView {
  likely: string;
  earliest: string;
  latest: string | null;
  km: number;
  to_home: boolean;
}

export interface NextSightView {
  sensor: string;
  time: string;
  probability: number;
}

export interface PredictionView {
  track: number;
  path: PathPointView[];
  arrival: ArrivalView | null;
  next_sight: NextSightView | null;
}

export interface NoteView {
  time: string;
  by: string;
  text: string;
}

export interface StageView {
  kind: string;
  time: string;
  what: string;
}

export interface PersonsView {
  adults: number;
  children: number;
  injured: number;
}

export interface MilestonesView {
  acknowledged: string | null;
  tasked: string | null;
  arrived: string | null;
  resolved: string | null;
}

export interface IncidentView {
  id: number;
  kind: string;
  direction: string;
  time: string;
  told: string;
  km: number;
  at: LngLat;
  probability: number;
  mover: string;
  mover_probability: number;
  speed_mps: number;
  heading_deg: number;
  tracks: number[];
  sensors: string[];
  because: string;
  history: StageView[];
  merged_into: number | null;
  state: string;
  tasked_to: string;
  reached: MilestonesView;
  reminders: number;
  outcome: string | null;
  persons: PersonsView | null;
  referral: string;
  notes: NoteView[];
  has_picture: boolean;
  simulated: boolean;
}

export interface IncidentMessage {
  type: string;
  incident: IncidentView;
}

export interface ConditionView {
  state: string;
  since: string;
  detail: string;
}

export interface BiasView {
  azimuth_deg: number;
  azimuth_sigma_deg: number;
  pairs: number;
}

export interface CameraHealthView {
  id: string;
  state: string;
  since: string;
  detail: string;
  watching: boolean;
  conditions: ConditionView[];
  troubles: number;
  frames: number;
  dropped: number;
  corrupt: number;
  fps: number;
  bias: BiasView | null;
}

export interface HealthStretchView {
  run: number;
  state: string;
  watching: boolean;
  since: string;
  until: string | null;
  detail: string;
}

export interface QueueView {
  name: string;
  depth: number;
  capacity: number;
  high_water: number;
  pushed: number;
  dropped: number;
}

export interface RefusedView {
  reason: string;
  count: number;
}

export interface HeldBackView {
  name: string;
  movers: number;
}

export interface HealthMessage {
  type: string;
  time: string;
  running_since: string;
  cameras: CameraHealthView[];
  queues: QueueView[];
  refused: RefusedView[];
  held_back: HeldBackView[];
  recording: boolean;
  recording_detail: string;
  ground_unread: number;
  ground_detail: string;
  clients: number;
  clients_cut: number;
}

export interface BoxView {
  x: number;
  y: number;
  width: number;
  height: number;
  mover: string;
  snr: number;
}

export interface PictureView {
  frame: number;
  time: string;
  width: number;
  height: number;
  boxes: BoxView[];
}

export interface NoteRequest {
  by: string;
  text: string;
}

export interface WarningView {
  kind: string;
  who: string;
  at: LngLat;
  age_s: number | null;
  off_m: number;
  text: string;
}

export interface TaskRequest {
  to: string;
  by: string;
  text: string;
}

export interface ResolveRequest {
  outcome: string;
  persons: PersonsView | null;
  referral: string;
  by: string;
  text: string;
}

export interface WordRequest {
  by: string;
  other: number;
  label: string;
}

export interface WordView {
  word: string;
  track: number;
  other: number | null;
  label: string | null;
  by: string;
  time: string;
}

export interface DarkCauseView {
  what: string;
  id: string;
  state: string;
  since: string;
  detail: string;
}

export interface DarkStretchView {
  who: string;
  from_km: number;
  to_km: number;
  least_found: number;
  since: string | null;
  causes: DarkCauseView[];
}

export interface FoundView {
  who: string;
  found: number[];
}

export interface AirView {
  extinction_per_km: number;
  text: string;
  by: string;
  since: string | null;
  trouble: string;
}

export interface BalloonView {
  id: string;
  up: boolean;
  by: string;
  since: string | null;
  text: string;
}

export interface HeldView {
  side: string;
  from_km: number;
  to_km: number;
  holding: string;
  holder: string;
}

export interface LedgerMessage {
  type: string;
  time: string;
  ready: boolean;
  trouble: string;
  stretch_km: number;
  enough: number;
  air: AirView;
  balloons: BalloonView[];
  kinds: FoundView[];
  dark: DarkStretchView[];
  held: HeldView[];
}

export interface WhatIfSensorView {
  like: string;
  lon_deg: number;
  lat_deg: number;
  height_above_ground_m: number;
  azimuth_deg: number | null;
  elevation_deg: number | null;
  horizontal_fov_deg: number | null;
  sweep_deg: number | null;
}

export interface WhatIfRequest {
  without: string;
  with: WhatIfSensorView | null;
}

export interface WhatIfView {
  stretch_km: number;
  enough: number;
  before: FoundView[];
  after: FoundView[];
}

export interface WeatherRequest {
  by: string;
  text: string;
  air: string;
  extinction_per_km: number | null;
  visibility_km: number | null;
  relative_humidity_percent: number | null;
  temperature_c: number | null;
  particles: string;
}

export interface BalloonRequest {
  by: string;
  up: boolean;
  text: string;
}

export interface BlindHoursView {
  night: string;
  who: string;
  km: number;
  cause: string;
  hours: number;
}

export interface NightView {
  night: string;
  sunset: string;
  sunrise: string;
  hours: number;
  unknown_hours: number;
}

export interface CoverageHistoryView {
  nights: NightView[];
  hours: BlindHoursView[];
}

export interface TallyView {
  incidents: number;
  unresolved: number;
  interdicted: number;
  aided: number;
  lost: number;
  own_force: number;
  false_alerts: number;
}

export interface DelaysView {
  count: number;
  median_s: number;
  most_s: number;
}

export interface SumsView {
  tally: TallyView;
  to_acknowledge: DelaysView;
  to_arrive: DelaysView;
  watched_hours: number;
  blind_km_hours: number;
  false_per_100_km_day: number | null;
}

export interface KindCountView {
  kind: string;
  incidents: number;
}

export interface StretchSumsView {
  from_km: number;
  to_km: number;
  sums: SumsView;
}

export interface DaySumsView {
  evening: string;
  begin: string;
  end: string;
  sums: SumsView;
}

export interface SensorSumsView {
  sensor: string;
  hours: number;
  frames: number;
  detections: number;
  saw: number;
  saw_alone: number;
  share: TallyView;
}

export interface AccountingView {
  from: string;
  to: string;
  length_km: number;
  simulated: boolean;
  all: SumsView;
  kinds: KindCountView[];
  stretches: StretchSumsView[];
  days: DaySumsView[];
  sensors: SensorSumsView[];
}

export interface NoticeView {
  identifier: string;
  sender: string;
  to: string;
  number: number;
  sent: string;
  attempt: number;
  simulated: boolean;
  kind: string | null;
  time: string | null;
  km: number | null;
  at: LngLat | null;
  cell_m: number | null;
  direction: string | null;
  probability: number | null;
  mover: string | null;
  speed_mps: number | null;
  heading_deg: number | null;
  outcome: string | null;
  sensors: string[];
  has_picture: boolean;
  escalated: string | null;
}

export interface PartnerView {
  id: string;
  name: string;
  language: string;
  route: string;
  hops: string[];
  why_headquarters: string;
  by_hand: boolean;
}

export interface ToldView {
  field: string;
  value: string;
}

export interface RevealView {
  kind: string;
  who: string;
  off_m: number;
  age_s: number | null;
  text: string;
}

export interface DisclosureView {
  partner: string;
  told: ToldView[];
  withheld: string | null;
  persons: number;
  released_by: string[];
  not_before: string;
  reveals: RevealView[];
  warnings: WarningView[];
}

export interface OpenReleaseView {
  incident: number;
  partner: string;
  persons: number;
  released_by: string[];
}

export interface NoticeStepView {
  time: string;
  step: string;
  hop: string;
  detail: string;
}

export interface NoticeStateView {
  id: number;
  partner: string;
  number: number;
  incident: number | null;
  queued: string;
  not_before: string;
  simulated: boolean;
  hops: string[];
  why_headquarters: string;
  by_hand: boolean;
  state: string;
  told: ToldView[];
  steps: NoticeStepView[];
}

export interface ReleaseRequest {
  partner: string;
  by: string;
}

export interface ReceiptRequest {
  hop: string;
  by: string;
}

export interface CountView {
  reason: string;
  count: number;
}

export interface ChannelView {
  name: string;
  listens: boolean;
  form: string;
  address: string;
  state: string;
  since: string;
  detail: string;
  taken: number;
  failed: number;
  downs: number;
  connections: number;
  refused: CountView[];
}

export interface ForceView {
  name: string;
  allegiance: string;
  role: string;
  at: LngLat;
  uncertainty_m: number;
  heard: string;
  age_s: number;
  source: string;
}

export interface ForceRequest {
  by: string;
  name: string;
  allegiance: string;
  role: string;
  lat_deg: number;
  lon_deg: number;
  uncertainty_m: number;
  heard: string;
  gone: boolean;
}

export interface AlertView {
  id: number;
  received: string;
  partner: string;
  by: string;
  identifier: string;
  sender: string;
  sent: string;
  status: string;
  type: string;
  references: string;
  event: string;
  headline: string;
  description: string;
  area: string;
  at: LngLat | null;
  radius_m: number | null;
  again: boolean;
}

export interface LoginRequest {
  name: string;
  password: string;
}

export interface PasswordRequest {
  old_password: string;
  password: string;
}

export interface SetupRequest {
  code: string;
  password: string;
}

export interface AccountRequest {
  name: string;
  role: string;
  partner: string;
  kilometres: string;
  sensors: string;
  password: string;
}

export interface AccountView {
  name: string;
  role: string;
  partner: string;
  kilometres: string;
  sensors: string;
  has_password: boolean;
  locked_until: string | null;
}

export interface MeView {
  name: string;
  role: string;
  partner: string;
  kilometres: string;
  sensors: string;
  may: string[];
}

export interface TokenView {
  token: string;
}

export interface ErrorView {
  error: string;
}
