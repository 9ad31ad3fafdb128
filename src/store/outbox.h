// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "liaison/delivery.h"
#include "liaison/notice.h"
#include "store/store.h"

namespace marsad::store {

using NoticeId = base::Id<struct NoticeTag>;

// A notice that was decided on, and the way it goes.
struct QueuedNotice {
  NoticeId id;               // given by the outbox
  std::uint64_t number = 0;  // among all to the partner, from 1; given by the outbox
  incident::IncidentId incident;
  base::Time queued;
  base::Time not_before;
  liaison::Route route;
  liaison::Notice notice;
  bool operator==(const QueuedNotice&) const = default;
};

// A notice and all that became of it, in order.
struct NoticeHistory {
  QueuedNotice queued;
  std::vector<liaison::DeliveryStep> steps;
};

// Releases of an incident to a partner that no notice came of yet, in their order.
struct OpenReleases {
  incident::IncidentId incident;
  liaison::PartnerId partner;
  std::vector<liaison::Release> releases;
};

// The notices to partners and the releases they came of. What a call wrote that returned without
// error survives `kill -9` and power loss, all of it or nothing. Any thread.
class Outbox {
 public:
  explicit Outbox(Store& store) : store_(store) {}

  // Those that no notice came of yet.
  base::Result<std::vector<liaison::Release>> open_releases(
      incident::IncidentId incident, const liaison::PartnerId& partner) const;

  // All of them, by incident, the newest incident first; at most so many releases.
  base::Result<std::vector<OpenReleases>> open_releases(std::uint32_t most) const;

  // One person's release and, where it is the last one needed, the notice: in one transaction.
  // The notice with its id and number; none where none was given. A person's second release of the
  // same is no other.
  base::Result<std::optional<QueuedNotice>> release(incident::IncidentId incident,
                                                    const liaison::PartnerId& partner,
                                                    const liaison::Release& release,
                                                    const std::optional<QueuedNotice>& notice);

  // A notice that needs nobody's release, where none of this incident to this partner is there yet;
  // `by` decided it. None where there is one.
  base::Result<std::optional<QueuedNotice>> queue_once(const QueuedNotice& notice,
                                                       const std::string& by);
  // Who released a notice that was queued.
  base::Result<std::vector<liaison::Release>> releases_of(NoticeId notice) const;

  // Adds what became of a notice; `finished`: there is nothing more to do.
  base::Result<void> add_step(NoticeId notice, const liaison::DeliveryStep& step, bool finished);

  base::Result<std::vector<NoticeHistory>> unfinished() const;                // oldest first
  base::Result<std::vector<NoticeHistory>> newest(std::uint32_t most) const;  // newest first
  base::Result<std::optional<NoticeHistory>> notice(NoticeId id) const;

 private:
  base::Result<std::vector<NoticeHistory>> read(const std::string& clause,
                                                std::optional<std::uint64_t> parameter) const;

  Store& store_;
};

}  // namespace marsad::store
