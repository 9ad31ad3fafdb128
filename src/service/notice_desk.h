// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "liaison/reveal.h"
#include "service/access.h"
#include "service/force_desk.h"
#include "service/incident_book.h"
#include "service/site.h"
#include "store/outbox.h"
#include "wire/messages.h"

namespace marsad::service {

// Why a release or receipt was not taken.
struct NoticeRefusal {
  enum class Reason { unknown, forbidden, not_recorded };
  Reason reason;
  std::string message;
};

// What partners are told: what they would see, who released it, and what became of it. A release
// counts only once it is stored, with the notice where it is the last one needed. Any thread.
class NoticeDesk {
 public:
  using Clock = std::function<base::Time()>;
  template <class T>
  using Answer = std::variant<T, NoticeRefusal>;

  // `added` is called after a notice was queued. `forces` null: those of the site's table.
  NoticeDesk(const Site& site, const IncidentBook& incidents, store::Store& store, Clock clock,
             std::function<void()> added, const ForceDesk* forces = nullptr);

  std::vector<wire::PartnerView> partners() const;
  // Exactly what the partner will see of the incident as it is now, and what to think of before.
  Answer<wire::DisclosureView> disclosure(incident::IncidentId incident,
                                          const liaison::PartnerId& partner) const;
  // The notice itself, as it would be queued now.
  Answer<liaison::Notice> draft(incident::IncidentId incident,
                                const liaison::PartnerId& partner) const;
  // What waits for another person's release and may still be told, of incidents in the scope.
  base::Result<std::vector<wire::OpenReleaseView>> open_releases(const Scope& scope) const;
  // One person's release; with the last one needed the notice is queued.
  Answer<wire::DisclosureView> release(incident::IncidentId incident,
                                       const liaison::PartnerId& partner, const std::string& by);

  // Queues a notice to the headquarters of an incident that nobody acknowledged in time, where the
  // site says whom they are to call; once for each incident. It tells what the policy lets the
  // partner "headquarters" hear. True where one was queued.
  base::Result<bool> tell_overdue(const incident::Incident& incident);

  // The newest 500, newest first, of incidents in the scope; or those among them to a partner, as
  // that partner sees them.
  base::Result<std::vector<wire::NoticeStateView>> notices(
      const std::optional<liaison::PartnerId>& only, const Scope& scope = {}) const;
  // None also where its incident is not in the scope.
  base::Result<std::optional<store::NoticeHistory>> notice(store::NoticeId id,
                                                           const Scope& scope = {}) const;
  // A hop's word that it has the notice, entered by a person or program.
  Answer<wire::NoticeStateView> receipt(store::NoticeId id, const std::string& hop,
                                        const std::string& by, const Scope& scope = {});
  // The partner's own word that it has the notice; unknown where it is another's, or not due yet.
  Answer<wire::NoticeStateView> partner_receipt(store::NoticeId id,
                                                const liaison::PartnerId& partner,
                                                const std::string& by);

  // Why a notice that was queued may not go out any more, as the incident is now.
  std::optional<std::string> why_withdrawn(const store::QueuedNotice& queued) const;

 private:
  struct Matter;
  bool sees(const Scope& scope, incident::IncidentId incident) const;
  Answer<wire::NoticeStateView> receive(store::NoticeHistory history, const std::string& hop,
                                        const std::string& by);
  Answer<Matter> matter(incident::IncidentId incident, const liaison::PartnerId& partner) const;
  bool is_by_hand(const std::vector<std::string>& hops) const;
  // For a partner without the incident's number, the way it goes, and what became of it.
  wire::NoticeStateView view(const store::NoticeHistory& history, bool for_partner) const;
  wire::DisclosureView view(const Matter& matter,
                            const std::vector<liaison::Release>& releases) const;
  std::vector<border::ForceReport> forces() const;

  const Site& site_;
  const IncidentBook& incidents_;
  mutable store::Outbox outbox_;
  const Clock clock_;
  const std::function<void()> added_;
  const ForceDesk* const forces_;
  std::mutex releasing_;  // so that the last release needed is one
};

}  // namespace marsad::service
