// SPDX-License-Identifier: Apache-2.0
#include "app/plan_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/words.h"
#include "exchange/xml.h"
#include "service/views.h"

namespace marsad::app {
namespace {

struct Colour {
  double red, green, blue;
};
// ColorBrewer's RdBu with five classes, by probability 0, 0.25, 0.5, 0.75, 1.
constexpr std::array<Colour, 5> kScale = {
    {{202, 0, 32}, {244, 165, 130}, {247, 247, 247}, {146, 197, 222}, {5, 113, 176}}};

constexpr double kLabel_px = 90, kWidth_px = 1000, kRow_px = 16, kGap_px = 4;
constexpr double kMostStrip_km = 150;

// A piece of the border and where it is drawn.
struct Strip {
  double from_km = 0, to_km = 0;
  double top_px = 0;

  double x(double km) const { return kLabel_px + kWidth_px * (km - from_km) / (to_km - from_km); }
  bool holds(double km) const { return km >= from_km && km <= to_km; }
};

std::string label(double y_px, std::string_view text) {
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                     kLabel_px - 6, y_px + 0.75 * kRow_px, text);
}

// Columns with the same colour in one rectangle.
std::string coverage_row(const PlanWork& work, const Strip& strip, double y_px, std::size_t kind) {
  std::string out;
  const double column_km = work.belt.column_m() / 1000;
  std::string held;
  double begin_km = 0;
  const auto draw = [&](double to_km) {
    const double left = strip.x(std::max(begin_km, strip.from_km));
    const double right = strip.x(std::min(to_km, strip.to_km));
    if (held.empty() || right <= left) return;
    out += fmt::format(
        "<rect x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{}\" fill=\"{}\"/>\n", left,
        y_px, right - left, kRow_px, held);
  };
  for (std::size_t column = 0; column < work.belt.columns(); ++column) {
    const double from_km = static_cast<double>(column) * column_km;
    // In twentieths, so that a strip is some hundred rectangles and not thousands.
    const std::string here = colour(std::round(work.ledger.found(column, kind) * 20) / 20);
    if (here == held) continue;
    draw(from_km);
    held = here;
    begin_km = from_km;
  }
  draw(static_cast<double>(work.belt.columns()) * column_km);
  return out;
}

std::string barrier_row(const PlanWork& work, const Strip& strip, double y_px) {
  std::string out;
  for (const border::Barrier& barrier : work.site.border->barriers) {
    for (std::size_t i = 0; i + 1 < barrier.line.size(); ++i) {
      const auto km = [&](std::size_t at) {
        return work.belt.line().chainage(barrier.line[at]).s_m / 1000;
      };
      const auto [low, high] = std::minmax({km(i), km(i + 1)});
      if (high < strip.from_km || low > strip.to_km) continue;
      const double left = strip.x(std::max(low, strip.from_km));
      const double right = strip.x(std::min(high, strip.to_km));
      out += fmt::format(
          "<rect x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{}\" "
          "class=\"barrier\"><title>{} {}</title></rect>\n",
          left, y_px + kRow_px / 4, std::max(right - left, 0.5), kRow_px / 2,
          base::word(barrier.kind), exchange::escaped(barrier.name));
    }
  }
  return out;
}

// ColorBrewer's Set2 for those who hold ground, in the order in which they come first.
constexpr std::array kHolderColours = {"#66c2a5", "#8da0cb", "#e78ac3",
                                       "#a6d854", "#ffd92f", "#e5c494"};

std::string holder_colour(const wire::HeldView& held, std::vector<std::string>& known) {
  if (held.holding == "contested") return "#fc8d62";
  if (held.holding != "held") return held.holding == "nobody" ? "#fff" : "#d9d9d9";
  const auto found = std::find(known.begin(), known.end(), held.holder);
  const auto number = static_cast<std::size_t>(found - known.begin());
  if (found == known.end()) known.push_back(held.holder);
  return kHolderColours[number % kHolderColours.size()];
}

// Who holds one side, by colour and, where there is room, by name.
std::string holder_row(const std::vector<wire::HeldView>& held, std::string_view side,
                       const Strip& strip, double y_px) {
  constexpr double kLetter_px = 6.5;
  std::string out;
  std::vector<std::string> known;
  for (const wire::HeldView& piece : held) {
    const std::string fill = holder_colour(piece, known);
    const double left = strip.x(std::max(piece.from_km, strip.from_km));
    const double right = strip.x(std::min(piece.to_km, strip.to_km));
    if (piece.side != side || right <= left) continue;
    const std::string& name = piece.holder.empty() ? piece.holding : piece.holder;
    out += fmt::format(
        "<rect x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{}\" fill=\"{}\" "
        "class=\"holder\"><title>km {:g} to {:g}: {}</title></rect>\n",
        left, y_px, right - left, kRow_px, fill, piece.from_km, piece.to_km,
        exchange::escaped(name));
    if (kLetter_px * static_cast<double>(name.size()) < right - left) {
      out += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                         (left + right) / 2, y_px + 0.75 * kRow_px, exchange::escaped(name));
    }
  }
  return out;
}

std::string triangle(double x_px, double base_px, double half_px, std::string_view kind,
                     std::string_view title) {
  return fmt::format(
      "<path d=\"M{:.1f} {:.1f}l{:.1f} {:.1f}h{:.1f}z\" class=\"{}\"><title>{}"
      "</title></path>\n",
      x_px, base_px - 2 * half_px, half_px, 2 * half_px, -2 * half_px, kind, title);
}

std::string circle(double x_px, double y_px, double radius_px, std::string_view kind,
                   std::string_view title) {
  return fmt::format(
      "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"{}\"><title>{}</title></circle>\n",
      x_px, y_px, radius_px, kind, title);
}

std::string sign(const service::PlannedSensor& sensor, double x_px, double y_px, double half_px,
                 std::string_view kind) {
  return sensor.mount == service::MountKind::balloon
             ? circle(x_px, y_px, half_px, kind, sensor.name)
             : triangle(x_px, y_px + half_px, half_px, kind, sensor.name);
}

std::string axis(const Strip& strip, double y_px) {
  const double span_km = strip.to_km - strip.from_km;
  const double step_km = span_km > 60 ? 10 : span_km > 12 ? 2 : 1;
  std::string out;
  for (double km = std::ceil(strip.from_km / step_km) * step_km; km <= strip.to_km; km += step_km) {
    out += fmt::format(
        "<path d=\"M{0:.1f} {1:.1f}v5\" class=\"tick\"/><text x=\"{0:.1f}\" "
        "y=\"{2:.1f}\" text-anchor=\"middle\">{3:g}</text>\n",
        strip.x(km), y_px, y_px + 16, km);
  }
  return out;
}

std::string draw(const PlanWork& work, const Strip& strip, const std::vector<WeakRoute>& routes,
                 const std::vector<ChosenSite>& sites, const std::vector<wire::HeldView>& held,
                 double& y_px) {
  std::string out;
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    out += label(y_px, kCrosserNames[kind]) + coverage_row(work, strip, y_px, kind);
    y_px += kRow_px + 1;
  }
  y_px += kGap_px;
  for (const char* side : {"far", "home"}) {
    if (held.empty()) break;
    out += label(y_px, fmt::format("{} held by", side)) + holder_row(held, side, strip, y_px);
    y_px += kRow_px + 1;
  }
  if (!work.site.border->barriers.empty()) {
    out += label(y_px, "barriers") + barrier_row(work, strip, y_px);
    y_px += kRow_px;
  }
  out += label(y_px, "sensors");
  for (const service::PlannedSensor& sensor : work.sensors) {
    const double km = work.belt.line().chainage(sensor.watcher.camera.pose.position).s_m / 1000;
    if (strip.holds(km)) out += sign(sensor, strip.x(km), y_px + kRow_px / 2, 5, "sensor");
  }
  y_px += kRow_px;
  if (!sites.empty()) {
    out += label(y_px, "to add");
    for (const ChosenSite& site : sites) {
      if (strip.holds(site.km)) {
        out += sign(site.sensor, strip.x(site.km), y_px + kRow_px / 2, 5, "added");
      }
    }
    y_px += kRow_px;
  }
  out += label(y_px, "weakest");
  for (const WeakRoute& weak : routes) {
    if (weak.heading != plan::Heading::inbound || !strip.holds(weak.km)) continue;
    out += circle(strip.x(weak.km), y_px + kRow_px / 2, 2 + 5 * (1 - weak.found),
                  weak.kind == 0 ? "walker" : "vehicle",
                  fmt::format("{} km {:.1f}: found with {:.0f} %", kCrosserNames[weak.kind],
                              weak.km, 100 * weak.found));
  }
  y_px += kRow_px + kGap_px;
  out += axis(strip, y_px);
  y_px += 30;
  return out;
}

}  // namespace

std::string colour(double probability) {
  const double at = std::clamp(probability, 0.0, 1.0) * (kScale.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(at), kScale.size() - 2);
  const double share = at - static_cast<double>(low);
  const auto mix = [&](double Colour::* part) {
    return static_cast<int>(
        std::lround((1 - share) * kScale[low].*part + share * kScale[low + 1].*part));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(&Colour::red), mix(&Colour::green),
                     mix(&Colour::blue));
}

std::string strip_chart(const PlanWork& work, const std::vector<WeakRoute>& routes,
                        const std::vector<ChosenSite>& sites) {
  const double length_km = work.belt.line().length_m() / 1000;
  const double strips = std::ceil(length_km / kMostStrip_km);
  std::string body;
  double y_px = 4;
  // As of the newest that was learnt; a report is of a site's files, not of a moment.
  const auto& told = work.site.border->control.entries();
  const auto held = told.empty() ? std::vector<wire::HeldView>{}
                                 : service::view_holders(*work.site.border, told.back().learnt);
  for (double i = 0; i < strips; ++i) {
    body += draw(work, {i * length_km / strips, (i + 1) * length_km / strips, y_px}, routes, sites,
                 held, y_px);
  }
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" class=\"strip\" role=\"img\" "
      "aria-label=\"The border in strips\">\n{}</svg>\n",
      kLabel_px + kWidth_px + 20, y_px, body);
}

std::string map_chart(const PlanWork& work, const std::vector<WeakRoute>& routes,
                      const std::vector<ChosenSite>& sites) {
  const auto& vertices = work.belt.line().vertices();
  const geo::LocalFrame& frame = work.belt.line().frame();
  const auto metres = [&](geo::Geodetic place) {
    place.height_m = 0;
    return frame.to_enu(place);
  };
  double west = 1e12, east = -1e12, south = 1e12, north = -1e12;
  for (const geo::Geodetic& vertex : vertices) {
    const geo::Enu at = metres(vertex);
    west = std::min(west, at.east);
    east = std::max(east, at.east);
    south = std::min(south, at.north);
    north = std::max(north, at.north);
  }
  const double margin = 0.04 * std::max(east - west, north - south) + 4000;
  west -= margin, east += margin, south -= margin, north += margin;
  constexpr double kSide_px = 900;
  const double scale = kSide_px / std::max(east - west, north - south);
  const auto x = [&](const geo::Enu& at) { return (at.east - west) * scale; };
  const auto y = [&](const geo::Enu& at) { return (north - at.north) * scale; };

  std::string body;
  for (std::size_t column = 0; column < work.belt.columns(); ++column) {
    const double half_m = 0.5 * work.belt.column_m(), s_m = work.belt.s_m(column);
    const geo::Enu from = metres(work.belt.line().at(s_m - half_m));
    const geo::Enu to = metres(work.belt.line().at(s_m + half_m));
    body += fmt::format("<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"{}\"/>\n", x(from),
                        y(from), x(to), y(to), colour(work.ledger.found(column, 0)));
  }
  body = fmt::format("<g class=\"line\">\n{}</g>\n", body);
  for (const WeakRoute& weak : routes) {
    if (weak.heading != plan::Heading::inbound) continue;
    std::string points;
    for (const std::size_t cell : weak.route.cells) {
      const geo::Enu at = metres(*work.belt.cell(cell));
      points += fmt::format("{:.1f},{:.1f} ", x(at), y(at));
    }
    body += fmt::format("<polyline points=\"{}\" class=\"route {}\"/>\n", points,
                        weak.kind == 0 ? "walker" : "vehicle");
  }
  for (const service::PlannedSensor& sensor : work.sensors) {
    const geo::Enu at = metres(sensor.watcher.camera.pose.position);
    body += sign(sensor, x(at), y(at), 3.5, "sensor");
  }
  for (const ChosenSite& site : sites) {
    const geo::Enu at = metres(site.sensor.watcher.camera.pose.position);
    body += sign(site.sensor, x(at), y(at), 4.5, "added");
  }
  const double length_km = work.belt.line().length_m() / 1000;
  const double step_km = length_km > 200 ? 50 : length_km > 40 ? 10 : 2;
  for (double km = 0; km <= length_km; km += step_km) {
    const geo::Enu at = metres(work.belt.line().at(km * 1000));
    const geo::Enu home = work.belt.line().toward_home(km * 1000);
    body += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{:g}</text>\n",
                        x(at) - 22 * home.east, y(at) + 22 * home.north + 4, km);
  }
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" class=\"map\" role=\"img\" "
      "aria-label=\"The border from above, north up\">\n{}</svg>\n",
      (east - west) * scale, (north - south) * scale, body);
}

}  // namespace marsad::app
