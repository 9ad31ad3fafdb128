// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "service/access.h"
#include "store/accounts.h"
#include "wire/messages.h"

namespace marsad::service {

// Why somebody was not let in, or an account not changed.
struct AccountRefusal {
  enum class Reason { wrong, locked, invalid, unknown, not_recorded };
  Reason reason;
  std::string message;
};

// The accounts: who may log in, who is. Passwords are kept by Argon2id, and of sessions and tokens
// only hashes; after failures an account is locked for longer each time. Any thread.
class AccountDesk {
 public:
  using Clock = std::function<base::Time()>;

  // Where the record has no account that can log in, an administrator "admin" waits for its
  // password, which only the code of setup_code() lets anybody set. `settings`: the partners there
  // are. Errors: the record can't be read or written.
  static base::Result<std::unique_ptr<AccountDesk>> open(store::Store& store,
                                                         std::vector<liaison::PartnerId> partners,
                                                         Clock clock);

  // To be shown to whoever started the program; none once there is a password.
  std::optional<std::string> setup_code() const;
  std::optional<AccountRefusal> set_up(const std::string& code, const std::string& password);

  // A new session's secret, to be sent back with each request for 12 hours.
  std::variant<std::string, AccountRefusal> log_in(const std::string& name,
                                                   const std::string& password);
  void log_out(const std::string& secret);
  // Whose session or token it is; none where there is none (any more).
  std::optional<Account> account_of(const std::string& secret) const;

  // Ends all sessions of the account.
  std::optional<AccountRefusal> set_password(const std::string& name,
                                             const std::string& old_password,
                                             const std::string& password);
  base::Result<std::vector<wire::AccountView>> accounts() const;
  // Adds or replaces, which ends its sessions and tokens.
  std::optional<AccountRefusal> put(const wire::AccountRequest& request, const std::string& by);
  // Nobody gets in with it any more, by password, session or token, until it is given a password
  // or token anew.
  std::optional<AccountRefusal> lock(const std::string& name, const std::string& by);
  std::optional<AccountRefusal> remove(const std::string& name, const std::string& by);
  // A token for a program, which acts as the account, for a year.
  std::variant<std::string, AccountRefusal> make_token(const std::string& name,
                                                       const std::string& by);

 private:
  AccountDesk(store::Store& store, std::vector<liaison::PartnerId> partners, Clock clock);
  // Why the account may not be taken away or changed so; `as` it would be then, none: it goes.
  std::optional<AccountRefusal> why_keep(const std::string& name,
                                         const std::optional<store::AccountRow>& as) const;
  // Takes an account away or what lets somebody in with it, by `write`.
  std::optional<AccountRefusal> end(const std::string& name,
                                    const std::function<base::Result<void>(base::Time)>& write);
  std::optional<AccountRefusal> check_password(const std::string& name,
                                               const std::string& password);

  mutable store::Accounts accounts_;
  const std::vector<liaison::PartnerId> partners_;
  const Clock clock_;
  mutable std::mutex mutex_;  // of what follows, and held while a password is checked
  std::optional<std::string> setup_code_;
  std::string
      nobodys_password_;  // checked where there is no such account, so that it takes as long
};

}  // namespace marsad::service
