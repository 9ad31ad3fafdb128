// SPDX-License-Identifier: Apache-2.0
#include "app/plan_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "app/page_parts.h"
#include "app/plan_chart.h"
#include "app/range_curves.h"

namespace marsad::app {
namespace {

constexpr std::size_t kMostRows = 25;

constexpr std::string_view kStyle = R"(
svg{width:100%;height:auto;break-inside:avoid}svg text{font:11px system-ui,sans-serif;fill:#333}
.line path{stroke-width:5}.barrier{fill:#7a6a53}.sensor{fill:#1a1d21}.added{fill:#f0a202;stroke:#1a1d21}
.holder{stroke:#777;stroke-width:.5}.tick{stroke:#333}.walker{fill:none;stroke:#7b3294;stroke-width:1.5}.vehicle{fill:none;stroke:#e66101;stroke-width:1.5}
.key span{display:inline-block;width:38px;height:12px;margin:0 4px 0 14px;vertical-align:-1px}
)";

std::string percent(double probability) { return fmt::format("{:.0f} %", 100 * probability); }

std::string key() {
  std::string out = "<p class=\"key\">Probability that one who crosses is found:";
  for (const double p : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    out += fmt::format("<span style=\"background:{}\"></span>{}", colour(p), percent(p));
  }
  return out + "</p>\n";
}

std::string summary(const PlanWork& work) {
  std::string out = "<table>" + row({"", "blind", "of the border", "found on average"}, "th");
  const double all_km = work.belt.line().length_m() / 1000;
  const std::vector<Gap> all = gaps(work);
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    const double dark_km = blind_km(all, kind);
    out += row({std::string(kCrosserNames[kind]), fmt::format("{:.1f} km", dark_km),
                percent(dark_km / all_km), percent(work.ledger.mean_found(kind))});
  }
  return out + "</table>\n";
}

// Whether patrols are in time, where there are any.
std::string response(const PlanWork& work) {
  if (work.response.empty()) return "";
  std::size_t in_time = 0, warned = 0;
  for (const Response& one : responses(work)) {
    if (!one.warning_s) continue;
    ++warned;
    in_time += *one.arrival_s <= *one.warning_s ? 1U : 0U;
  }
  const double column_km = work.belt.column_m() / 1000;
  return fmt::format(
      "<p>A walker who comes in is found before the line, by half, on {:.0f} km; on {:.0f} km of "
      "them a patrol from one of {} posts is at the line before the walker.</p>\n",
      column_km * static_cast<double>(warned), column_km * static_cast<double>(in_time),
      work.response.size());
}

std::string gap_table(const PlanWork& work) {
  std::vector<Gap> people = gaps(work);
  std::erase_if(people, [](const Gap& gap) { return gap.kind != 0; });
  std::stable_sort(people.begin(), people.end(), [](const Gap& a, const Gap& b) {
    return a.to_km - a.from_km > b.to_km - b.from_km;
  });
  if (people.empty()) return "<p>No kilometre is blind for walkers.</p>\n";
  std::string out =
      "<table>" + row({"from km", "to km", "length", "found in the worst place"}, "th");
  for (std::size_t i = 0; i < std::min(people.size(), kMostRows); ++i) {
    const Gap& gap = people[i];
    out += row({fmt::format("{:.1f}", gap.from_km), fmt::format("{:.1f}", gap.to_km),
                fmt::format("{:.1f} km", gap.to_km - gap.from_km), percent(gap.least_found)});
  }
  out += "</table>\n";
  if (people.size() > kMostRows) {
    out += fmt::format("<p class=\"note\">The longest {} of {}; all in gaps.csv.</p>\n", kMostRows,
                       people.size());
  }
  return out;
}

std::string route_table(const std::vector<WeakRoute>& routes) {
  std::vector<const WeakRoute*> order;
  for (const WeakRoute& weak : routes) order.push_back(&weak);
  std::stable_sort(order.begin(), order.end(),
                   [](const WeakRoute* a, const WeakRoute* b) { return a->found < b->found; });
  if (order.empty()) return "<p>There is no way over the belt.</p>\n";
  std::string out =
      "<table>" + row({"who", "at km", "gets through with", "in", "the first patrol needs"}, "th");
  for (std::size_t i = 0; i < std::min(order.size(), kMostRows); ++i) {
    const WeakRoute& weak = *order[i];
    out += row({fmt::format("{} {}", kCrosserNames[weak.kind],
                            weak.heading == plan::Heading::inbound ? "inbound" : "outbound"),
                fmt::format("{:.1f}", weak.km), percent(1 - weak.found),
                fmt::format("{:.0f} min", weak.route.time_s / 60),
                weak.arrival_s ? fmt::format("{:.0f} min", *weak.arrival_s / 60) : "–"});
  }
  return out + "</table>\n";
}

std::string site_table(const Choice& choice) {
  if (choice.sites.empty()) return "";
  std::string out = "<h2>Where to add sensors</h2>\n<table>" +
                    row({"", "place", "km", "then found: person", "vehicle"}, "th");
  for (std::size_t i = 0; i < choice.sites.size(); ++i) {
    const ChosenSite& site = choice.sites[i];
    out += row({fmt::format("{}", i + 1), escaped(site.sensor.name), fmt::format("{:.1f}", site.km),
                percent(site.found_person), percent(site.found_vehicle)});
  }
  return out + fmt::format("</table>\n<p class=\"note\">{}</p>\n", fmt::join(choice.told, " "));
}

// A sort of camera: sensors that see alike.
struct CameraSort {
  const sensor::Camera* camera = nullptr;
  std::size_t count = 0;
};

std::vector<CameraSort> camera_sorts(const std::vector<service::PlannedSensor>& sensors) {
  const auto alike = [](const sensor::Camera& a, const sensor::Camera& b) {
    return a.model.focal_px() == b.model.focal_px() && a.optics.netd_K == b.optics.netd_K &&
           a.optics.pitch_um == b.optics.pitch_um && a.optics.f_number == b.optics.f_number;
  };
  std::vector<CameraSort> sorts;
  for (const service::PlannedSensor& sensor : sensors) {
    const sensor::Camera& camera = sensor.watcher.camera;
    const auto known = std::find_if(sorts.begin(), sorts.end(), [&](const CameraSort& sort) {
      return alike(*sort.camera, camera);
    });
    if (known == sorts.end()) {
      sorts.push_back({&camera, 1});
    } else {
      ++known->count;
    }
  }
  return sorts;
}

// From how far each sort of camera finds, and a watch at its screen recognises.
std::string ranges_of(const PlanWork& work) {
  const coverage::Conditions conditions{work.site.plan.watch.extinction_per_km,
                                        work.site.plan.watch.contrast};
  std::string out = "<table>" + row({"cameras", "finds a person", "a watch recognises a person",
                                     "finds a vehicle", "a watch recognises a vehicle"},
                                    "th");
  for (const CameraSort& sort : camera_sorts(work.sensors)) {
    std::vector<std::string> cells = {fmt::format(
        "{} of {:.1f}°, {} px", sort.count, geo::degrees(sort.camera->model.horizontal_fov_rad),
        sort.camera->model.width_px)};
    for (const auto mover : {sensor::MoverClass::person, sensor::MoverClass::vehicle}) {
      for (const Sight sight : {Sight::machine_finds, Sight::person_recognises}) {
        cells.push_back(fmt::format(
            "{:.1f} km", range_of_m(*sort.camera, mover, sight, 0.5, conditions) / 1000));
      }
    }
    out += row(cells);
  }
  return out +
         "</table>\n<p class=\"note\">Ranges at which it succeeds by half, in sight and in "
         "frame.</p>\n";
}

}  // namespace

std::string report_page(const PlanWork& work, const std::vector<WeakRoute>& routes,
                        const Choice& choice) {
  const std::string name = escaped(work.site.name);
  const std::string body = fmt::format(
      "<h1>{0}</h1>\n<p class=\"lead\">{1:.0f} km of border, {2} sensors. A stretch counts "
      "as blind where one who crosses it is found with less than {3}.</p>\n{4}\n"
      "<h2>Kilometre by kilometre</h2>\n{5}{6}\n<h2>From above</h2>\n<p class=\"note\">Colour: "
      "walkers. Purple: weakest routes of walkers; orange: of vehicles.</p>\n{7}\n"
      "<h2>Blind stretches for walkers</h2>\n{8}\n<h2>Weakest routes</h2>\n{9}\n{10}\n"
      "<h2>From how far</h2>\n{12}\n"
      "<p class=\"note\">Probabilities are of Marsad's own detector for usual movers over nights "
      "of "
      "usual contrast, thermal extinction {11:.2f} per km; see docs/planner.md.</p>\n",
      name, work.belt.line().length_m() / 1000, work.sensors.size(), percent(work.site.plan.enough),
      summary(work) + response(work), key(), strip_chart(work, routes, choice.sites),
      map_chart(work, routes, choice.sites), gap_table(work), route_table(routes),
      site_table(choice), work.site.plan.watch.extinction_per_km, ranges_of(work));
  return page(work.site.name + ": who watches what", kStyle, body);
}

}  // namespace marsad::app
