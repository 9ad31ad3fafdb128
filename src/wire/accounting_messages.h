// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/fields.h"

// What was seen, done and missed over some time.
namespace marsad::wire {

// What became of incidents. A sensor's share of one that several saw is a part of it.
struct TallyView {
  double incidents = 0;
  double unresolved = 0;
  double interdicted = 0;  // turned back, detained or handed to a partner
  double aided = 0;
  double lost = 0;
  double own_force = 0;
  double false_alerts = 0;  // an animal or nothing
};

// From when incidents were told, of as many as it is known of.
struct DelaysView {
  std::uint64_t count = 0;
  double median_s = 0;
  double most_s = 0;  // of nine in ten
};

struct SumsView {
  TallyView tally;
  DelaysView to_acknowledge;
  DelaysView to_arrive;
  double watched_hours = 0;                    // in which a ledger was kept
  double blind_km_hours = 0;                   // for walkers
  std::optional<double> false_per_100_km_day;  // none where nothing was watched
};

struct KindCountView {
  std::string kind;
  std::uint64_t incidents = 0;
};

struct StretchSumsView {
  double from_km = 0;
  double to_km = 0;
  SumsView sums;
};

struct DaySumsView {
  std::string evening;  // the date at its beginning, a solar noon
  std::string begin;
  std::string end;
  SumsView sums;
};

struct SensorSumsView {
  std::string sensor;
  std::uint64_t hours = 0;  // with frames
  std::uint64_t frames = 0;
  std::uint64_t detections = 0;
  std::uint64_t saw = 0;        // incidents it took part in
  std::uint64_t saw_alone = 0;  // that nobody else saw
  TallyView share;              // of each incident one part in as many as sensors saw it
};

struct AccountingView {
  std::string from;
  std::string to;
  double length_km = 0;
  bool simulated = false;
  SumsView all;
  std::vector<KindCountView> kinds;
  std::vector<StretchSumsView> stretches;
  std::vector<DaySumsView> days;
  std::vector<SensorSumsView> sensors;
};

MARSAD_FIELDS(TallyView, incidents, unresolved, interdicted, aided, lost, own_force, false_alerts)
MARSAD_FIELDS(DelaysView, count, median_s, most_s)
MARSAD_FIELDS(SumsView, tally, to_acknowledge, to_arrive, watched_hours, blind_km_hours,
              false_per_100_km_day)
MARSAD_FIELDS(KindCountView, kind, incidents)
MARSAD_FIELDS(StretchSumsView, from_km, to_km, sums)
MARSAD_FIELDS(DaySumsView, evening, begin, end, sums)
MARSAD_FIELDS(SensorSumsView, sensor, hours, frames, detections, saw, saw_alone, share)
MARSAD_FIELDS(AccountingView, from, to, length_km, simulated, all, kinds, stretches, days, sensors)

}  // namespace marsad::wire
