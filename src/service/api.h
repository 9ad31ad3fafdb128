// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>

#include "service/access.h"
#include "service/coverage_api.h"
#include "service/force_desk.h"
#include "service/health_desk.h"
#include "service/http_server.h"
#include "service/incident_book.h"
#include "service/ledger_desk.h"
#include "service/operator_desk.h"
#include "service/picture_desk.h"
#include "service/site.h"
#include "store/store.h"
#include "wire/messages.h"

namespace marsad::service {

// Answers what the page and other programs ask for under /api/ and /tiles/. Any thread.
class Api {
 public:
  using Say =
      std::function<std::variant<track::OperatorWord, WordRefusal>(const track::OperatorWord&)>;
  using Predict = std::function<std::optional<wire::PredictionView>(track::TrackId)>;

  // `health` gives the newest health message as JSON; `say` takes an operator's word; `predict`
  // looks ahead of a track that is shown. `forces` null: those of the site's table.
  Api(const Site& site, IncidentBook& incidents, const PictureDesk& pictures,
      const store::Store& store, LedgerDesk& ledger, std::function<std::string()> health, Say say,
      Predict predict, const ForceDesk* forces = nullptr);

  // Tells of the cameras and incidents in the scope alone; where it has a name, that acts, whatever
  // the body says. That the request may be made at all was checked before (Gate).
  HttpResponse handle(const HttpRequest& request, const Scope& scope = {}) const;

 private:
  HttpResponse site(const Scope& scope) const;
  HttpResponse incidents(const HttpRequest& request, const Scope& scope) const;
  HttpResponse accounting(const HttpRequest& request) const;
  HttpResponse camera_picture(const std::string& id) const;
  HttpResponse camera_health(const std::string& id) const;
  HttpResponse incident(const HttpRequest& request, const std::string& rest,
                        const Scope& scope) const;
  HttpResponse warnings(incident::IncidentId id, const std::string& to) const;
  HttpResponse change(incident::IncidentId id, const std::string& action, const std::string& body,
                      const Scope& scope) const;
  HttpResponse track(const HttpRequest& request, const std::string& rest, const Scope& scope) const;
  HttpResponse tile(const std::string& rest) const;

  const Site& site_;
  const std::string site_json_;
  IncidentBook& incidents_;
  const PictureDesk& pictures_;
  const store::Store& store_;
  const CoverageApi coverage_;
  const std::function<std::string()> health_;
  const Say say_;
  const Predict predict_;
  const ForceDesk* const forces_;
};

}  // namespace marsad::service
