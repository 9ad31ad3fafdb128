// SPDX-License-Identifier: Apache-2.0
#include "service/account_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.h"
#include "seal/password.h"
#include "seal/seal.h"

namespace marsad::service {
namespace {

using Reason = AccountRefusal::Reason;

constexpr std::size_t kShortestPassword = 12;
constexpr std::size_t kLongestText = 1000;
constexpr std::chrono::hours kSession{12};
constexpr std::chrono::hours kToken{365 * 24};
constexpr const char* kFirst = "admin";

AccountRefusal not_recorded(const base::Error& error) {
  return {Reason::not_recorded, "not recorded, so not done: " + to_string(error)};
}

AccountRefusal invalid(std::string message) { return {Reason::invalid, std::move(message)}; }

std::optional<AccountRefusal> why_no_password(const std::string& password) {
  if (password.size() >= kShortestPassword && password.size() <= kLongestText) return std::nullopt;
  return invalid(fmt::format("a password of {} bytes; expected {} to {}", password.size(),
                             kShortestPassword, kLongestText));
}

bool is_name(const std::string& name) {
  return !name.empty() && name.size() <= 60 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

bool can_administrate(const store::AccountRow& row) {
  return row.role == base::word(Role::administrator) && !row.password.empty();
}

}  // namespace

AccountDesk::AccountDesk(store::Store& store, std::vector<liaison::PartnerId> partners, Clock clock)
    : accounts_(store), partners_(std::move(partners)), clock_(std::move(clock)) {}

base::Result<std::unique_ptr<AccountDesk>> AccountDesk::open(
    store::Store& store, std::vector<liaison::PartnerId> partners, Clock clock) {
  std::unique_ptr<AccountDesk> desk(new AccountDesk(store, std::move(partners), std::move(clock)));
  auto nobodys = seal::kept_password(seal::random_text());
  if (!nobodys) return nobodys.error();
  desk->nobodys_password_ = *std::move(nobodys);
  const auto known = desk->accounts_.all();
  if (!known) return known.error();
  if (std::none_of(known->begin(), known->end(), can_administrate)) {
    desk->setup_code_ = seal::random_text().substr(0, 32);
  }
  return desk;
}

std::optional<std::string> AccountDesk::setup_code() const {
  const std::lock_guard lock(mutex_);
  return setup_code_;
}

std::optional<AccountRefusal> AccountDesk::set_up(const std::string& code,
                                                  const std::string& password) {
  const std::lock_guard lock(mutex_);
  if (!setup_code_ || !seal::same(code, *setup_code_)) {
    return AccountRefusal{Reason::wrong, "not the code that was shown at the start"};
  }
  if (auto why = why_no_password(password)) return why;
  const auto kept = seal::kept_password(password);
  if (!kept) return not_recorded(kept.error());
  store::AccountRow row;
  row.name = kFirst;
  row.role = base::word(Role::administrator);
  row.password = *kept;
  if (const auto put = accounts_.put(row, kFirst, clock_()); !put) return not_recorded(put.error());
  setup_code_.reset();
  return std::nullopt;
}

// The same answer, after the same time, whether the name or the password is wrong.
std::optional<AccountRefusal> AccountDesk::check_password(const std::string& name,
                                                          const std::string& password) {
  const AccountRefusal wrong{Reason::wrong, "no such name and password"};
  const auto found = accounts_.find(name);
  if (!found) return not_recorded(found.error());
  const base::Time now = clock_();
  if (*found && (*found)->locked_until > now) {
    return AccountRefusal{Reason::locked, fmt::format("too many failures; locked until {}",
                                                      base::to_iso8601((*found)->locked_until))};
  }
  const bool is_known = *found && !(*found)->password.empty();
  const bool is_right =
      seal::is_password(password, is_known ? (*found)->password : nobodys_password_) && is_known;
  if (!*found) return wrong;
  if (is_right && (*found)->failures == 0) return std::nullopt;
  const std::uint32_t failures = is_right ? 0 : (*found)->failures + 1;
  const auto put = accounts_.put_failures(name, failures, locked_until(failures, now));
  if (!put) return not_recorded(put.error());
  return is_right ? std::nullopt : std::optional(wrong);
}

std::variant<std::string, AccountRefusal> AccountDesk::log_in(const std::string& name,
                                                              const std::string& password) {
  const std::lock_guard lock(mutex_);
  if (auto why = check_password(name, password)) return *std::move(why);
  std::string secret = seal::random_text();
  const base::Time now = clock_();
  const auto begun = accounts_.begin_session(seal::hash(secret), name, now, now + kSession);
  if (!begun) return not_recorded(begun.error());
  return secret;
}

void AccountDesk::log_out(const std::string& secret) {
  static_cast<void>(accounts_.end_session(seal::hash(secret)).has_value());
}

std::optional<Account> AccountDesk::account_of(const std::string& secret) const {
  if (secret.empty()) return std::nullopt;
  const auto found = accounts_.account_of_session(seal::hash(secret), clock_());
  if (!found || !*found) return std::nullopt;
  auto account = to_account(**found);
  if (!account) return std::nullopt;
  return *std::move(account);
}

std::optional<AccountRefusal> AccountDesk::set_password(const std::string& name,
                                                        const std::string& old_password,
                                                        const std::string& password) {
  const std::lock_guard lock(mutex_);
  if (auto why = check_password(name, old_password)) return why;
  if (auto why = why_no_password(password)) return why;
  auto found = accounts_.find(name);
  const auto kept = seal::kept_password(password);
  if (!found || !*found) return AccountRefusal{Reason::unknown, "no such account"};
  if (!kept) return not_recorded(kept.error());
  (*found)->password = *kept;
  if (const auto put = accounts_.put(**found, name, clock_()); !put) {
    return not_recorded(put.error());
  }
  if (const auto ended = accounts_.end_sessions_of(name); !ended) {
    return not_recorded(ended.error());
  }
  return std::nullopt;
}

base::Result<std::vector<wire::AccountView>> AccountDesk::accounts() const {
  const auto all = accounts_.all();
  if (!all) return all.error();
  const base::Time now = clock_();
  std::vector<wire::AccountView> out;
  for (const store::AccountRow& row : *all) {
    out.push_back({row.name, row.role, row.partner, row.stretches, row.sensors,
                   !row.password.empty(), std::nullopt});
    if (row.locked_until > now) out.back().locked_until = base::to_iso8601(row.locked_until);
  }
  return out;
}

std::optional<AccountRefusal> AccountDesk::why_keep(
    const std::string& name, const std::optional<store::AccountRow>& as) const {
  if (as && can_administrate(*as)) return std::nullopt;
  const auto all = accounts_.all();
  if (!all) return not_recorded(all.error());
  bool is_one = false, another = false;
  for (const store::AccountRow& row : *all) {
    bool& which = row.name == name ? is_one : another;
    which = which || can_administrate(row);
  }
  if (!is_one || another) return std::nullopt;
  return invalid("the last administrator; expected another one to be there");
}

std::optional<AccountRefusal> AccountDesk::put(const wire::AccountRequest& request,
                                               const std::string& by) {
  if (!is_name(request.name)) {
    return invalid("name: expected up to 60 letters, digits, '-', '_' and '.'");
  }
  const std::lock_guard lock(mutex_);
  const auto known = accounts_.find(request.name);
  if (!known) return not_recorded(known.error());
  store::AccountRow row = known->value_or(store::AccountRow{});
  row.name = request.name;
  row.role = request.role;
  row.partner = request.partner;
  row.stretches = request.kilometres;
  row.sensors = request.sensors;
  const auto account = to_account(row);
  if (!account) return invalid(to_string(account.error()));
  const bool is_partner = account->role == Role::partner;
  const bool is_known =
      std::find(partners_.begin(), partners_.end(), account->partner) != partners_.end();
  if (is_partner != is_known || is_partner == request.partner.empty()) {
    return invalid("partner: expected the id of one of the site's, exactly for the role partner");
  }
  if (!request.password.empty()) {
    if (auto why = why_no_password(request.password)) return why;
    const auto kept = seal::kept_password(request.password);
    if (!kept) return not_recorded(kept.error());
    row.password = *kept;
    row.failures = 0;
    row.locked_until = base::Time{};
  }
  if (auto why = why_keep(row.name, row)) return why;
  if (const auto put = accounts_.put(row, by, clock_()); !put) return not_recorded(put.error());
  if (const auto ended = accounts_.end_sessions_of(row.name); !ended) {
    return not_recorded(ended.error());
  }
  return std::nullopt;
}

std::optional<AccountRefusal> AccountDesk::lock(const std::string& name, const std::string& by) {
  return end(name, [&](base::Time now) { return accounts_.lock(name, by, now); });
}

std::optional<AccountRefusal> AccountDesk::remove(const std::string& name, const std::string& by) {
  return end(name, [&](base::Time now) { return accounts_.remove(name, by, now); });
}

std::optional<AccountRefusal> AccountDesk::end(
    const std::string& name, const std::function<base::Result<void>(base::Time)>& write) {
  const std::lock_guard lock(mutex_);
  const auto found = accounts_.find(name);
  if (!found) return not_recorded(found.error());
  if (!*found) return AccountRefusal{Reason::unknown, fmt::format("no account '{}'", name)};
  if (auto why = why_keep(name, std::nullopt)) return why;
  if (const auto ended = write(clock_()); !ended) return not_recorded(ended.error());
  return std::nullopt;
}

std::variant<std::string, AccountRefusal> AccountDesk::make_token(const std::string& name,
                                                                  const std::string& by) {
  const auto found = accounts_.find(name);
  if (!found) return not_recorded(found.error());
  if (!*found) return AccountRefusal{Reason::unknown, fmt::format("no account '{}'", name)};
  std::string secret = seal::random_text();
  const base::Time now = clock_();
  const auto begun = accounts_.begin_token(seal::hash(secret), name, by, now, now + kToken);
  if (!begun) return not_recorded(begun.error());
  return secret;
}

}  // namespace marsad::service
