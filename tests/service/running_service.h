// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "incident/incident.h"
#include "service/camera_feed.h"
#include "service/service.h"
#include "store/store.h"
#include "tests/service/http_client.h"
#include "tests/service/site_folder.h"
#include "video/encode.h"

namespace marsad::service {

// Waits until it holds; false where that takes longer.
inline bool within(std::chrono::seconds time, const std::function<bool()>& holds) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return holds();
}

// The whole service on a free port, asked as the page asks it.
class RunningService {
 public:
  explicit RunningService(const SiteFolder& folder) : site_(std::make_unique<Site>(folder.load())) {
    auto started = Service::start(*site_, {.web_root = "", .port = std::nullopt});
    if (!started) throw std::runtime_error(to_string(started.error()));
    service_.emplace(*std::move(started));
  }

  std::uint16_t port() const { return service_->port(); }
  const Site& site() const { return *site_; }
  Reply get(const std::string& target) const { return service::get(port(), target); }
  Reply post(const std::string& target, const std::string& body) const {
    return HttpClient(port()).request("POST", target, body, {"Content-Type: application/json"});
  }
  nlohmann::json json(const std::string& target) const {
    return nlohmann::json::parse(get(target).body);
  }
  nlohmann::json health() const { return json("/api/health"); }
  nlohmann::json camera(const std::string& id) const {
    const nlohmann::json told = health();
    for (const auto& camera : told["cameras"]) {
      if (camera["id"] == id) return camera;
    }
    return {{"state", "unheard of"}, {"frames", 0}, {"corrupt", 0}};
  }
  std::string state(const std::string& id) const { return camera(id)["state"]; }
  std::uint64_t frames(const std::string& id) const { return camera(id)["frames"]; }
  void stop() { service_->stop(); }

 private:
  std::unique_ptr<Site> site_;  // outlives the service
  std::optional<Service> service_;
};

// A folder of numbered 14-bit pictures of a still scene.
inline void write_pictures(const SiteFolder& folder, const std::string& name, int count) {
  for (int number = 0; number < count; ++number) {
    video::Image<std::uint16_t> counts(320, 256);
    unsigned noise = static_cast<unsigned>(number);
    for (std::uint16_t& pixel : counts.pixels()) {
      noise = noise * 1664525U + 1013904223U;
      pixel = static_cast<std::uint16_t>(7000 + (noise >> 28));
    }
    const video::Bytes bytes = video::encode_png(counts);
    folder.write(name + "/" + std::to_string(number) + ".png",
                 std::string(bytes.begin(), bytes.end()));
  }
}

// Puts open incidents 1 to `count` into the site's record, as an earlier run left them.
inline void record_incidents(const Site& site, std::uint64_t count) {
  std::filesystem::create_directories(site.record.parent_path());
  auto store = store::Store::open(site.record.string());
  const auto run = store.value().begin_run(base::Time{}, site.text);
  for (std::uint64_t id = 1; id <= count; ++id) {
    incident::Incident incident;
    incident.id.value = id;
    incident.place = site.border->line.at(1000);
    incident.chainage_m = 1000;
    incident.because = "1 person passed";
    incident.told = now();  // or nobody acknowledged it for years
    const auto put = store.value().put_incident(run.value(), incident, std::nullopt);
    if (!put) throw std::runtime_error(to_string(put.error()));
  }
}

}  // namespace marsad::service
