// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "store/store.h"

namespace marsad::store {

// An account as it is kept; what the words mean is the service's affair.
struct AccountRow {
  std::string name;
  std::string role;
  std::string partner;
  std::string stretches;
  std::string sensors;
  std::string password;  // seal::kept_password; empty: none set yet, nobody can log in
  std::uint32_t failures = 0;
  base::Time locked_until;
  bool operator==(const AccountRow&) const = default;
};

// Accounts, and the sessions of who is logged in. Any thread.
class Accounts {
 public:
  explicit Accounts(Store& store) : store_(store) {}

  base::Result<std::vector<AccountRow>> all() const;  // by name
  base::Result<std::optional<AccountRow>> find(const std::string& name) const;
  // Adds or replaces; `by` changed it, for the audit log, which never has the password.
  base::Result<void> put(const AccountRow& account, const std::string& by, base::Time time);
  // Counts logins that failed, and until when none is tried.
  base::Result<void> put_failures(const std::string& name, std::uint32_t failures,
                                  base::Time locked_until);
  // Takes its password and ends its sessions and tokens.
  base::Result<void> lock(const std::string& name, const std::string& by, base::Time time);
  // With all its sessions.
  base::Result<void> remove(const std::string& name, const std::string& by, base::Time time);

  // A session or a program's token, by the hash of its secret; a token with who made it, which the
  // audit log tells.
  base::Result<void> begin_session(const std::string& hash, const std::string& account,
                                   base::Time since, base::Time until);
  base::Result<void> begin_token(const std::string& hash, const std::string& account,
                                 const std::string& by, base::Time since, base::Time until);
  base::Result<void> end_session(const std::string& hash);
  base::Result<void> end_sessions_of(const std::string& account);
  // Whose session it is at this time; none where there is none.
  base::Result<std::optional<AccountRow>> account_of_session(const std::string& hash,
                                                             base::Time now) const;

 private:
  Store& store_;
};

}  // namespace marsad::store
