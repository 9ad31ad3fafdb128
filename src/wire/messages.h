// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "wire/account_messages.h"
#include "wire/accounting_messages.h"
#include "wire/coverage_messages.h"
#include "wire/fields.h"
#include "wire/lng_lat.h"
#include "wire/notice_messages.h"
#include "wire/warning_message.h"

// The public words: what the API and the live feed say. Angles in degrees, times ISO 8601 UTC,
// places [longitude, latitude] as GeoJSON has them.
namespace marsad::wire {

struct BoundsView {
  double west = 0, south = 0, east = 0, north = 0;
};

struct KilometrePost {
  int km = 0;
  LngLat at{};
};

struct BorderView {
  double length_km = 0;
  std::vector<LngLat> line;
  bool home_is_left = false;  // of the line, in the order of its points
  std::vector<KilometrePost> posts;
};

struct CameraView {
  std::string id;
  std::string name;
  std::string mount;  // "tower" or "balloon"
  LngLat at{};
  double height_above_ground_m = 0;
  double azimuth_deg = 0;
  double elevation_deg = 0;
  double horizontal_fov_deg = 0;
  int width_px = 0;
  int height_px = 0;
  std::vector<std::vector<LngLat>> footprint;  // rings of the ground it sees a person on
};

struct BarrierView {
  std::string name;
  std::string kind;
  std::vector<LngLat> line;
};

struct ZoneView {
  std::string name;
  std::string kind;
  std::vector<LngLat> ring;
};

struct SiteView {
  std::string name;
  bool simulated = false;  // some of what is shown does not exist
  BoundsView bounds;
  BorderView border;
  std::vector<CameraView> cameras;
  std::vector<BarrierView> barriers;
  std::vector<ZoneView> zones;
};

struct EllipseView {  // two sigma
  double major_m = 0;
  double minor_m = 0;
  double azimuth_deg = 0;
};

struct TrackView {
  std::uint64_t id = 0;
  std::string mover;  // person, vehicle, animal, aircraft, bird, unknown
  double mover_probability = 0;
  double existence = 0;
  LngLat at{};
  EllipseView ellipse;
  double speed_mps = 0;
  double heading_deg = 0;
  double km = 0;
  double offset_m = 0;  // from the border line, positive on the home side
  std::string first_seen;
  std::string last_seen;
  std::vector<std::string> sensors;
  std::vector<LngLat> tail;  // where it was, oldest first
};

struct GroupView {  // movers that go together
  std::uint64_t id = 0;
  std::vector<std::uint64_t> tracks;  // its members in this message
  std::uint64_t hidden = 0;           // members that nobody sees now, expected to show again
  LngLat at{};                        // the members' middle
  EllipseView ellipse;                // of the members about it, two sigma
  double speed_mps = 0;
  double heading_deg = 0;
};

struct TracksMessage {
  std::string type = "tracks";
  std::string time;
  std::int64_t entered_ms = 0;  // when the newest frame in it reached Marsad, Unix milliseconds
  std::vector<TrackView> tracks;
  std::vector<GroupView> groups;
};

struct PathPointView {
  std::string time;
  LngLat at{};
  EllipseView ellipse;
};

struct ArrivalView {  // at the border
  std::string likely;
  std::string earliest;               // 1 time in 20 it is there by then
  std::optional<std::string> latest;  // 19 times in 20; none within the path's time
  double km = 0;
  bool to_home = false;
};

struct NextSightView {
  std::string sensor;
  std::string time;
  double probability = 0;  // that it is found in one look
};

struct PredictionView {  // what a track will do if it goes on as it does now
  std::uint64_t track = 0;
  std::vector<PathPointView> path;  // every 10 s for 10 minutes, to where a privacy zone begins
  std::optional<ArrivalView> arrival;
  std::optional<NextSightView> next_sight;  // of a camera that does not see it now
};

struct NoteView {
  std::string time;
  std::string by;
  std::string text;
};

struct StageView {  // what an event was found to be, and when for the first time
  std::string kind;
  std::string time;
  std::string what;
};

struct PersonsView {  // by the care they need
  std::uint32_t adults = 0;
  std::uint32_t children = 0;
  std::uint32_t injured = 0;  // among them
};

struct MilestonesView {  // when people did something about an incident for the first time
  std::optional<std::string> acknowledged;
  std::optional<std::string> tasked;
  std::optional<std::string> arrived;  // when those sent were there
  std::optional<std::string> resolved;
};

struct IncidentView {
  std::uint64_t id = 0;
  // approach, waiting, group, convoy, lost, turned_back, crossing, return_trip, hand_over, breach,
  // drone_crossing, drone_drop, tampering
  std::string kind;
  std::string direction;  // inbound, outbound; empty where it goes neither way
  std::string time;
  std::string told;  // when it was found for the first time
  double km = 0;
  LngLat at{};
  double probability = 0;
  std::string mover;
  double mover_probability = 0;
  double speed_mps = 0;
  double heading_deg = 0;
  std::vector<std::uint64_t> tracks;
  std::vector<std::string> sensors;
  std::string because;
  std::vector<StageView> history;            // all that it was found to be
  std::optional<std::uint64_t> merged_into;  // it is one event with this incident
  std::string state;                         // open, acknowledged, tasked, resolved
  std::string tasked_to;                     // the patrol or post that was sent
  MilestonesView reached;
  std::uint32_t reminders = 0;  // how often nobody acknowledged it in time
  std::optional<std::string> outcome;
  std::optional<PersonsView> persons;
  std::string referral;  // none, medical, family_tracing, child_protection, shelter
  std::vector<NoteView> notes;
  bool has_picture = false;
  bool simulated = false;
};

struct IncidentMessage {
  std::string type = "incident";
  IncidentView incident;
};

struct ConditionView {
  std::string state;
  std::string since;
  std::string detail;
};

// How far off a camera points, as movers tell that other cameras see too. Already taken out of
// what it reports.
struct BiasView {
  double azimuth_deg = 0;  // by which it sees everything too far clockwise
  double azimuth_sigma_deg = 0;
  std::uint64_t pairs = 0;  // sights that it was learnt from
};

struct CameraHealthView {
  std::string id;
  // starting, ok, no_signal, reconnecting, corrupt, ended; wrong_size, covered, blinded, frozen,
  // moved, defocused, saturated, dead_pixels, noisy, slow, clock_wrong
  std::string state;
  std::string since;
  std::string detail;
  bool watching = false;                  // whether "it reported nobody" means something
  std::vector<ConditionView> conditions;  // all that is wrong with its pictures
  std::uint64_t troubles = 0;             // how often it came into another state than ok
  std::uint64_t frames = 0;
  std::uint64_t dropped = 0;
  std::uint64_t corrupt = 0;
  double fps = 0;
  std::optional<BiasView> bias;  // none while no mover told anything of it
};

struct HealthStretchView {  // one state of a camera, in its history
  std::uint64_t run = 0;
  std::string state;
  bool watching = false;
  std::string since;
  std::optional<std::string> until;  // none while it lasts, and at the end of a run that was killed
  std::string detail;
};

struct QueueView {
  std::string name;
  std::uint64_t depth = 0;
  std::uint64_t capacity = 0;
  std::uint64_t high_water = 0;
  std::uint64_t pushed = 0;
  std::uint64_t dropped = 0;
};

struct RefusedView {
  // no_place, not_a_number, absurd_place, bad_covariance, bad_class, repeated_plot (plots);
  // repeated_scan, too_late (whole looks)
  std::string reason;
  std::uint64_t count = 0;
};

struct HeldBackView {  // traffic that is known, and no event
  std::string name;
  std::uint64_t movers = 0;
};

struct HealthMessage {
  std::string type = "health";
  std::string time;
  std::string running_since;
  std::vector<CameraHealthView> cameras;
  std::vector<QueueView> queues;
  std::vector<RefusedView> refused;     // what the tracker did not take since the start, by reason
  std::vector<HeldBackView> held_back;  // what known traffic explained since the start
  bool recording = true;                // whether the record can be written
  std::string recording_detail;         // why not
  std::uint64_t ground_unread = 0;      // how often heights of the ground could not be read again
  std::string ground_detail;            // why the last time
  std::uint64_t clients = 0;
  std::uint64_t clients_cut = 0;  // for reading too slowly
};

struct BoxView {
  int x = 0, y = 0, width = 0, height = 0;
  std::string mover;
  double snr = 0;
};

struct PictureView {  // in the Marsad-Picture header of a camera's picture
  std::uint64_t frame = 0;
  std::string time;
  int width = 0;
  int height = 0;
  std::vector<BoxView> boxes;
};

struct NoteRequest {  // body of acknowledge and of a note
  std::string by;
  std::string text;
};

struct TaskRequest {
  std::string to;  // a patrol or post
  std::string by;
  std::string text;
};

struct ResolveRequest {
  std::string outcome;
  std::optional<PersonsView> persons;
  std::string referral;  // empty: none
  std::string by;
  std::string text;
};

struct WordRequest {  // body of what an operator says of a track
  std::string by;
  std::uint64_t other = 0;  // merge: the track that is the same mover
  std::string label;        // label: person, vehicle, animal, aircraft, bird; unknown takes it back
};

struct WordView {
  std::string word;  // merge, split, label, drop
  std::uint64_t track = 0;
  std::optional<std::uint64_t> other;
  std::optional<std::string> label;
  std::string by;
  std::string time;  // of the newest frame then; it counts from the next
};

struct ErrorView {
  std::string error;
};

MARSAD_FIELDS(BoundsView, west, south, east, north)
MARSAD_FIELDS(KilometrePost, km, at)
MARSAD_FIELDS(BorderView, length_km, line, home_is_left, posts)
MARSAD_FIELDS(CameraView, id, name, mount, at, height_above_ground_m, azimuth_deg, elevation_deg,
              horizontal_fov_deg, width_px, height_px, footprint)
MARSAD_FIELDS(BarrierView, name, kind, line)
MARSAD_FIELDS(ZoneView, name, kind, ring)
MARSAD_FIELDS(SiteView, name, simulated, bounds, border, cameras, barriers, zones)
MARSAD_FIELDS(EllipseView, major_m, minor_m, azimuth_deg)
MARSAD_FIELDS(TrackView, id, mover, mover_probability, existence, at, ellipse, speed_mps,
              heading_deg, km, offset_m, first_seen, last_seen, sensors, tail)
MARSAD_FIELDS(GroupView, id, tracks, hidden, at, ellipse, speed_mps, heading_deg)
MARSAD_FIELDS(TracksMessage, type, time, entered_ms, tracks, groups)
MARSAD_FIELDS(PathPointView, time, at, ellipse)
MARSAD_FIELDS(ArrivalView, likely, earliest, latest, km, to_home)
MARSAD_FIELDS(NextSightView, sensor, time, probability)
MARSAD_FIELDS(PredictionView, track, path, arrival, next_sight)
MARSAD_FIELDS(NoteView, time, by, text)
MARSAD_FIELDS(StageView, kind, time, what)
MARSAD_FIELDS(PersonsView, adults, children, injured)
MARSAD_FIELDS(MilestonesView, acknowledged, tasked, arrived, resolved)
MARSAD_FIELDS(IncidentView, id, kind, direction, time, told, km, at, probability, mover,
              mover_probability, speed_mps, heading_deg, tracks, sensors, because, history,
              merged_into, state, tasked_to, reached, reminders, outcome, persons, referral, notes,
              has_picture, simulated)
MARSAD_FIELDS(IncidentMessage, type, incident)
MARSAD_FIELDS(ConditionView, state, since, detail)
MARSAD_FIELDS(BiasView, azimuth_deg, azimuth_sigma_deg, pairs)
MARSAD_FIELDS(CameraHealthView, id, state, since, detail, watching, conditions, troubles, frames,
              dropped, corrupt, fps, bias)
MARSAD_FIELDS(HealthStretchView, run, state, watching, since, until, detail)
MARSAD_FIELDS(QueueView, name, depth, capacity, high_water, pushed, dropped)
MARSAD_FIELDS(RefusedView, reason, count)
MARSAD_FIELDS(HeldBackView, name, movers)
MARSAD_FIELDS(HealthMessage, type, time, running_since, cameras, queues, refused, held_back,
              recording, recording_detail, ground_unread, ground_detail, clients, clients_cut)
MARSAD_FIELDS(BoxView, x, y, width, height, mover, snr)
MARSAD_FIELDS(PictureView, frame, time, width, height, boxes)
MARSAD_FIELDS(NoteRequest, by, text)
MARSAD_FIELDS(TaskRequest, to, by, text)
MARSAD_FIELDS(ResolveRequest, outcome, persons, referral, by, text)
MARSAD_FIELDS(WordRequest, by, other, label)
MARSAD_FIELDS(WordView, word, track, other, label, by, time)
MARSAD_FIELDS(ErrorView, error)

// Every struct of the feed and the API, for the TypeScript types.
using Everything = std::tuple<
    BoundsView, KilometrePost, BorderView, CameraView, BarrierView, ZoneView, SiteView, EllipseView,
    TrackView, GroupView, TracksMessage, PathPointView, ArrivalView, NextSightView, PredictionView,
    NoteView, StageView, PersonsView, MilestonesView, IncidentView, IncidentMessage, ConditionView,
    BiasView, CameraHealthView, HealthStretchView, QueueView, RefusedView, HeldBackView,
    HealthMessage, BoxView, PictureView, NoteRequest, WarningView, TaskRequest, ResolveRequest,
    WordRequest, WordView, DarkCauseView, DarkStretchView, FoundView, AirView, BalloonView,
    HeldView, LedgerMessage, WhatIfSensorView, WhatIfRequest, WhatIfView, WeatherRequest,
    BalloonRequest, BlindHoursView, NightView, CoverageHistoryView, TallyView, DelaysView, SumsView,
    KindCountView, StretchSumsView, DaySumsView, SensorSumsView, AccountingView, NoticeView,
    PartnerView, ToldView, RevealView, DisclosureView, OpenReleaseView, NoticeStepView,
    NoticeStateView, ReleaseRequest, ReceiptRequest, CountView, ChannelView, ForceView,
    ForceRequest, AlertView, LoginRequest, PasswordRequest, SetupRequest, AccountRequest,
    AccountView, MeView, TokenView, ErrorView>;

}  // namespace marsad::wire
