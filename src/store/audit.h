// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "store/store.h"

namespace marsad::store {

// One change: who did it to what, and what it is now.
struct AuditEntry {
  base::Time time;
  std::string by;
  std::string subject;  // "incident 12", "policy"
  std::string body;     // all of it as it is now
};

struct AuditReport {
  std::uint64_t entries = 0;
  std::string newest_hash;  // to be noted elsewhere: it stands for all before it
  struct Broken {
    std::uint64_t entry = 0;  // the first that does not hold; 0 where the record itself differs
    std::string why;
  };
  std::optional<Broken> broken;
};

// The log of every change to incidents, policy, register, releases, notices and accounts. Each
// entry holds the hash of the one before, and is signed. Any thread.
class AuditLog {
 public:
  explicit AuditLog(Store& store) : store_(store) {}

  // Appends a change that the store does not write itself.
  base::Result<void> append(const AuditEntry& entry);
  // The same where the newest entry of the subject has another body, as when settings were edited.
  base::Result<void> append_if_changed(const AuditEntry& entry);

  // Goes through the log from its first entry, then compares every incident with the newest entry
  // of it. `public_key` is that of the site's key.
  base::Result<AuditReport> verify(std::string_view public_key) const;

 private:
  Store& store_;
};

}  // namespace marsad::store
