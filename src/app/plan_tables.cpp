// SPDX-License-Identifier: Apache-2.0
#include "app/plan_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "base/words.h"

namespace marsad::app {
namespace {

using geo::degrees;

constexpr std::array kRouteKinds = {std::size_t{0}, std::size_t{1}};  // person, vehicle

double from_km(const plan::Belt& belt, std::size_t column) {
  return static_cast<double>(column) * belt.column_m() / 1000;
}

// Minutes for a table; an empty cell where there are none.
std::string minutes(const std::optional<double>& time_s) {
  return time_s ? fmt::format("{:.1f}", *time_s / 60) : std::string();
}

std::string_view word(plan::Heading heading) {
  return heading == plan::Heading::inbound ? "inbound" : "outbound";
}

std::string lng_lat(const geo::Geodetic& place) {
  return fmt::format("[{:.6f},{:.6f}]", degrees(place.lon_rad), degrees(place.lat_rad));
}

// One feature of a GeoJSON file [RFC7946].
std::string feature(std::string_view shape, std::string_view coordinates,
                    std::string_view properties) {
  return fmt::format(
      R"({{"type":"Feature","geometry":{{"type":"{}","coordinates":{}}},"properties":{{{}}}}})",
      shape, coordinates, properties);
}

std::string collection(const std::vector<std::string>& features) {
  return fmt::format("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
                     fmt::join(features, ",\n"));
}

// A text as JSON; control characters don't come out of a table's cell.
std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

base::Result<void> write_text(const std::filesystem::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (out) return {};
  return base::Error{file.string(), "can't be written; is the disk full?"};
}

std::vector<Gap> gaps(const PlanWork& work) {
  std::vector<Gap> gaps;
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    for (const plan::BlindStretch& blind :
         plan::blind_stretches(work.ledger, kind, work.site.plan.enough)) {
      gaps.push_back({kind, from_km(work.belt, blind.first_column),
                      from_km(work.belt, blind.first_column + blind.columns), blind.least_found});
    }
  }
  return gaps;
}

double blind_km(const std::vector<Gap>& gaps, std::size_t kind) {
  double sum_km = 0;
  for (const Gap& gap : gaps) sum_km += gap.kind == kind ? gap.to_km - gap.from_km : 0;
  return sum_km;
}

std::vector<Response> responses(const PlanWork& work) {
  constexpr std::size_t kPerson = 0;
  const std::vector<double> rates_ps = plan::mean_rates_ps(work.belt, work.posts(), kPerson);
  std::vector<Response> responses;
  for (std::size_t column = 0; column < work.belt.columns(); ++column) {
    const geo::Geodetic at_line = work.belt.line().at(work.belt.s_m(column));
    responses.push_back(
        {plan::warning_s(work.belt, rates_ps, column, kPerson, plan::Heading::inbound),
         plan::arrival_s(work.response, at_line)});
  }
  return responses;
}

base::Result<void> write_coverage(const PlanWork& work, const std::filesystem::path& folder) {
  std::string table =
      fmt::format("from_km,to_km,lat_deg,lon_deg,{},warning_minutes,patrol_minutes\n",
                  fmt::join(kCrosserNames, ","));
  const std::vector<Response> response = responses(work);
  std::vector<std::string> stretches;
  for (std::size_t column = 0; column < work.belt.columns(); ++column) {
    const double from = from_km(work.belt, column), to = from_km(work.belt, column + 1);
    const geo::BorderLine& line = work.belt.line();
    const geo::Geodetic middle = line.at(work.belt.s_m(column));
    std::string values, properties;
    for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
      const double found = work.ledger.found(column, kind);
      values += fmt::format(",{:.3f}", found);
      properties += fmt::format(",\"{}\":{:.3f}", kCrosserNames[kind], found);
    }
    table += fmt::format("{:.3f},{:.3f},{:.6f},{:.6f}{},{},{}\n", from, to, degrees(middle.lat_rad),
                         degrees(middle.lon_rad), values, minutes(response[column].warning_s),
                         minutes(response[column].arrival_s));
    const std::string ends =
        fmt::format("[{},{}]", lng_lat(line.at(from * 1000)), lng_lat(line.at(to * 1000)));
    stretches.push_back(
        feature("LineString", ends,
                fmt::format("\"from_km\":{:.3f},\"to_km\":{:.3f}{}", from, to, properties)));
  }
  std::string blind = "who,from_km,to_km,length_km,least_found\n";
  for (const Gap& gap : gaps(work)) {
    blind += fmt::format("{},{:.3f},{:.3f},{:.3f},{:.3f}\n", kCrosserNames[gap.kind], gap.from_km,
                         gap.to_km, gap.to_km - gap.from_km, gap.least_found);
  }
  std::vector<std::string> sensors;
  for (const service::PlannedSensor& sensor : work.sensors) {
    const geo::Geodetic place = sensor.watcher.camera.pose.position;
    sensors.push_back(feature(
        "Point", lng_lat(place),
        fmt::format("\"id\":{},\"mount\":\"{}\",\"km\":{:.3f}", json_text(sensor.name),
                    base::word(sensor.mount), work.belt.line().chainage(place).s_m / 1000)));
  }
  for (const auto& [name, text] : {std::pair{"coverage.csv", table},
                                   {"gaps.csv", blind},
                                   {"coverage.geojson", collection(stretches)},
                                   {"sensors.geojson", collection(sensors)}}) {
    if (auto written = write_text(folder / name, text); !written) return written;
  }
  return {};
}

std::vector<WeakRoute> weak_routes(const PlanWork& work, double every_km,
                                   const std::stop_token& stop) {
  std::vector<WeakRoute> found;
  const std::vector<plan::Post> posts = work.posts();
  const auto step =
      static_cast<std::size_t>(std::max(1.0, std::round(every_km * 1000 / work.belt.column_m())));
  for (const std::size_t kind : kRouteKinds) {
    for (const plan::Heading heading : {plan::Heading::inbound, plan::Heading::outbound}) {
      if (stop.stop_requested()) return found;
      const plan::WeakestRoutes routes(work.belt, work.going,
                                       plan::mean_rates_ps(work.belt, posts, kind), kind, heading);
      const auto add = [&](std::optional<plan::Route> route) {
        if (!route) return;
        const std::size_t column = plan::line_column(work.belt, *route);
        const double s_m = work.belt.s_m(column);
        const double likely = plan::found_on(*route, work.going, posts, kind);
        found.push_back({kind, heading, s_m / 1000, *std::move(route), likely,
                         plan::arrival_s(work.response, work.belt.line().at(s_m))});
      };
      add(routes.anywhere());
      for (std::size_t first = 0; first < work.belt.columns(); first += step) {
        add(routes.weakest_through(first, std::min(step, work.belt.columns() - first)));
      }
    }
  }
  return found;
}

base::Result<void> write_routes(const PlanWork& work, const std::vector<WeakRoute>& routes,
                                const std::filesystem::path& folder) {
  std::string table = "who,heading,km,found,minutes,patrol_minutes\n";
  std::vector<std::string> lines;
  for (const WeakRoute& weak : routes) {
    table +=
        fmt::format("{},{},{:.3f},{:.3f},{:.1f},{}\n", kCrosserNames[weak.kind], word(weak.heading),
                    weak.km, weak.found, weak.route.time_s / 60, minutes(weak.arrival_s));
    std::vector<std::string> places;
    for (const std::size_t cell : weak.route.cells)
      places.push_back(lng_lat(*work.belt.cell(cell)));
    lines.push_back(feature(
        "LineString", fmt::format("[{}]", fmt::join(places, ",")),
        fmt::format(R"("who":"{}","heading":"{}","km":{:.3f},"found":{:.3f},"minutes":{:.1f})",
                    kCrosserNames[weak.kind], word(weak.heading), weak.km, weak.found,
                    weak.route.time_s / 60)));
  }
  if (auto written = write_text(folder / "routes.csv", table); !written) return written;
  return write_text(folder / "routes.geojson", collection(lines));
}

base::Result<void> write_sites(const std::vector<ChosenSite>& sites,
                               const std::filesystem::path& folder) {
  std::string table = "order,id,mount,km,lat_deg,lon_deg,found_person,found_vehicle\n";
  std::vector<std::string> points;
  std::size_t order = 0;
  for (const ChosenSite& site : sites) {
    const geo::Geodetic place = site.sensor.watcher.camera.pose.position;
    const auto mount = base::word(site.sensor.mount);
    ++order;
    table += fmt::format("{},{},{},{:.3f},{:.6f},{:.6f},{:.4f},{:.4f}\n", order, site.sensor.name,
                         mount, site.km, degrees(place.lat_rad), degrees(place.lon_rad),
                         site.found_person, site.found_vehicle);
    points.push_back(feature("Point", lng_lat(place),
                             fmt::format("\"order\":{},\"id\":{},\"mount\":\"{}\",\"km\":{:.3f}",
                                         order, json_text(site.sensor.name), mount, site.km)));
  }
  if (auto written = write_text(folder / "sites.csv", table); !written) return written;
  return write_text(folder / "sites.geojson", collection(points));
}

}  // namespace marsad::app
