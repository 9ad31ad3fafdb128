// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>

#include "tests/scenario/clause.h"

namespace marsad::scenario {
namespace {

constexpr std::array<std::string_view, 8> kWinds = {"north", "northeast", "east", "southeast",
                                                    "south", "southwest", "west", "northwest"};
constexpr std::string_view kWindsInWords =
    "expected north, northeast, east, southeast, south, southwest, west or northwest";
constexpr double kAfterwards_s = 5;  // looked on after the last party has arrived

// Clockwise from north.
std::optional<double> azimuth_deg(std::string_view wind) {
  const auto found = std::find(kWinds.begin(), kWinds.end(), wind);
  if (found == kWinds.end()) return std::nullopt;
  return 45.0 * static_cast<double>(found - kWinds.begin());
}

bool capital(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }

// "persons" → person.
std::optional<sensor::MoverClass> mover_of(std::string word) {
  if (word.ends_with('s')) word.pop_back();
  return sensor::mover_class(word);
}

// A rule that keeps a number above 0.
Rule keep(std::string_view pattern, double& where) {
  return {pattern, [&where, pattern](const Found& found) -> std::string {
            where = found.numbers[0];
            return where > 0 ? ""
                             : fmt::format("{} for \"{}\"; expected more than 0", where, pattern);
          }};
}

class PlanReader {
 public:
  base::Result<Plan> read(std::string_view text) {
    auto picture = read_picture(text);
    if (!picture) return picture.error();
    plan_.picture = *std::move(picture);
    for (const LegendLine& line : plan_.picture.legend) {
      if (auto read = read_line(line); !read) return read.error();
    }
    if (auto whole = complete(); !whole) return whole.error();
    return std::move(plan_);
  }

 private:
  base::Result<void> read_line(const LegendLine& line) {
    if (line.name.size() == 1 && capital(line.name[0])) return read_camera(line);
    const std::vector<std::pair<std::string_view, Rule>> settings = {
        {"home", {"*", [this](const Found& found) { return set_home(found.words[0]); }}},
        {"cell", keep("# m", plan_.cell_m)},
        {"ridge", keep("# m", plan_.ridge_m)},
        {"wadi", keep("# m", plan_.wadi_m)},
        {"time", keep("# s", plan_.time_s)},
        {"seed", {"#", [this](const Found& found) {
                    plan_.seed = static_cast<std::uint64_t>(found.numbers[0]);
                    return std::string();
                  }}}};
    for (const auto& [name, rule] : settings) {
      if (line.name == name) return take_clauses(line.where, line.clauses, {&rule, 1});
    }
    if (line.name == "rules") return read_rules(line);
    const auto is_of = [&](std::string_view word) {
      return std::any_of(line.clauses.begin(), line.clauses.end(), [&](const std::string& clause) {
        const auto said = split_words(clause);
        return !said.empty() && said.front() == word;
      });
    };
    if (is_of("barrier")) return read_barrier(line);
    if (is_of("known")) return read_known(line);
    return is_of("privacy") ? read_privacy(line) : read_party(line);
  }

  // A rule that turns one of the judge's rules on, as it comes.
  template <class Settings>
  static Rule turn_on(std::string_view name, incident::Scoped<Settings>& rule) {
    return {name, [&rule](const Found&) {
              rule.add({}, Settings{});
              return std::string();
            }};
  }

  base::Result<void> read_rules(const LegendLine& line) {
    incident::RuleSettings& of = plan_.rules;
    const std::vector<Rule> rules = {turn_on("approach", of.approach),
                                     turn_on("turned_back", of.turned_back),
                                     turn_on("lost", of.lost),
                                     turn_on("group", of.group),
                                     turn_on("convoy", of.convoy),
                                     turn_on("hand_over", of.hand_over),
                                     turn_on("return_trip", of.return_trip),
                                     turn_on("breach", of.breach),
                                     turn_on("drone", of.drone),
                                     {"tampering",
                                      [&](const Found&) {
                                        plan_.tells_tampering = true;
                                        return std::string();
                                      }},
                                     {"waiting for # s", [&](const Found& found) {
                                        incident::WaitingSettings waiting;
                                        waiting.hold_s = found.numbers[0];
                                        of.waiting.add({}, waiting);
                                        return std::string();
                                      }}};
    return take_clauses(line.where, line.clauses, rules);
  }

  base::Result<void> read_barrier(const LegendLine& line) {
    BarrierPlan barrier;
    barrier.name = line.name;
    const std::array<Rule, 2> rules = {
        Rule{"barrier *",
             [&](const Found& found) { return set_path(barrier.line, found.words[0]); }},
        Rule{"breached", [&](const Found&) {
               barrier.breached = true;
               return std::string();
             }}};
    auto taken = take_clauses(line.where, line.clauses, rules);
    if (taken) plan_.barriers.push_back(std::move(barrier));
    return taken;
  }

  base::Result<void> read_known(const LegendLine& line) {
    incident::KnownTraffic known;
    known.name = line.name;
    const std::array<Rule, 2> rules = {Rule{"known traffic", [](const Found&) { return ""; }},
                                       Rule{"known *", [&](const Found& found) -> std::string {
                                              known.mover = mover_of(found.words[0]);
                                              if (known.mover) return "";
                                              return fmt::format("'{}' is no mover",
                                                                 found.words[0]);
                                            }}};
    auto taken = take_clauses(line.where, line.clauses, rules);
    if (taken) plan_.known.push_back(std::move(known));
    return taken;
  }

  base::Result<void> read_privacy(const LegendLine& line) {
    PrivacyPlan zone;
    zone.name = line.name;
    const std::array<Rule, 2> rules = {Rule{"privacy *",
                                            [&](const Found& found) -> std::string {
                                              std::string wrong =
                                                  set_path(zone.corners, found.words[0]);
                                              if (wrong.empty() && zone.corners.size() < 3)
                                                wrong = "expected three corners or more";
                                              return wrong;
                                            }},
                                       keep("# m high", zone.height_m)};
    auto taken = take_clauses(line.where, line.clauses, rules);
    if (taken) plan_.privacy.push_back(std::move(zone));
    return taken;
  }

  base::Result<void> read_camera(const LegendLine& line) {
    const auto letter = plan_.picture.letters.find(line.name[0]);
    if (letter == plan_.picture.letters.end()) {
      return base::Error{line.where, fmt::format("camera {} is not in the picture", line.name)};
    }
    CameraPlan camera;
    camera.name = line.name;
    camera.cell = letter->second;
    const std::array<Rule, 6> rules = {Rule{"looking *",
                                            [&](const Found& found) -> std::string {
                                              const auto azimuth = azimuth_deg(found.words[0]);
                                              if (!azimuth)
                                                return fmt::format("looking {}; {}", found.words[0],
                                                                   kWindsInWords);
                                              camera.azimuth_deg = *azimuth;
                                              return "";
                                            }},
                                       keep("fov # deg", camera.fov_deg),
                                       keep("mast # m", camera.mast_m),
                                       keep("sky # deg", camera.sky_deg),
                                       Rule{"covered from # s",
                                            [&](const Found& found) {
                                              camera.covered_from_s = found.numbers[0];
                                              return std::string();
                                            }},
                                       Rule{"turned # deg from # s", [&](const Found& found) {
                                              camera.turn_deg = found.numbers[0];
                                              camera.turned_at_s = found.numbers[1];
                                              return std::string();
                                            }}};
    auto taken = take_clauses(line.where, line.clauses, rules);
    if (taken) plan_.cameras.push_back(std::move(camera));
    return taken;
  }

  base::Result<void> read_party(const LegendLine& line) {
    PartyPlan party;
    party.name = line.name;
    const auto along = [&](const Found& found) -> std::string {
      if (!found.numbers.empty()) party.count = static_cast<int>(found.numbers[0]);
      if (party.count < 1) return fmt::format("{} members; expected at least one", party.count);
      const auto mover = mover_of(found.words[0]);
      if (!mover) {
        return fmt::format("'{}'; expected one of {}", found.words[0],
                           fmt::join(sensor::kMoverClassNames, ", "));
      }
      party.mover = *mover;
      return set_path(party.path, found.words[1]);
    };
    const std::array<Rule, 8> rules = {Rule{"* along *", along},
                                       Rule{"# * along *", along},
                                       keep("# m/s", party.speed_mps),
                                       keep("# m apart", party.apart_m),
                                       keep("roaming # m", party.roaming_m),
                                       keep("# m up", party.up_m),
                                       keep("halting # s", party.halting_s),
                                       keep("from # s", party.from_s)};
    auto taken = take_clauses(line.where, line.clauses, rules);
    if (!taken) return taken;
    if (party.path.empty()) {
      return base::Error{line.where, fmt::format("{} goes nowhere; expected \"* along *\", such as "
                                                 "\"person along a-b\"",
                                                 party.name)};
    }
    plan_.parties.push_back(std::move(party));
    return {};
  }

  // "a-b-c": from letter to letter.
  std::string set_path(std::vector<Cell>& to, std::string_view path) {
    for (std::size_t i = 0; i < path.size(); ++i) {
      const auto letter = plan_.picture.letters.find(path[i]);
      const bool dash = i % 2 == 1;
      if (dash && path[i] != '-') return fmt::format("path '{}'; expected such as a-b-c", path);
      if (dash) continue;
      if (letter == plan_.picture.letters.end()) {
        return fmt::format("path '{}', but '{}' is not in the picture", path, path[i]);
      }
      to.push_back(letter->second);
    }
    return "";
  }

  std::string set_home(const std::string& word) {
    const auto azimuth = azimuth_deg(word);
    if (!azimuth) return fmt::format("home {}; {}", word, kWindsInWords);
    plan_.home = {std::sin(geo::radians(*azimuth)), std::cos(geo::radians(*azimuth)), 0};
    return "";
  }

  base::Result<void> complete() {
    if (norm(plan_.home) == 0) {
      return base::Error{"", "no home side; expected a line such as \"home: south\""};
    }
    for (const auto& [letter, cell] : plan_.picture.letters) {
      const bool told = std::any_of(plan_.cameras.begin(), plan_.cameras.end(),
                                    [&](const CameraPlan& c) { return c.name[0] == letter; });
      if (capital(letter) && !told) {
        return base::Error{"", fmt::format("nothing is told of camera {}; expected a line such as "
                                           "\"{}: looking east\"",
                                           letter, letter)};
      }
    }
    if (plan_.cameras.empty()) return base::Error{"", "no camera; expected a capital letter"};
    if (plan_.time_s == 0) plan_.time_s = last_arrival_s();
    if (plan_.time_s > 0) return {};
    return base::Error{"", "nobody walks and no time is told; expected such as \"time: 60 s\""};
  }

  double last_arrival_s() const {
    double last_s = 0;
    for (const PartyPlan& party : plan_.parties) {
      double way_m = party.apart_m * (party.count - 1);
      for (std::size_t i = 1; i < party.path.size(); ++i) {
        way_m += norm(plan_.metres(party.path[i]) - plan_.metres(party.path[i - 1]));
      }
      const double rests = std::max(0.0, static_cast<double>(party.path.size()) - 2);
      last_s = std::max(
          last_s, party.from_s + way_m / party.speed_mps + rests * party.halting_s + kAfterwards_s);
    }
    return last_s;
  }

  Plan plan_;
};

}  // namespace

geo::Enu Plan::metres(Cell cell) const {
  return {(cell.column - 0.5 * (picture.columns() - 1)) * cell_m,
          (0.5 * (picture.height() - 1) - cell.row) * cell_m, 0};
}

base::Result<Plan> read_plan(std::string_view text) { return PlanReader().read(text); }

}  // namespace marsad::scenario
