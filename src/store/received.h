// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "border/force.h"
#include "liaison/partner.h"
#include "store/store.h"

namespace marsad::store {

using AlertId = base::Id<struct AlertTag>;

// An alert that a partner sent, as it came.
struct ReceivedAlert {
  AlertId id;  // given by the log
  base::Time received;
  liaison::PartnerId partner;
  std::string by;          // the account that brought it
  std::string identifier;  // these three name it among all alerts
  std::string sender;
  base::Time sent;
  std::string body;
  bool operator==(const ReceivedAlert&) const = default;
};

// What others told us: alerts of partners, positions of forces. What a call wrote that returned
// without error survives `kill -9` and power loss. Any thread.
class ReceivedLog {
 public:
  explicit ReceivedLog(Store& store) : store_(store) {}

  struct Put {
    AlertId id;
    bool again = false;  // the partner had sent it before; nothing was written
  };
  base::Result<Put> put(const ReceivedAlert& alert);
  base::Result<std::vector<ReceivedAlert>> newest_alerts(std::uint32_t most) const;  // newest first

  base::Result<void> put(const std::vector<border::ForceReport>& reports);
  // What a person told, who is its source: in the audit log as well.
  base::Result<void> put_told(const border::ForceReport& report, base::Time now);
  // The newest report of each force, by name, over all runs.
  base::Result<std::vector<border::ForceReport>> newest_forces() const;

 private:
  Store& store_;
};

}  // namespace marsad::store
