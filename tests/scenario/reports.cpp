// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/reports.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/scenario/clause.h"

namespace marsad::scenario {
namespace {

// "inbound crossing at x"; of what goes neither way, "hand_over at x".
std::string set_incident(Expected& expected, const Found& found) {
  const std::size_t words = found.words.size();
  if (words == 3) {
    const auto direction = base::from_word<incident::Direction>(found.words[0]);
    if (!direction) {
      return fmt::format("'{}'; expected one of {}", found.words[0],
                         base::all_words<incident::Direction>());
    }
    expected.direction = *direction;
  } else {
    expected.direction = incident::Direction::none;
  }
  const auto kind = base::from_word<incident::Kind>(found.words[words - 2]);
  if (!kind) {
    return fmt::format("'{}'; expected one of {}", found.words[words - 2],
                       base::all_words<incident::Kind>());
  }
  expected.kind = *kind;
  if (*kind == incident::Kind::tampering) expected.least_tracks = 0;  // it is of a sensor
  const std::string& place = found.words[words - 1];
  if (place.size() != 1) return fmt::format("at '{}'; expected a letter of the picture", place);
  expected.place = place[0];
  return "";
}

// Why this incident is not the one expected; none where it is.
std::optional<std::string> wrong_with(const incident::Incident& incident, const Expected& expected,
                                      const World& world) {
  const Picture& picture = world.plan.picture;
  const auto letter = picture.letters.find(expected.place);
  if (letter == picture.letters.end()) {
    return fmt::format("the picture has no '{}'", expected.place);
  }
  if (incident.kind != expected.kind) return fmt::format("it is a {}", base::word(incident.kind));
  if (incident.direction != expected.direction) return "it goes the other way";
  for (const incident::Kind kind : expected.before) {
    const bool was = std::any_of(incident.history.begin(), incident.history.end(),
                                 [&](const incident::Stage& stage) { return stage.kind == kind; });
    if (!was) return fmt::format("it was no {} before", base::word(kind));
  }
  const double chainage_m = world.site.border->line.chainage(world.place(letter->second)).s_m;
  if (std::abs(incident.chainage_m - chainage_m) > kNear_m) {
    return fmt::format("it is at km {:.3f} and '{}' at km {:.3f}", incident.chainage_m / 1000,
                       expected.place, chainage_m / 1000);
  }
  for (const std::string& sensor : expected.sensors) {
    if (std::find(incident.sensors.begin(), incident.sensors.end(), sensor::SensorId{sensor}) ==
        incident.sensors.end()) {
      return fmt::format("{} is not among its sensors", sensor);
    }
  }
  const std::size_t tracks = incident.tracks.size();
  if (tracks < expected.least_tracks || tracks > expected.most_tracks.value_or(tracks)) {
    return fmt::format("it is of {} track{}", tracks, tracks == 1 ? "" : "s");
  }
  return std::nullopt;
}

}  // namespace

base::Result<Expected> read_expected(std::string_view sentence) {
  Expected expected;
  const auto seen_by = [&](const Found& found) {
    expected.sensors = found.words;
    return std::string();
  };
  const auto tracks = [&](const Found& found) {
    expected.least_tracks = static_cast<std::size_t>(found.numbers[0]);
    return std::string();
  };
  const auto just_tracks = [&](const Found& found) {
    expected.most_tracks = static_cast<std::size_t>(found.numbers[0]);
    return tracks(found);
  };
  const auto set = [&](const Found& found) { return set_incident(expected, found); };
  const auto after = [&](const Found& found) -> std::string {
    const auto kind = base::from_word<incident::Kind>(found.words[0]);
    if (!kind) return fmt::format("after '{}'", found.words[0]);
    expected.before.push_back(*kind);
    return "";
  };
  const std::array<Rule, 8> rules = {Rule{"* * at *", set},
                                     Rule{"* at *", set},
                                     Rule{"after *", after},
                                     Rule{"seen by *", seen_by},
                                     Rule{"seen by * and *", seen_by},
                                     Rule{"of # track", just_tracks},
                                     Rule{"of # tracks", just_tracks},
                                     Rule{"of # tracks or more", tracks}};
  const std::vector<std::string> clauses = split_clauses(sentence);
  if (auto taken = take_clauses("expectation", clauses, rules); !taken) return taken.error();
  if (expected.place == 0) {
    return base::Error{"expectation",
                       "no crossing told, nor another incident; expected \"* * at *\", such as "
                       "\"inbound crossing at x\""};
  }
  return expected;
}

std::optional<std::string> difference(const Outcome& outcome,
                                      const std::vector<std::string>& sentences) {
  if (outcome.world == nullptr) return "the picture is wrong";
  std::vector<incident::Incident> left = outcome.incidents;
  for (const std::string& sentence : sentences) {
    const auto expected = read_expected(sentence);
    if (!expected) return base::to_string(expected.error());
    std::string why = "there is no other incident";
    const auto found = std::find_if(left.begin(), left.end(), [&](const auto& incident) {
      const auto wrong = wrong_with(incident, *expected, *outcome.world);
      if (wrong) why = *wrong;
      return !wrong;
    });
    if (found == left.end()) return fmt::format("no \"{}\": {}", sentence, why);
    left.erase(found);
  }
  if (left.empty()) return std::nullopt;
  return fmt::format("{} more incident{} than expected", left.size(), left.size() == 1 ? "" : "s");
}

}  // namespace marsad::scenario
