// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "service/http_server.h"
#include "service/site.h"

namespace marsad::service {

struct ServiceOptions {
  std::string web_root;               // folder of the page; empty: none
  std::optional<std::uint16_t> port;  // instead of the site's
};

// The running system: pipeline, record, page. Starts with everything the record holds.
class Service {
 public:
  // The site must outlive the service.
  static base::Result<Service> start(const Site& site, const ServiceOptions& options);
  ~Service();  // drains and ends
  Service(Service&&) noexcept;
  Service& operator=(Service&&) noexcept;

  std::string address() const;  // "http://127.0.0.1:8080/"
  std::uint16_t port() const;
  // With which the first administrator's password is set; none where it is, or there are no
  // accounts.
  std::optional<std::string> setup_code() const;
  // Drains every stage into the record, then ends the page's connections.
  void stop();

 private:
  struct State;
  explicit Service(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::service
