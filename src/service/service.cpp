// SPDX-License-Identifier: Apache-2.0
#include "service/service.h"

#include <fmt/format.h>

#include <atomic>
#include <condition_variable>

#include "base/log.h"
#include "service/account_desk.h"
#include "service/alert_desk.h"
#include "service/api.h"
#include "service/certificate.h"
#include "service/channels.h"
#include "service/cot_listener.h"
#include "service/exchange_api.h"
#include "service/force_desk.h"
#include "service/gate.h"
#include "service/http_target.h"
#include "service/ledger_desk.h"
#include "service/live_parts.h"
#include "service/look_ahead.h"
#include "service/notice_sender.h"
#include "service/pipeline.h"
#include "service/site_key.h"
#include "service/tls_front.h"
#include "service/views.h"
#include "store/audit.h"
#include "terrain/tiles.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

constexpr auto kHealthEvery = std::chrono::seconds(1);

bool is_outside(const Site& site) { return !is_loopback(site.address); }

}  // namespace

struct Service::State {
  State(const Site& of, store::Store opened, seal::SigningKey signing)
      : site(of), store(std::move(opened)), key(signing), health_of_channels(of.liaison.channels) {}

  const Site& site;
  store::Store store;
  const seal::SigningKey key;
  store::RunId run;
  base::Time since = now();
  std::uint64_t ground_unread = 0;  // as last logged
  PictureDesk pictures;
  HealthDesk health;
  std::unique_ptr<IncidentBook> incidents;
  std::unique_ptr<TrackPublisher> tracks;
  std::unique_ptr<Pipeline> pipeline;
  std::unique_ptr<LedgerDesk> ledger;
  std::unique_ptr<ForceDesk> forces;
  ChannelHealth health_of_channels;
  std::unique_ptr<Channels> channels;
  std::vector<CotListener> listeners;
  std::unique_ptr<AlertDesk> alerts;
  std::unique_ptr<AccountDesk> accounts;  // none where anybody on this computer may do everything
  std::unique_ptr<NoticeDesk> notices;
  std::unique_ptr<NoticeSender> sender;
  std::unique_ptr<Api> api;
  std::unique_ptr<NoticeApi> notice_api;
  std::unique_ptr<ExchangeApi> exchange_api;
  std::unique_ptr<Gate> gate;
  std::optional<HttpServer> server;
  std::optional<TlsFront> front;  // outside loopback
  // The server while it can be spoken to: its own threads and the pipeline's ask for it.
  std::atomic<HttpServer*> live_server = nullptr;
  std::jthread health_teller;

  void publish(LiveMessage message) {
    if (HttpServer* to = live_server) to->publish(std::move(message));
  }
  void publish_incident(const incident::Incident& incident);
  base::Result<void> open_doors();
  void open_liaison();
  base::Result<void> listen_to_forces();
  void remind();
  base::Result<void> listen(const ServiceOptions& options);
  void record_health();
  void log_ground();
  wire::HealthMessage health_message() const;
  LiveMessage live_health() const;
  Cameras watching() const;
  std::optional<wire::PredictionView> prediction(track::TrackId id) const;
  std::vector<std::string> greeting(const Listener& listener) const;
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

void Service::State::publish_incident(const incident::Incident& incident) {
  wire::IncidentMessage message{
      "incident", view(incident, incidents->has_picture(incident.id), site.simulated())};
  std::string whole = wire::to_json(message);
  publish(LiveMessage(
      std::move(whole), {},
      [incident, message = std::move(message)](const Listener& to) -> std::optional<std::string> {
        if (!to.scope.sees(incident)) return std::nullopt;
        return wire::to_json(
            wire::IncidentMessage{message.type, part_of(message.incident, to.scope)});
      }));
}

wire::HealthMessage Service::State::health_message() const {
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
  return message;
}

LiveMessage Service::State::live_health() const {
  wire::HealthMessage message = health_message();
  std::string whole = wire::to_json(message);
  return LiveMessage(std::move(whole), "health",
                     [message = std::move(message)](const Listener& to) {
                       return std::optional(wire::to_json(part_of(message, to.scope)));
                     });
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

std::vector<std::string> Service::State::greeting(const Listener& listener) const {
  std::vector<std::string> messages = {*live_health().told_to(listener)};
  for (std::string newest : {ledger->newest(listener), tracks->newest(listener)}) {
    if (!newest.empty()) messages.push_back(std::move(newest));
  }
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
    remind();
    if (const auto stored = forces->store_new(); !stored) {
      base::log_error("positions of forces wait: " + to_string(stored.error()));
    }
    publish(live_health());
    wake.wait_for(lock, stop, kHealthEvery, [] { return false; });
  }
}

// What nobody acknowledges in time is brought to mind, and told to the headquarters.
void Service::State::remind() {
  for (const incident::Incident& incident : incidents->remind(now(), site.acknowledge_within_s)) {
    const auto told = notices->tell_overdue(incident);
    if (!told) {
      base::log_error(fmt::format("incident {}: the headquarters are not told: {}",
                                  incident.id.value, to_string(told.error())));
    }
    if (!told || !*told) continue;
    const incident::Note note{now(), "marsad",
                              fmt::format("not acknowledged in time: the headquarters are told, "
                                          "for the {}",
                                          site.liaison.overdue_role)};
    incidents->change(incident.id, [&](const incident::Incident& current) {
      return base::Result<incident::Incident>(incident::annotate(current, note));
    });
  }
}

void Service::State::open_liaison() {
  notices = std::make_unique<NoticeDesk>(
      site, *incidents, store, &now, [this] { sender->wake(); }, forces.get());
  channels = std::make_unique<Channels>(site.liaison, key, health_of_channels);
  sender = std::make_unique<NoticeSender>(
      site.liaison, store, *notices, &now,
      [this](const liaison::Channel& channel, const exchange::Dispatch& dispatch) {
        return channels->post(channel, dispatch);
      },
      [this](const liaison::Channel& channel) {
        return health_of_channels.may_try(channel.hop, now());
      },
      [this] { channels->tend(now()); });
  alerts = std::make_unique<AlertDesk>(site, store, *notices, &now);
  notice_api = std::make_unique<NoticeApi>(site, *notices);
  exchange_api = std::make_unique<ExchangeApi>(*forces, health_of_channels, listeners, *alerts);
}

base::Result<void> Service::State::listen_to_forces() {
  for (const liaison::Listener& listener : site.liaison.listeners) {
    auto started = CotListener::start(
        listener, [this, allegiance = listener.allegiance](const exchange::CotEvent& event,
                                                           const std::string& source) {
          return forces->hear(event, allegiance, source, now());
        });
    if (!started) return started.error();
    listeners.push_back(*std::move(started));
  }
  return {};
}

// Who may come in, and what partners are told.
base::Result<void> Service::State::open_doors() {
  if (site.accounts_required) {
    std::vector<liaison::PartnerId> partners;
    for (const liaison::Partner& partner : site.liaison.partners) partners.push_back(partner.id);
    auto opened = AccountDesk::open(store, std::move(partners), &now);
    if (!opened) return opened.error();
    accounts = *std::move(opened);
  }
  open_liaison();
  gate = std::make_unique<Gate>(*api, *notice_api, *incidents, accounts.get(), is_outside(site),
                                exchange_api.get());
  return {};
}

// Outside loopback TLS stands before the server, which then listens on loopback alone.
base::Result<void> Service::State::listen(const ServiceOptions& options) {
  const std::uint16_t port = options.port.value_or(site.port);
  ServerSettings settings;
  settings.address = is_outside(site) ? "127.0.0.1" : site.address;
  settings.port = is_outside(site) ? 0 : port;
  settings.web_root = options.web_root;
  if (accounts) {
    settings.may_see_page = [this](const HttpRequest& of) { return gate->may_see_page(of); };
    settings.listener = [this](const HttpRequest& of) { return gate->listener(of); };
  }
  auto started = HttpServer::start(
      settings, [this](const HttpRequest& request) { return gate->handle(request); },
      [this](const Listener& listener) { return greeting(listener); });
  if (!started) return started.error();
  server.emplace(*std::move(started));
  if (!is_outside(site)) return {};
  const auto certificate = open_certificate(site.record, site.address);
  if (!certificate) return certificate.error();
  auto fronted = TlsFront::start(site.address, port, *certificate, server->port());
  if (!fronted) return fronted.error();
  front.emplace(*std::move(fronted));
  base::log_info("TLS certificate, SHA-256 " + certificate->fingerprint);
  return {};
}

base::Result<Service> Service::start(const Site& site, const ServiceOptions& options) {
  std::error_code code;
  std::filesystem::create_directories(site.record.parent_path(), code);
  auto store = store::Store::open(site.record.string());
  if (!store) return store.error();
  const auto key = open_site_key(site.record);
  if (!key) return key.error();
  store->sign_with(*key);
  const auto logged = store::AuditLog(*store).append_if_changed(
      {now(), "site file", "site", without_folder(site.text)});
  if (!logged) return logged.error();
  auto state = std::make_unique<State>(site, *std::move(store), *key);
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
      site.border->line, [self](LiveMessage message) { self->publish(std::move(message)); });
  state->pipeline =
      std::make_unique<Pipeline>(site, state->incidents->next_id(),
                                 Pipeline::Desks{state->pictures, state->health, *state->tracks,
                                                 *state->incidents, state->store, state->run});
  state->ledger = std::make_unique<LedgerDesk>(
      site, state->health, state->store, state->run,
      [self](LiveMessage message) { self->publish(std::move(message)); });
  auto forces = ForceDesk::open(*site.border, state->store);
  if (!forces) return forces.error();
  state->forces = *std::move(forces);
  state->api = std::make_unique<Api>(
      site, *state->incidents, state->pictures, state->store, *state->ledger,
      [self] { return wire::to_json(self->health_message()); },
      [self](const track::OperatorWord& word) { return self->pipeline->say(word); },
      [self](track::TrackId id) { return self->prediction(id); }, state->forces.get());

  if (const auto opened = self->open_doors(); !opened) return opened.error();
  if (const auto hearing = self->listen_to_forces(); !hearing) return hearing.error();
  if (const auto listening = self->listen(options); !listening) return listening.error();
  state->live_server = &*state->server;
  state->pipeline->start();
  state->ledger->start();
  state->sender->start();
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
  return fmt::format("{}://{}:{}/", state_->front ? "https" : "http", state_->site.address, port());
}

std::uint16_t Service::port() const {
  return state_->front ? state_->front->port() : state_->server->port();
}

std::optional<std::string> Service::setup_code() const {
  return state_->accounts ? state_->accounts->setup_code() : std::nullopt;
}

void Service::stop() {
  // First, or the cameras' end would be told as darkness.
  state_->ledger->end();
  state_->pipeline->stop();
  state_->health_teller = {};
  state_->health.end(now());
  state_->record_health();
  state_->live_server = nullptr;
  state_->front.reset();
  state_->server.reset();
  state_->sender->stop();
  state_->listeners.clear();
  if (const auto stored = state_->forces->store_new(); !stored) {
    base::log_error("the last positions of forces are lost: " + to_string(stored.error()));
  }
}

}  // namespace marsad::service
