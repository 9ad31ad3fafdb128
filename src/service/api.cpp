// SPDX-License-Identifier: Apache-2.0
#include "service/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/words.h"
#include "service/accounting.h"
#include "service/api_answer.h"
#include "service/camera_feed.h"
#include "service/http_target.h"
#include "service/live_parts.h"
#include "service/privacy.h"
#include "service/terrain_tiles.h"
#include "service/views.h"
#include "service/warnings.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

constexpr int kJpegQuality = 80;
constexpr std::uint32_t kHealthChanges = 200;  // of a camera, in one answer
constexpr std::uint64_t kMostListed = 10'000;  // incidents
constexpr auto kUsualAccounting = std::chrono::days(7);
constexpr auto kLongestAccounting = std::chrono::days(400);

HttpResponse jpeg(const video::Bytes& bytes) {
  return {200, "image/jpeg", std::string(bytes.begin(), bytes.end()), {}};
}

std::pair<std::string, std::string> split(const std::string& text, char at) {
  const std::size_t found = text.find(at);
  if (found == std::string::npos) return {text, ""};
  return {text.substr(0, found), text.substr(found + 1)};
}

// A note in order, or why not; by the account where there is one.
base::Result<incident::Note> to_note(const Scope& scope, const std::string& said_by,
                                     const std::string& text) {
  const std::string& by = scope.speaker(said_by);
  if (const auto fine = check_words(by, text); !fine) return fine.error();
  return incident::Note{now(), by, text};
}

int status_of(Refusal::Reason reason) {
  switch (reason) {
    case Refusal::Reason::unknown_incident:
      return 404;
    case Refusal::Reason::wrong_state:
      return 409;
    case Refusal::Reason::not_recorded:
      return 507;
  }
  return 500;
}

base::Result<IncidentBook::Change> read_resolution(const std::string& body, const Scope& scope) {
  const auto request = wire::from_json<wire::ResolveRequest>(body);
  if (!request) return request.error();
  const auto outcome = base::from_word<incident::Outcome>(request->outcome);
  if (!outcome) {
    return base::Error{"outcome", fmt::format("found '{}'; expected one of {}", request->outcome,
                                              base::all_words<incident::Outcome>())};
  }
  incident::Resolution resolution{.outcome = *outcome};
  if (request->persons) {
    resolution.persons = {request->persons->adults, request->persons->children,
                          request->persons->injured};
  }
  if (!request->referral.empty()) {
    const auto referral = base::from_word<incident::Referral>(request->referral);
    if (!referral) {
      return base::Error{"referral",
                         fmt::format("found '{}'; expected one of {}", request->referral,
                                     base::all_words<incident::Referral>())};
    }
    resolution.referral = *referral;
  }
  const auto note = to_note(scope, request->by, request->text);
  if (!note) return note.error();
  return IncidentBook::Change([=](const incident::Incident& current) {
    return incident::resolve(current, resolution, *note);
  });
}

base::Result<IncidentBook::Change> read_task(const std::string& body, const Scope& scope) {
  const auto request = wire::from_json<wire::TaskRequest>(body);
  if (!request) return request.error();
  if (request->to.empty() || request->to.size() > kLongestNote) {
    return base::Error{"to", "expected the patrol or post that is sent"};
  }
  const auto note = to_note(scope, request->by, request->text);
  if (!note) return note.error();
  return IncidentBook::Change([=](const incident::Incident& current) {
    return incident::task(current, request->to, *note);
  });
}

// What a person asked to change, read from the body; an error says what was wrong with it.
base::Result<IncidentBook::Change> read_change(const std::string& action, const std::string& body,
                                               const Scope& scope) {
  if (action == "resolve") return read_resolution(body, scope);
  if (action == "task") return read_task(body, scope);
  const auto request = wire::from_json<wire::NoteRequest>(body);
  if (!request) return request.error();
  const auto note = to_note(scope, request->by, request->text);
  if (!note) return note.error();
  if (action == "acknowledge" || action == "arrive") {
    const auto made = action == "arrive" ? incident::arrive : incident::acknowledge;
    return IncidentBook::Change(
        [=](const incident::Incident& current) { return made(current, *note); });
  }
  return IncidentBook::Change([=](const incident::Incident& current) {
    return base::Result<incident::Incident>(incident::annotate(current, *note));
  });
}

// What an operator says of a track, read from the body; an error says what was wrong with it.
base::Result<track::OperatorWord> read_word(track::TrackId track, track::WordKind kind,
                                            const std::string& body, const Scope& scope) {
  const auto request = wire::from_json<wire::WordRequest>(body);
  if (!request) return request.error();
  const auto note = to_note(scope, request->by, "");
  if (!note) return note.error();
  track::OperatorWord word{.kind = kind, .track = track, .other = {}, .by = note->by, .time = {}};
  if (kind == track::WordKind::merge) word.other.value = request->other;
  if (kind == track::WordKind::label) {
    const auto label = sensor::mover_class(request->label);
    if (!label) {
      return base::Error{"label", fmt::format("found '{}'; expected one of {}", request->label,
                                              fmt::join(sensor::kMoverClassNames, ", "))};
    }
    word.label = *label;
  }
  return word;
}

}  // namespace

Api::Api(const Site& site, IncidentBook& incidents, const PictureDesk& pictures,
         const store::Store& store, LedgerDesk& ledger, std::function<std::string()> health,
         Say say, Predict predict, const ForceDesk* forces)
    : site_(site),
      site_json_(wire::to_json(view(site))),
      incidents_(incidents),
      pictures_(pictures),
      store_(store),
      coverage_(site, ledger, store),
      health_(std::move(health)),
      say_(std::move(say)),
      predict_(std::move(predict)),
      forces_(forces) {}

HttpResponse Api::handle(const HttpRequest& request, const Scope& scope) const {
  if (const auto rest = after(request.path, "/api/incidents/")) {
    return incident(request, *rest, scope);
  }
  if (const auto rest = after(request.path, "/api/tracks/")) return track(request, *rest, scope);
  if (request.path.starts_with("/api/coverage/")) return coverage_.handle(request, scope);
  if (request.method != "GET") return refuse(405, "only GET here");
  if (request.path == "/api/site") return site(scope);
  if (request.path == "/api/health") return json(health_());
  if (request.path == "/api/incidents") return incidents(request, scope);
  if (request.path == "/api/accounting") return accounting(request);
  if (const auto rest = after(request.path, "/api/cameras/")) {
    const auto [id, what] = split(*rest, '/');
    if (what == "picture") return camera_picture(id);
    if (what == "health") return camera_health(id);
  }
  if (const auto rest = after(request.path, "/tiles/terrain/")) return tile(*rest);
  return refuse(404, "nothing at " + request.path);
}

HttpResponse Api::site(const Scope& scope) const {
  if (scope.sensors.empty()) return json(site_json_);
  wire::SiteView shown = view(site_);
  std::erase_if(shown.cameras, [&](const wire::CameraView& camera) {
    return !scope.sees(sensor::SensorId{camera.id});
  });
  return json(wire::to_json(shown));
}

// Those at hand; where a time is told, those of that time.
HttpResponse Api::incidents(const HttpRequest& request, const Scope& scope) const {
  std::vector<incident::Incident> found;
  if (request.query.contains("from") || request.query.contains("to")) {
    const auto to = time_of(request, "to", now());
    if (!to) return refuse(400, base::to_string(to.error()));
    const auto from = time_of(request, "from", *to - std::chrono::days(1));
    if (!from) return refuse(400, base::to_string(from.error()));
    auto stored = incidents_.between(*from, *to, kMostListed + 1);
    if (!stored) return refuse(500, base::to_string(stored.error()));
    if (stored->size() > kMostListed) {
      return refuse(
          400, fmt::format("from: more than {} incidents; expected a shorter time", kMostListed));
    }
    found = *std::move(stored);
  } else {
    found = incidents_.newest_first();
  }
  std::vector<wire::IncidentView> list;
  for (const incident::Incident& incident : found) {
    if (!scope.sees(incident)) continue;
    list.push_back(
        part_of(view(incident, incidents_.has_picture(incident.id), site_.simulated()), scope));
  }
  return json(wire::to_json(list));
}

HttpResponse Api::accounting(const HttpRequest& request) const {
  const auto to = time_of(request, "to", now());
  if (!to) return refuse(400, base::to_string(to.error()));
  const auto from = time_of(request, "from", *to - kUsualAccounting);
  if (!from) return refuse(400, base::to_string(from.error()));
  if (*from >= *to || *to - *from > kLongestAccounting) {
    return refuse(400, "from: expected a time before `to`, at most 400 days");
  }
  double stretch_m = kAccountingStretch_m;
  if (const auto told = request.query.find("stretch_km"); told != request.query.end()) {
    const auto km = whole<int>(told->second);
    if (!km || *km < 1) return refuse(400, "stretch_km: expected whole kilometres, at least 1");
    stretch_m = 1000.0 * *km;
  }
  const auto found = service::accounting(store_, site_, *from, *to, stretch_m);
  return found ? json(wire::to_json(*found)) : refuse(500, base::to_string(found.error()));
}

HttpResponse Api::camera_picture(const std::string& id) const {
  const auto picture = pictures_.newest({id});
  if (!picture) return refuse(404, fmt::format("no picture from camera '{}' yet", id));
  video::Image<std::uint8_t> visible = video::to_8_bit(picture->frame->counts);
  if (picture->frame->hidden) hatch(*picture->frame->hidden, 0, 0, visible);
  HttpResponse response = jpeg(video::encode_jpeg(visible, kJpegQuality));
  response.headers = {{"Marsad-Picture", wire::to_json(view(*picture))},
                      {"Cache-Control", "no-store"}};
  return response;
}

HttpResponse Api::camera_health(const std::string& id) const {
  if (site_.camera({id}) == nullptr) return refuse(404, fmt::format("no camera '{}'", id));
  const auto found = store_.newest_health({id}, kHealthChanges);
  if (!found) return refuse(500, base::to_string(found.error()));
  std::vector<wire::HealthStretchView> list;
  for (const store::RecordedHealth& recorded : *found) list.push_back(view(recorded));
  return json(wire::to_json(list));
}

HttpResponse Api::incident(const HttpRequest& request, const std::string& rest,
                           const Scope& scope) const {
  const auto [number, action] = split(rest, '/');
  const auto value = whole<std::uint64_t>(number);
  if (!value) return refuse(404, fmt::format("no incident '{}'", number));
  const incident::IncidentId id{*value};
  if (action == "picture") {
    if (request.method != "GET") return refuse(405, "only GET here");
    const auto picture = incidents_.picture(id);
    return picture ? jpeg(*picture) : refuse(404, "no picture of this incident");
  }
  if (const auto to = after(action, "warnings/")) {
    if (request.method != "GET") return refuse(405, "only GET here");
    return warnings(id, *to);
  }
  const std::array actions = {"acknowledge", "task", "arrive", "resolve", "notes"};
  if (std::find(actions.begin(), actions.end(), action) == actions.end()) {
    return refuse(404, "nothing at " + request.path);
  }
  if (request.method != "POST") return refuse(405, "only POST here");
  return change(id, action, request.body, scope);
}

HttpResponse Api::warnings(incident::IncidentId id, const std::string& to) const {
  const auto found = incidents_.find(id);
  if (!found) return refuse(404, fmt::format("no incident {}", id.value));
  const base::Time time = now();
  const border::Border border = forces_ == nullptr ? *site_.border : forces_->picture(time);
  return json(wire::to_json(warnings_against(to, *found, border, incidents_.newest_first(), time)));
}

HttpResponse Api::change(incident::IncidentId id, const std::string& action,
                         const std::string& body, const Scope& scope) const {
  const auto wanted = read_change(action, body, scope);
  if (!wanted) return refuse(400, base::to_string(wanted.error()));
  const auto changed = incidents_.change(id, *wanted);
  if (const auto* refusal = std::get_if<Refusal>(&changed)) {
    return refuse(status_of(refusal->reason), refusal->message);
  }
  return json(wire::to_json(part_of(
      view(std::get<incident::Incident>(changed), incidents_.has_picture(id), site_.simulated()),
      scope)));
}

HttpResponse Api::track(const HttpRequest& request, const std::string& rest,
                        const Scope& scope) const {
  const auto [number, action] = split(rest, '/');
  const auto id = whole<std::uint64_t>(number);
  if (!id) return refuse(404, fmt::format("no track '{}'", number));
  if (action == "prediction") {
    if (request.method != "GET") return refuse(405, "only GET here");
    const auto prediction = predict_({*id});
    if (!prediction) return refuse(404, fmt::format("no track {} is shown now", *id));
    return json(wire::to_json(*prediction));
  }
  const auto kind = base::from_word<track::WordKind>(action);
  if (!kind) return refuse(404, "nothing at " + request.path);
  if (request.method != "POST") return refuse(405, "only POST here");
  const auto word = read_word({*id}, *kind, request.body, scope);
  if (!word) return refuse(400, base::to_string(word.error()));
  const auto said = say_(*word);
  if (const auto* refusal = std::get_if<WordRefusal>(&said)) {
    return refuse(refusal->reason == WordRefusal::Reason::unknown_track ? 404 : 507,
                  refusal->message);
  }
  return json(wire::to_json(view(std::get<track::OperatorWord>(said))));
}

HttpResponse Api::tile(const std::string& rest) const {
  const auto [zoom_text, tail] = split(rest, '/');
  const auto [x_text, y_file] = split(tail, '/');
  const auto [y_text, extension] = split(y_file, '.');
  const auto zoom = whole<int>(zoom_text), x = whole<int>(x_text), y = whole<int>(y_text);
  if (!zoom || !x || !y || extension != "png") {
    return refuse(404, "expected /tiles/terrain/ZOOM/X/Y.png");
  }
  const auto bytes = terrain_tile(*site_.elevation, *zoom, *x, *y);
  if (!bytes) return refuse(404, "no ground known there");
  return {200,
          "image/png",
          std::string(bytes->begin(), bytes->end()),
          {{"Cache-Control", "max-age=3600"}}};
}

}  // namespace marsad::service
