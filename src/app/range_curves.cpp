// SPDX-License-Identifier: Apache-2.0
#include "app/range_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/words.h"
#include "sensor/thermal_range.h"

namespace marsad::app {
namespace {

constexpr double kNearest_m = 10, kFarthest_m = 100'000;
constexpr int kSteps = 400;

constexpr double kLeft_px = 56, kTop_px = 40, kWidth_px = 640, kHeight_px = 300;
constexpr std::array<std::string_view, kRangeMovers.size()> kColours = {"#7b3294", "#e66101",
                                                                        "#1b7837", "#2166ac"};
constexpr std::array<std::string_view, kSights.size()> kDashes = {"", "8 4", "3 3", "1 4"};

sensor::Task task_of(Sight sight) {
  if (sight == Sight::person_detects) return sensor::Task::detect;
  return sight == Sight::person_recognises ? sensor::Task::recognise : sensor::Task::identify;
}

// 1, 2 or 5 times a power of ten, so that at most ten steps reach `most`.
double round_step(double most) {
  const double power = std::pow(10, std::floor(std::log10(most / 10)));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (most / (times * power) <= 10) return times * power;
  }
  return 10 * power;
}

double step_m(double most_m, int step) { return most_m * step / kSteps; }

double x_px(double range_m, double most_m) { return kLeft_px + kWidth_px * range_m / most_m; }
double y_px(double probability) { return kTop_px + kHeight_px * (1 - probability); }

std::string axes(double most_m) {
  std::string out;
  for (const double p : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    out += fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} {1:.1f}h{2}\"/><text x=\"{3:.1f}\" y=\"{4:.1f}\" "
        "text-anchor=\"end\">{5:.0f} %</text>\n",
        kLeft_px, y_px(p), kWidth_px, kLeft_px - 6, y_px(p) + 4, 100 * p);
  }
  for (double range_m = 0; range_m <= most_m; range_m += round_step(most_m)) {
    out += fmt::format(
        "<path class=\"grid\" d=\"M{0:.1f} {1:.1f}v{2}\"/><text x=\"{0:.1f}\" y=\"{3:.1f}\" "
        "text-anchor=\"middle\">{4:g} km</text>\n",
        x_px(range_m, most_m), kTop_px, kHeight_px, kTop_px + kHeight_px + 18, range_m / 1000);
  }
  return out;
}

std::string curve(const sensor::Camera& camera, double most_m,
                  const coverage::Conditions& conditions, std::size_t mover, std::size_t sight) {
  std::string path;
  for (int step = 0; step <= kSteps; ++step) {
    const double range_m = std::max(kNearest_m, step_m(most_m, step));
    const double p =
        sight_probability(camera, kRangeMovers[mover], kSights[sight], range_m, conditions);
    path += fmt::format("{}{:.1f} {:.1f}", step == 0 ? "M" : "L", x_px(range_m, most_m), y_px(p));
  }
  return fmt::format("<path class=\"curve\" d=\"{}\" stroke=\"{}\" stroke-dasharray=\"{}\"/>\n",
                     path, kColours[mover], kDashes[sight]);
}

std::string curves_key() {
  std::string out;
  double y = kTop_px + kHeight_px + 44;
  for (std::size_t mover = 0; mover < kRangeMovers.size(); ++mover) {
    const double x = kLeft_px + 165 * static_cast<double>(mover);
    out += fmt::format(
        "<path class=\"curve\" d=\"M{0:.0f} {1:.0f}h26\" stroke=\"{2}\"/><text x=\"{3:.0f}\" "
        "y=\"{4:.0f}\">{5}</text>\n",
        x, y, kColours[mover], x + 32, y + 4, sensor::name(kRangeMovers[mover]));
  }
  y += 20;
  for (std::size_t sight = 0; sight < kSights.size(); ++sight) {
    const double x = kLeft_px + 165 * static_cast<double>(sight);
    std::string name(base::word(kSights[sight]));
    std::replace(name.begin(), name.end(), '_', ' ');
    out += fmt::format(
        "<path class=\"curve\" d=\"M{0:.0f} {1:.0f}h26\" stroke=\"#333\" "
        "stroke-dasharray=\"{2}\"/><text x=\"{3:.0f}\" y=\"{4:.0f}\">{5}</text>\n",
        x, y, kDashes[sight], x + 32, y + 4, name);
  }
  return out;
}

}  // namespace

double sight_probability(const sensor::Camera& camera, sensor::MoverClass mover, Sight sight,
                         double range_m, const coverage::Conditions& conditions) {
  if (sight == Sight::machine_finds) {
    return coverage::detection_probability_at(camera, range_m, mover, conditions);
  }
  return sensor::person_succeeds(sensor::thermal_camera(camera),
                                 coverage::target_of(mover, conditions), range_m,
                                 conditions.extinction_per_km, task_of(sight));
}

double range_of_m(const sensor::Camera& camera, sensor::MoverClass mover, Sight sight,
                  double probability, const coverage::Conditions& conditions) {
  const auto reaches = [&](double range_m) {
    return sight_probability(camera, mover, sight, range_m, conditions) >= probability;
  };
  if (!reaches(kNearest_m)) return 0;
  double near_m = kNearest_m, far_m = kFarthest_m;
  while (far_m - near_m > 1) {
    const double middle_m = (near_m + far_m) / 2;
    (reaches(middle_m) ? near_m : far_m) = middle_m;
  }
  return near_m;
}

std::string range_table(const sensor::Camera& camera, double most_m,
                        const coverage::Conditions& conditions) {
  std::string out = "range_m";
  for (const auto mover : kRangeMovers) {
    for (const Sight sight : kSights) {
      out += fmt::format(",{}_{}", sensor::name(mover), base::word(sight));
    }
  }
  out += '\n';
  for (int step = 1; step <= kSteps; ++step) {
    const double range_m = step_m(most_m, step);
    out += fmt::format("{:.0f}", range_m);
    for (const auto mover : kRangeMovers) {
      for (const Sight sight : kSights) {
        out += fmt::format(",{:.4f}", sight_probability(camera, mover, sight, range_m, conditions));
      }
    }
    out += '\n';
  }
  return out;
}

std::string range_chart(const sensor::Camera& camera, double most_m,
                        const coverage::Conditions& conditions) {
  std::string curves;
  for (std::size_t mover = 0; mover < kRangeMovers.size(); ++mover) {
    for (std::size_t sight = 0; sight < kSights.size(); ++sight) {
      curves += curve(camera, most_m, conditions, mover, sight);
    }
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\">\n<style>text{{font:12px sans-serif;fill:#333}}.grid{{stroke:#ddd}}"
      ".curve{{fill:none;stroke-width:2}}</style>\n<rect width=\"100%\" height=\"100%\" "
      "fill=\"#fff\"/>\n<text x=\"{2:.0f}\" y=\"22\">Probability by range, {3}×{4} px, "
      "{5:.2f}° wide, extinction {6:.2f} per km</text>\n{7}{8}{9}</svg>\n",
      kLeft_px + kWidth_px + 24, kTop_px + kHeight_px + 84, kLeft_px, camera.model.width_px,
      camera.model.height_px, geo::degrees(camera.model.horizontal_fov_rad),
      conditions.extinction_per_km, axes(most_m), curves, curves_key());
}

}  // namespace marsad::app
