// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include "incident/rule.h"
#include "tests/scenario/world.h"

namespace marsad::scenario {
namespace {

// A cell comes out this wide and high.
constexpr int kAcross = 4;
constexpr int kDown = 2;
constexpr double kTruthStep_s = 0.5;

// The picture, enlarged, with tracks and incidents drawn into it.
class Canvas {
 public:
  explicit Canvas(const World& world) : plan_(world.plan), elevation_(*world.site.elevation) {
    const Picture& picture = plan_.picture;
    rows_.assign(static_cast<std::size_t>(kDown * picture.height()),
                 std::string(static_cast<std::size_t>(kAcross * picture.columns()), ' '));
    for (int row = 0; row < picture.height(); ++row) {
      for (int column = 0; column < picture.columns(); ++column) {
        put(kAcross * column + kAcross / 2, kDown * row + kDown / 2, picture.at({column, row}));
      }
    }
  }

  void mark(geo::Geodetic place, char c) {
    const terrain::GridPoint node = elevation_.grid_point(place.lat_rad, place.lon_rad);
    const double column = node.column - 0.5 * (elevation_.columns() - plan_.picture.columns());
    const double row = node.row - 0.5 * (elevation_.rows() - plan_.picture.height());
    put(static_cast<int>(std::lround(kAcross * column)) + kAcross / 2,
        static_cast<int>(std::lround(kDown * row)) + kDown / 2, c);
  }

  std::string text() const {
    std::string all;
    for (const std::string& row : rows_) all += row.substr(0, row.find_last_not_of(' ') + 1) + '\n';
    return all;
  }

 private:
  // Letters stay: they are what the words below speak of.
  void put(int x, int y, char c) {
    if (y < 0 || y >= static_cast<int>(rows_.size())) return;
    std::string& row = rows_[static_cast<std::size_t>(y)];
    if (x < 0 || x >= static_cast<int>(row.size())) return;
    char& there = row[static_cast<std::size_t>(x)];
    if (std::isalpha(static_cast<unsigned char>(there)) == 0 || there == 'v') there = c;
  }

  const Plan& plan_;
  const terrain::Elevation& elevation_;
  std::vector<std::string> rows_;
};

char digit_of(std::size_t index) { return "123456789"[index % 9]; }

std::string names(const std::vector<sensor::SensorId>& sensors) {
  std::string all;
  for (const sensor::SensorId& sensor : sensors) all += (all.empty() ? "" : ", ") + sensor.text;
  return all;
}

// "12.3 s at km 0.42, -48 m (home 0.01)"
std::string fix(const track::Track& track, const geo::BorderLine& line) {
  const geo::Chainage chainage = line.chainage(track.place);
  return fmt::format("{:.1f} s at km {:.2f}, {:+.0f} m (home {:.2f})",
                     base::to_seconds(track.time.time_since_epoch()), chainage.s_m / 1000,
                     chainage.d_m, incident::see(track, line).p_home);
}

// The longest time it went on without a plot.
double longest_unseen_s(const std::vector<track::Track>& states) {
  double longest_s = 0;
  for (const track::Track& state : states) {
    longest_s = std::max(longest_s, base::to_seconds(state.time - state.last_seen));
  }
  return longest_s;
}

std::string describe(const std::vector<track::Track>& states, const geo::BorderLine& line) {
  const track::Track& last = states.back();
  return fmt::format("{} from {} to {}, {} plots by {}, unseen for up to {:.1f} s{}",
                     sensor::name(sensor::likeliest(last.classes)), fix(states.front(), line),
                     fix(last, line), last.plots, names(last.sensors), longest_unseen_s(states),
                     last.status == track::TrackStatus::lost ? ", lost" : "");
}

std::string describe(const incident::Incident& incident) {
  if (incident.merged_into) {
    return fmt::format("one with another: {}", incident.because);
  }
  return fmt::format("{} {} at {:.1f} s at km {:.2f}: {}", base::word(incident.direction),
                     base::word(incident.kind), base::to_seconds(incident.time.time_since_epoch()),
                     incident.chainage_m / 1000, incident.because);
}

}  // namespace

void PrintTo(const Outcome& outcome, std::ostream* out) {
  if (outcome.world == nullptr) {
    *out << "nothing, for the picture was wrong";
    return;
  }
  const World& world = *outcome.world;
  const geo::BorderLine& line = world.site.border->line;
  std::map<track::TrackId, std::vector<track::Track>> states;
  for (const track::Track& state : outcome.history) states[state.id].push_back(state);

  Canvas canvas(world);
  for (double t_s = 0; t_s < world.plan.time_s; t_s += kTruthStep_s) {
    for (const simulate::TruthState& mover : world.site.world->truth(t_s)) {
      canvas.mark(mover.place, ':');
    }
  }
  std::string words =
      fmt::format("{} detections in {} frames\n", outcome.detections, outcome.frames);
  std::size_t index = 0;
  for (const auto& [id, path] : states) {
    for (const track::Track& state : path) canvas.mark(state.place, digit_of(index));
    words += fmt::format("track {}: {}\n", digit_of(index), describe(path, line));
    ++index;
  }
  for (const incident::Incident& incident : outcome.incidents) {
    canvas.mark(incident.place, '!');
    words += fmt::format("incident !: {}\n", describe(incident));
  }
  if (states.empty()) words += "no track\n";
  if (outcome.incidents.empty()) words += "no incident\n";
  *out << "\n(true paths :, tracks 1 2 …, incidents !)\n" << canvas.text() << words;
}

}  // namespace marsad::scenario
