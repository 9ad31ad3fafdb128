// SPDX-License-Identifier: Apache-2.0
#include "service/views.h"

#include <cmath>
#include <numbers>

#include "base/words.h"
#include "coverage/coverage.h"
#include "service/visibility.h"

namespace marsad::service {
namespace {

using geo::degrees;

// To so many decimals: seven of a degree are a centimetre, enough for a map in half the bytes.
double rounded(double value, int decimals) {
  const double scale = std::pow(10, decimals);
  return std::round(value * scale) / scale;
}

double compass_deg(double azimuth_rad) {
  return rounded(std::fmod(degrees(azimuth_rad) + 360, 360), 1);
}

// Two sigma.
wire::EllipseView view_ellipse(geo::CovEn cov_m2) {
  const geo::Ellipse sigma = geo::ellipse(cov_m2);
  return {rounded(2 * sigma.major_m, 1), rounded(2 * sigma.minor_m, 1),
          compass_deg(sigma.azimuth_rad)};
}

std::vector<wire::LngLat> view(const std::vector<geo::Geodetic>& places) {
  std::vector<wire::LngLat> out;
  out.reserve(places.size());
  for (const geo::Geodetic& place : places) out.push_back(service::view(place));
  return out;
}

wire::BorderView view_border(const geo::BorderLine& line) {
  wire::BorderView out{line.length_m() / 1000, view(line.vertices()), line.home_is_left(), {}};
  for (int km = 0; km * 1000 <= line.length_m(); ++km) {
    out.posts.push_back({km, service::view(line.at(km * 1000))});
  }
  return out;
}

wire::CameraView view_camera(const SiteCamera& site_camera, const Site& site) {
  const sensor::Camera& camera = site_camera.camera;
  wire::CameraView out;
  out.id = camera.id.text;
  out.name = camera.name;
  out.mount = base::word(site_camera.mount);
  out.at = service::view(camera.pose.position);
  out.height_above_ground_m = rounded(site_camera.height_above_ground_m, 1);
  out.azimuth_deg = compass_deg(camera.pose.azimuth_rad);
  out.elevation_deg = degrees(camera.pose.elevation_rad);
  out.horizontal_fov_deg = degrees(camera.model.horizontal_fov_rad);
  out.width_px = camera.model.width_px;
  out.height_px = camera.model.height_px;
  const auto footprint = coverage::footprint(camera, *site.elevation, conditions_of(site));
  for (const auto& ring : footprint.rings) {
    out.footprint.push_back(view(ring));
  }
  return out;
}

std::vector<std::string> texts(const std::vector<sensor::SensorId>& ids) {
  std::vector<std::string> out;
  for (const sensor::SensorId& id : ids) out.push_back(id.text);
  return out;
}

}  // namespace

wire::LngLat view(geo::Geodetic place) {
  return {rounded(degrees(place.lon_rad), 7), rounded(degrees(place.lat_rad), 7)};
}

wire::SiteView view(const Site& site) {
  wire::SiteView out;
  out.name = site.name;
  out.simulated = site.simulated();
  const terrain::Bounds bounds = site.elevation->bounds();
  out.bounds = {degrees(bounds.west_rad), degrees(bounds.south_rad), degrees(bounds.east_rad),
                degrees(bounds.north_rad)};
  out.border = view_border(site.border->line);
  for (const SiteCamera& camera : site.cameras) {
    out.cameras.push_back(view_camera(camera, site));
  }
  for (const border::Barrier& barrier : site.border->barriers) {
    out.barriers.push_back(
        {barrier.name, std::string(base::word(barrier.kind)), view(barrier.line)});
  }
  for (const border::Zone& zone : site.border->zones) {
    out.zones.push_back({zone.name, std::string(base::word(zone.kind)), view(zone.ring)});
  }
  return out;
}

std::vector<wire::HeldView> view_holders(const border::Border& border, base::Time time) {
  std::vector<wire::HeldView> held;
  if (border.control.entries().empty()) return held;
  for (const border::Side side : {border::Side::far, border::Side::home}) {
    const std::size_t first = held.size();
    for (const auto& piece : border.control.pieces(0, border.line.length_m(), side, time, time)) {
      const border::Holder holder = piece.entry != nullptr ? piece.entry->holder : border::Holder{};
      wire::HeldView next{std::string(base::word(side)), rounded(piece.from_m / 1000, 3),
                          rounded(piece.to_m / 1000, 3), std::string(base::word(holder.holding)),
                          holder.name};
      if (held.size() > first && held.back().holding == next.holding &&
          held.back().holder == next.holder) {
        held.back().to_km = next.to_km;
      } else {
        held.push_back(std::move(next));
      }
    }
  }
  return held;
}

wire::TrackView view(const track::Track& track, const geo::BorderLine& line,
                     std::vector<wire::LngLat> tail) {
  const geo::Chainage chainage = line.chainage(track.place);
  const sensor::MoverClass mover = sensor::likeliest(track.classes);
  wire::TrackView out;
  out.id = track.id.value;
  out.mover = sensor::name(mover);
  out.mover_probability = rounded(track.classes[static_cast<std::size_t>(mover)], 2);
  out.existence = rounded(track.existence, 3);
  out.at = view(track.place);
  out.ellipse = view_ellipse(track.position_cov_m2());
  out.speed_mps = rounded(std::hypot(track.ve_mps, track.vn_mps), 2);
  out.heading_deg = compass_deg(std::atan2(track.ve_mps, track.vn_mps));
  out.km = rounded(chainage.s_m / 1000, 3);
  out.offset_m = rounded(chainage.d_m, 1);
  out.first_seen = base::to_iso8601(track.first_seen);
  out.last_seen = base::to_iso8601(track.last_seen);
  out.sensors = texts(track.sensors);
  out.tail = std::move(tail);
  return out;
}

wire::GroupView view(const track::Group& group, const std::vector<track::TrackId>& shown) {
  wire::GroupView out;
  out.id = group.id.value;
  for (const track::TrackId& id : shown) out.tracks.push_back(id.value);
  out.hidden = group.members.size() - shown.size();
  out.at = view(group.centre);
  out.ellipse = view_ellipse(group.extent_m2);
  out.speed_mps = rounded(std::hypot(group.ve_mps, group.vn_mps), 2);
  out.heading_deg = compass_deg(std::atan2(group.ve_mps, group.vn_mps));
  return out;
}

wire::PredictionView view(const LookAhead& ahead) {
  wire::PredictionView out;
  out.track = ahead.track.value;
  for (const track::PathPoint& point : ahead.path) {
    out.path.push_back(
        {base::to_iso8601(point.time), view(point.place), view_ellipse(point.cov_m2)});
  }
  if (const auto& arrival = ahead.arrival) {
    out.arrival = {base::to_iso8601(arrival->likely),
                   base::to_iso8601(arrival->earliest),
                   {},
                   rounded(arrival->s_m / 1000, 3),
                   arrival->to_home};
    if (arrival->latest) out.arrival->latest = base::to_iso8601(*arrival->latest);
  }
  if (const auto& next = ahead.next_sight) {
    out.next_sight = {next->sensor.text, base::to_iso8601(next->time),
                      rounded(next->probability, 2)};
  }
  return out;
}

wire::IncidentView view(const incident::Incident& incident, bool has_picture, bool simulated) {
  const sensor::MoverClass mover = sensor::likeliest(incident.classes);
  wire::IncidentView out;
  out.id = incident.id.value;
  out.kind = base::word(incident.kind);
  if (incident.direction != incident::Direction::none) {
    out.direction = base::word(incident.direction);
  }
  out.time = base::to_iso8601(incident.time);
  out.told = base::to_iso8601(incident.told);
  out.km = rounded(incident.chainage_m / 1000, 3);
  out.at = view(incident.place);
  out.probability = rounded(incident.probability, 3);
  out.mover = sensor::name(mover);
  out.mover_probability = rounded(incident.classes[static_cast<std::size_t>(mover)], 2);
  out.speed_mps = rounded(incident.speed_mps, 2);
  out.heading_deg = compass_deg(incident.heading_rad);
  for (const track::TrackId& id : incident.tracks) out.tracks.push_back(id.value);
  out.sensors = texts(incident.sensors);
  out.because = incident.because;
  for (const incident::Stage& stage : incident.history) {
    out.history.push_back(
        {std::string(base::word(stage.kind)), base::to_iso8601(stage.time), stage.what});
  }
  if (incident.merged_into) out.merged_into = incident.merged_into->value;
  out.tasked_to = incident.tasked_to;
  const auto text_of = [](const std::optional<base::Time>& time) {
    return time ? std::optional(base::to_iso8601(*time)) : std::nullopt;
  };
  out.reached = {text_of(incident.reached.acknowledged), text_of(incident.reached.tasked),
                 text_of(incident.reached.arrived), text_of(incident.reached.resolved)};
  out.reminders = incident.reminders;
  if (incident.persons) {
    out.persons = {incident.persons->adults, incident.persons->children, incident.persons->injured};
  }
  out.referral = base::word(incident.referral);
  out.state = base::word(incident.state);
  if (incident.outcome) out.outcome = base::word(*incident.outcome);
  for (const incident::Note& note : incident.notes) {
    out.notes.push_back({base::to_iso8601(note.time), note.by, note.text});
  }
  out.has_picture = has_picture;
  out.simulated = simulated;
  return out;
}

wire::PictureView view(const Picture& picture) {
  wire::PictureView out;
  out.frame = picture.frame->number;
  out.time = base::to_iso8601(picture.frame->time);
  out.width = picture.frame->counts.width();
  out.height = picture.frame->counts.height();
  for (const detect::Detection& detection : picture.detections) {
    out.boxes.push_back({detection.box.x, detection.box.y, detection.box.width,
                         detection.box.height,
                         std::string(sensor::name(sensor::likeliest(detection.classes))),
                         rounded(detection.snr, 1)});
  }
  return out;
}

wire::QueueView view(const base::QueueFigures& figures) {
  return {figures.name,       figures.depth,  figures.capacity,
          figures.high_water, figures.pushed, figures.dropped};
}

std::vector<wire::RefusedView> view(const track::RefusedCounts& counts) {
  std::vector<wire::RefusedView> out;
  for (std::size_t i = 0; i < track::kRefusals; ++i) {
    if (counts.count[i] == 0) continue;
    out.push_back({std::string(base::word(static_cast<track::Refusal>(i))), counts.count[i]});
  }
  return out;
}

wire::CameraHealthView view(const sensor::SensorId& id, const CameraFigures& figures,
                            std::uint64_t dropped) {
  wire::CameraHealthView out;
  out.id = id.text;
  out.state = base::word(figures.health.state);
  out.since = base::to_iso8601(figures.health.since);
  out.detail = figures.health.detail;
  out.watching = sensor::watches(figures.health.state);
  for (const sensor::Condition& condition : figures.health.conditions) {
    out.conditions.push_back({std::string(base::word(condition.state)),
                              base::to_iso8601(condition.since), condition.detail});
  }
  out.troubles = figures.troubles;
  out.frames = figures.frames;
  out.dropped = dropped;
  out.corrupt = figures.corrupt;
  out.fps = rounded(figures.fps, 1);
  if (figures.bias) {
    out.bias = {rounded(degrees(figures.bias->azimuth_rad), 3),
                rounded(degrees(figures.bias->azimuth_sigma_rad), 3), figures.bias->pairs};
  }
  return out;
}

wire::WarningView view(const incident::Warning& warning) {
  wire::WarningView out{std::string(base::word(warning.kind)),
                        warning.who,
                        view(warning.where),
                        std::nullopt,
                        rounded(warning.off_m, 0),
                        warning.text};
  if (warning.age_s) out.age_s = rounded(*warning.age_s, 0);
  return out;
}

wire::WordView view(const track::OperatorWord& word) {
  wire::WordView out;
  out.word = base::word(word.kind);
  out.track = word.track.value;
  if (word.kind == track::WordKind::merge) out.other = word.other.value;
  if (word.kind == track::WordKind::label) out.label = sensor::name(word.label);
  out.by = word.by;
  out.time = base::to_iso8601(word.time);
  return out;
}

wire::HealthStretchView view(const store::RecordedHealth& recorded) {
  wire::HealthStretchView out;
  out.run = recorded.run.value;
  out.state = base::word(recorded.stretch.state);
  out.watching = sensor::watches(recorded.stretch.state);
  out.since = base::to_iso8601(recorded.stretch.since);
  if (recorded.stretch.until) out.until = base::to_iso8601(*recorded.stretch.until);
  out.detail = recorded.stretch.detail;
  return out;
}

}  // namespace marsad::service
