// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "border/border.h"
#include "exchange/cot.h"
#include "liaison/channel.h"
#include "store/received.h"
#include "wire/notice_messages.h"

namespace marsad::service {

// Where forces are, by the site's table, by what people tell and by what they say themselves over
// the listeners: the newest of each name. What is heard here warns people; it never holds an
// incident back, so that a false position hides nobody and a replay needs none of it. Any thread.
class ForceDesk {
 public:
  // Begins with the positions in the record. Errors: it can't be read.
  static base::Result<std::unique_ptr<ForceDesk>> open(const border::Border& border,
                                                       store::Store& store);

  // Takes an event as the position of a force. `source`: who told it. Why not, in a word:
  // other_kind, not_friend, stale, from_the_future, far_off, too_unsure, no_name, too_many_forces,
  // older_than_known.
  std::optional<std::string> hear(const exchange::CotEvent& event, border::Allegiance allegiance,
                                  const std::string& source, base::Time now);
  // Takes what somebody tells, `report.source`, and writes it. Why not where it makes no sense, is
  // older than what is known, or can't be written.
  struct Refusal {
    bool is_not_recorded = false;
    std::string message;
  };
  std::optional<Refusal> tell(const border::ForceReport& report, base::Time now);
  // Writes what is new, of each force a position every 10 s at most.
  base::Result<void> store_new();

  std::vector<border::ForceReport> newest(base::Time now) const;
  // The border with these forces.
  border::Border picture(base::Time now) const;
  std::vector<wire::ForceView> views(base::Time now) const;

 private:
  ForceDesk(const border::Border& border, store::Store& store);

  const border::Border& border_;
  mutable store::ReceivedLog log_;
  mutable std::mutex mutex_;
  std::map<std::string, border::ForceReport> heard_;  // by name
  std::map<std::string, base::Time> kept_;            // heard when, of the last one to be written
  std::map<std::string, border::ForceReport> unwritten_;
};

}  // namespace marsad::service
