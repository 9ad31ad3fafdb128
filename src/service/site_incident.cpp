// SPDX-License-Identifier: Apache-2.0
#include "service/site_incident.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "base/words.h"
#include "geo/geodetic.h"

namespace marsad::service {
namespace {

using Table = TomlReader::Table;
using incident::Scope;
using incident::Scoped;

constexpr double kMost_km = 20'000;

// "18:30" as seconds of the day.
std::optional<double> clock_s(std::string_view text) {
  const auto two = [&](std::size_t at) {
    int value = -1;
    const char* const begin = text.data() + at;
    const auto [end, fault] = std::from_chars(begin, begin + 2, value);
    return fault == std::errc() && end == begin + 2 ? value : -1;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int hour = two(0), minute = two(3);
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || (hour == 24 && minute > 0)) {
    return std::nullopt;
  }
  return 3600.0 * hour + 60.0 * minute;
}

Scope read_scope(Table& table) {
  Scope scope;
  if (const auto km = table.number("from_km", {0, kMost_km})) scope.from_m = 1000 * *km;
  if (const auto km = table.number("to_km", {0, kMost_km})) scope.to_m = 1000 * *km;
  if (scope.to_m <= scope.from_m) table.wrong("to_km", "expected more than from_km");
  const auto read = [&](const char* key, double& second) {
    const auto text = table.text(key);
    if (!text) return;
    if (const auto value = clock_s(*text)) {
      second = *value;
    } else {
      table.wrong(
          key, fmt::format("found '{}'; expected a time of the day in UTC like \"18:30\"", *text));
    }
  };
  read("from_utc", scope.from_s);
  read("to_utc", scope.to_s);
  return scope;
}

// A setting of a rule: its key, where it goes and its range.
struct Key {
  const char* name;
  double& value;
  Range range;
};

void read_keys(Table& table, std::initializer_list<Key> keys) {
  for (const Key& key : keys) key.value = table.number(key.name, key.range).value_or(key.value);
}

constexpr Range kMetres{0, 10'000}, kSeconds{0, 86'400}, kSpeed{0, 300}, kProbability{0, 1};
constexpr Range kSure{0.5, 0.9999};

void read(Table& table, incident::CrossingSettings& of) {
  read_keys(table,
            {{"side_probability", of.side_probability, kSure}, {"hold_s", of.hold_s, {0, 600}}});
}

void read(Table& table, incident::DroneSettings& of) {
  read_keys(table, {{"aircraft", of.aircraft, kProbability},
                    {"hover_mps", of.hover_mps, kSpeed},
                    {"hover_s", of.hover_s, kSeconds},
                    {"pick_up_m", of.pick_up_m, kMetres},
                    {"pick_up_mps", of.pick_up_mps, kSpeed},
                    {"pick_up_s", of.pick_up_s, kSeconds},
                    {"within_s", of.within_s, kSeconds}});
}

void read(Table& table, incident::ReturnTripSettings& of) {
  read_keys(table, {{"within_s", of.within_s, kSeconds}});
}

void read(Table& table, incident::BreachSettings& of) {
  read_keys(table, {{"barrier_m", of.barrier_m, kMetres},
                    {"gate_m", of.gate_m, kMetres},
                    {"vehicle", of.vehicle, kProbability}});
}

void read(Table& table, incident::ApproachSettings& of) {
  read_keys(table, {{"within_m", of.within_m, kMetres},
                    {"arrives_s", of.arrives_s, kSeconds},
                    {"towards", of.towards, kProbability},
                    {"hold_s", of.hold_s, kSeconds},
                    {"side_probability", of.side_probability, kSure}});
}

void read(Table& table, incident::WaitingSettings& of) {
  read_keys(table, {{"within_m", of.within_m, kMetres},
                    {"radius_m", of.radius_m, kMetres},
                    {"hold_s", of.hold_s, kSeconds},
                    {"side_probability", of.side_probability, kSure}});
}

void read(Table& table, incident::TurnedBackSettings& of) {
  read_keys(table, {{"within_m", of.within_m, kMetres},
                    {"away_m", of.away_m, kMetres},
                    {"side_probability", of.side_probability, kSure}});
}

void read(Table& table, incident::LostSettings& of) {
  read_keys(table, {{"within_m", of.within_m, kMetres},
                    {"unseen_s", of.unseen_s, kSeconds},
                    {"existence", of.existence, kProbability}});
}

void read(Table& table, incident::GroupRuleSettings& of) {
  if (const auto members = table.whole_number("members", {2, 1000}))
    of.members = static_cast<std::uint32_t>(*members);
  read_keys(table, {{"within_m", of.within_m, kMetres}, {"closing_mps", of.closing_mps, kSpeed}});
}

void read(Table& table, incident::ConvoySettings& of) {
  if (const auto vehicles = table.whole_number("vehicles", {2, 1000}))
    of.vehicles = static_cast<std::uint32_t>(*vehicles);
  read_keys(table, {{"within_m", of.within_m, kMetres},
                    {"gap_m", of.gap_m, kMetres},
                    {"speed_mps", of.speed_mps, {0.1, 300}},
                    {"hold_s", of.hold_s, kSeconds}});
  if (const auto degrees = table.number("heading_deg", {0, 180}))
    of.heading_rad = geo::radians(*degrees);
}

void read(Table& table, incident::HandOverSettings& of) {
  read_keys(table, {{"within_m", of.within_m, kMetres},
                    {"meet_m", of.meet_m, kMetres},
                    {"slow_mps", of.slow_mps, kSpeed},
                    {"hold_s", of.hold_s, kSeconds},
                    {"part_m", of.part_m, kMetres},
                    {"side_probability", of.side_probability, kSure}});
}

// The rule's own tables: one for each stretch and time with settings of its own.
template <class Settings>
void read_rule(Table& table, const char* key, bool on, Scoped<Settings>& rule) {
  if (on) rule.add({}, Settings{});
  for (Table& own : table.tables(key)) {
    const Scope scope = read_scope(own);
    Settings settings;
    read(own, settings);
    if (own.boolean("tell").value_or(true)) {
      rule.add(scope, settings);
    } else {
      rule.add_off(scope);
    }
  }
}

std::vector<incident::KnownTraffic> read_known(Table& table) {
  std::vector<incident::KnownTraffic> all;
  for (Table& own : table.tables("known")) {
    incident::KnownTraffic known{own.required_text("name"), read_scope(own), {}};
    if (const auto text = own.text("mover")) {
      known.mover = sensor::mover_class(*text);
      if (!known.mover) {
        own.wrong("mover", fmt::format("found '{}'; expected one of {}", *text,
                                       fmt::join(sensor::kMoverClassNames, ", ")));
      }
    }
    all.push_back(std::move(known));
  }
  return all;
}

}  // namespace

incident::JudgeSettings read_incident(Table& table) {
  incident::JudgeSettings judge;
  std::vector<incident::Kind> kinds;
  for (const std::string& text : table.texts("kinds")) {
    const auto kind = base::from_word<incident::Kind>(text);
    if (kind) {
      kinds.push_back(*kind);
    } else {
      table.wrong("kinds", fmt::format("found '{}'; expected some of {}", text,
                                       base::all_words<incident::Kind>()));
    }
  }
  const auto on = [&](incident::Kind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  };
  using incident::Kind;
  incident::RuleSettings& rules = judge.rules;
  incident::CrossingSettings crossing;
  read(table, crossing);
  rules.crossing = incident::everywhere(crossing);
  read_rule(table, "crossing", false, rules.crossing);
  read_rule(table, "drone", on(Kind::drone_crossing) || on(Kind::drone_drop), rules.drone);
  read_rule(table, "return_trip", on(Kind::return_trip), rules.return_trip);
  read_rule(table, "breach", on(Kind::breach), rules.breach);
  read_rule(table, "approach", on(Kind::approach), rules.approach);
  read_rule(table, "waiting", on(Kind::waiting), rules.waiting);
  read_rule(table, "turned_back", on(Kind::turned_back), rules.turned_back);
  read_rule(table, "lost", on(Kind::lost), rules.lost);
  read_rule(table, "group", on(Kind::group), rules.group);
  read_rule(table, "convoy", on(Kind::convoy), rules.convoy);
  read_rule(table, "hand_over", on(Kind::hand_over), rules.hand_over);
  judge.tells_tampering = on(Kind::tampering);
  judge.known = read_known(table);
  read_keys(table, {{"same_event_s", judge.events.same_event_s, kSeconds},
                    {"same_event_m", judge.events.same_event_m, kMetres},
                    {"same_mover_s", judge.events.same_mover_s, kSeconds},
                    {"patrol_within_m", judge.patrols.within_m, kMetres},
                    {"patrol_heard_s", judge.patrols.heard_s, kSeconds}});
  return judge;
}

}  // namespace marsad::service
