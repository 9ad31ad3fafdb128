// SPDX-License-Identifier: Apache-2.0
#include "service/service.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>

#include "base/log.h"
#include "service/api.h"
#include "service/ledger_desk.h"
#include "service/look_ahead.h"
#include "service/pipeline.h"
#include "service/views.h"
#include "terrain/tiles.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

constexpr auto kHealthEvery = std::chrono::seconds(1);

}  // namespace

struct Service::State {
  State(const Site& of, store::Store opened) : site(of), store(std::move(opened)) {}

  const Site& site;
  store::Store store;
  store::RunId run;
  base::Time since = now();
  std::uint64_t ground_unread = 0;  // as last logged
  PictureDesk pictures;
  HealthDesk health;
  std::unique_ptr<IncidentBook> incidents;
  std::unique_ptr<TrackPublisher> tracks;
  std::unique_ptr<Pipeline> pipeline;
  std::unique_ptr<LedgerDesk> ledger;
  std::unique_ptr<Api> api;
  std::optional<HttpServer> server;
  // The server while it can be spoken to: its own threads and the pipeline's ask for it.
  std::atomic<HttpServer*> live_server = nullptr;
  std::jthread health_teller;

  void publish(std::string message, std::string replaces) {
    if (HttpServer* to = live_server) to->publish(std::move(message), std::move(replaces));
  }
  void publish_incident(const incident::Incident& incident) {
    publish(wire::to_json(wire::IncidentMessage{
                "incident", view(incident, incidents->has_picture(incident.id), site.simulated())}),
            {});
  }
  void record_health();
  void log_ground();
  std::string health_message() const;
  Cameras watching() const;
  std::optional<wire::PredictionView> prediction(track::TrackId id) const;
  std::vector<std::string> greeting() const;
  void tell_health(std::stop_token stop);
};

// What can't be written now is tried again with the next change or second.
void Service::State::record_health() {
  const std::vector<sensor::HealthStretch> changes = health.unrecorded();
  if (store.put_health(run, changes)) health.recorded(changes.size());
}

void Service::State::log_ground() {
  const terrain::ReadTrouble trouble = site.elevation->tiles().trouble();
  if (trouble.times > ground_unread) base::log_error("elevation: " + trouble.latest);
  ground_unread = trouble.times;
}

std::string Service::State::health_message() const {
  wire::HealthMessage message;
  message.time = base::to_iso8601(now());
  message.running_since = base::to_iso8601(since);
  for (const base::QueueFigures& figures : pipeline->queues()) {
    message.queues.push_back(view(figures));
  }
  for (const auto& [id, figures] : health.cameras()) {
    std::uint64_t dropped = 0;
    for (const wire::QueueView& queue : message.queues) {
      if (queue.name == "frames " + id.text) dropped = queue.dropped;
    }
    message.cameras.push_back(view(id, figures, dropped));
  }
  message.refused = view(health.refused());
  for (const incident::HeldBack& held : health.held_back()) {
    message.held_back.push_back({held.name, held.movers});
  }
  message.recording_detail = health.record_trouble();
  message.recording = message.recording_detail.empty();
  const terrain::ReadTrouble trouble = site.elevation->tiles().trouble();
  message.ground_unread = trouble.times;
  message.ground_detail = trouble.latest;
  if (const HttpServer* of = live_server) {
    const ServerFigures figures = of->figures();
    message.clients = figures.live_clients;
    message.clients_cut = figures.clients_cut;
  }
  return wire::to_json(message);
}

// The cameras that watch now, each as it looked in its newest picture.
Cameras Service::State::watching() const {
  Cameras found;
  for (const auto& [id, figures] : health.cameras()) {
    const SiteCamera* const camera = site.camera(id);
    if (camera == nullptr || !sensor::watches(figures.health.state)) continue;
    sensor::Camera& now = found[id] = camera->camera;
    if (const auto picture = pictures.newest(id))
      now.pose = picture->frame->pose.value_or(now.pose);
  }
  return found;
}

std::optional<wire::PredictionView> Service::State::prediction(track::TrackId id) const {
  const auto track = tracks->track(id);
  if (!track) return std::nullopt;
  return view(look_ahead(*track, site, watching()));
}

std::vector<std::string> Service::State::greeting() const {
  std::vector<std::string> messages = {health_message(), ledger->newest()};
  std::string newest = tracks->newest();
  if (!newest.empty()) messages.push_back(std::move(newest));
  return messages;
}

void Service::State::tell_health(std::stop_token stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any wake;
  while (!stop.stop_requested()) {
    health.check_silence(now());
    record_health();
    log_ground();
    incidents->remind(now(), site.acknowledge_within_s);
    publish(health_message(), "health");
    wake.wait_for(lock, stop, kHealthEvery, [] { return false; });
  }
}

base::Result<Service> Service::start(const Site& site, const ServiceOptions& options) {
  std::error_code code;
  std::filesystem::create_directories(site.record.parent_path(), code);
  auto store = store::Store::open(site.record.string());
  if (!store) return store.error();
  auto state = std::make_unique<State>(site, *std::move(store));
  auto run = state->store.begin_run(state->since, site.text);
  if (!run) return run.error();
  state->run = *run;

  State* self = state.get();  // stays where it is for the service's life
  auto book = IncidentBook::open(
      state->store, state->run,
      [self](const incident::Incident& incident) { self->publish_incident(incident); });
  if (!book) return book.error();
  state->incidents = *std::move(book);
  state->tracks = std::make_unique<TrackPublisher>(
      site.border->line, [self](std::string message, std::string replaces) {
        self->publish(std::move(message), std::move(replaces));
      });
  const auto known = state->incidents->newest_first();
  const incident::IncidentId next{known.empty() ? 1 : known.front().id.value + 1};
  state->pipeline =
      std::make_unique<Pipeline>(site, next,
                                 Pipeline::Desks{state->pictures, state->health, *state->tracks,
                                                 *state->incidents, state->store, state->run});
  state->ledger = std::make_unique<LedgerDesk>(
      site, state->health, state->store, state->run,
      [self](std::string message) { self->publish(std::move(message), "ledger"); });
  state->api = std::make_unique<Api>(
      site, *state->incidents, state->pictures, state->store, *state->ledger,
      [self] { return self->health_message(); },
      [self](const track::OperatorWord& word) { return self->pipeline->say(word); },
      [self](track::TrackId id) { return self->prediction(id); });

  ServerSettings settings;
  settings.address = site.address;
  settings.port = options.port.value_or(site.port);
  settings.web_root = options.web_root;
  auto server = HttpServer::start(
      settings, [self](const HttpRequest& request) { return self->api->handle(request); },
      [self] { return self->greeting(); });
  if (!server) return server.error();
  state->live_server = &state->server.emplace(*std::move(server));
  state->pipeline->start();
  state->ledger->start();
  state->health_teller = std::jthread([self](std::stop_token stop) { self->tell_health(stop); });
  return Service(std::move(state));
}

Service::Service(std::unique_ptr<State> state) : state_(std::move(state)) {}
Service::~Service() {
  if (state_) stop();
}
Service::Service(Service&&) noexcept = default;
Service& Service::operator=(Service&&) noexcept = default;

std::string Service::address() const {
  return fmt::format("http://{}:{}/", state_->site.address, port());
}

std::uint16_t Service::port() const { return state_->server->port(); }

void Service::stop() {
  // First, or the cameras' end would be told as darkness.
  state_->ledger->end();
  state_->pipeline->stop();
  state_->health_teller = {};
  state_->health.end(now());
  state_->record_health();
  state_->live_server = nullptr;
  state_->server.reset();
}

}  // namespace marsad::service
