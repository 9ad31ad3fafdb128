// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "service/access.h"
#include "service/http_server.h"
#include "service/notice_desk.h"

namespace marsad::service {

// The paths of partners, releases and notices. Any thread.
class NoticeApi {
 public:
  NoticeApi(const Site& site, NoticeDesk& desk) : site_(site), desk_(desk) {}

  // None where the path is not one of these. What a request needs the right for was checked before
  // (right_of), and that it may see the incident in the path; where accounts are, `scope` says who
  // acts, else the body does, and notices of incidents outside it are as if they were not there.
  // `partner` is whose account asks, where it is a partner's.
  std::optional<HttpResponse> handle(const HttpRequest& request, const Scope& scope,
                                     const std::optional<liaison::PartnerId>& partner) const;

 private:
  HttpResponse list(const std::optional<liaison::PartnerId>& partner, const Scope& scope) const;
  HttpResponse open_releases(const Scope& scope) const;
  HttpResponse written(store::NoticeId id, std::string_view form, const Scope& scope) const;
  HttpResponse draft_sheet(incident::IncidentId incident, const std::string& partner) const;
  HttpResponse release(incident::IncidentId incident, const std::string& body,
                       const Scope& scope) const;
  HttpResponse receipt(store::NoticeId id, const std::string& body, const Scope& scope) const;
  HttpResponse partner_receipt(store::NoticeId id, const liaison::PartnerId& partner,
                               const Scope& scope) const;

  const Site& site_;
  NoticeDesk& desk_;
};

}  // namespace marsad::service
