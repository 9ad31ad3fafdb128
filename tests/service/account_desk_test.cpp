// SPDX-License-Identifier: Apache-2.0
#include "service/account_desk.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include "service/site.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;
using testing::Not;
using Reason = AccountRefusal::Reason;

const std::string kPassword = "a long enough password";

// Accounts on an empty record, at a time that the test sets.
class AccountDeskTest : public ::testing::Test {
 protected:
  std::unique_ptr<AccountDesk> open() {
    return AccountDesk::open(store_, {{"north"}}, [this] { return now_; }).value();
  }
  void set_up() { ASSERT_EQ(desk_->set_up(*desk_->setup_code(), kPassword), std::nullopt); }

  std::optional<Reason> log_in(const std::string& name, const std::string& password) {
    const auto said = desk_->log_in(name, password);
    const auto* refusal = std::get_if<AccountRefusal>(&said);
    return refusal == nullptr ? std::nullopt : std::optional(refusal->reason);
  }

  test::TemporaryFolder folder_;
  store::Store store_ = store::Store::open(folder_.file("record.db")).value();
  base::Time now_{std::chrono::hours(500'000)};
  std::unique_ptr<AccountDesk> desk_ = open();
};

TEST_F(AccountDeskTest, HasNoPasswordUntilWhoeverStartedItSetsOne) {
  for (const char* guess : {"", "admin", "password", "marsad"}) {
    EXPECT_EQ(log_in("admin", guess), Reason::wrong);
  }
  EXPECT_EQ(desk_->set_up("00000000000000000000000000000000", kPassword)->reason, Reason::wrong);
  EXPECT_EQ(desk_->set_up(*desk_->setup_code(), "short")->reason, Reason::invalid);
  const std::string code = *desk_->setup_code();
  EXPECT_NE(open()->setup_code(), code) << "another one at each start";
  set_up();
  EXPECT_EQ(log_in("admin", kPassword), std::nullopt);
  EXPECT_EQ(desk_->setup_code(), std::nullopt);
  EXPECT_EQ(desk_->set_up(code, kPassword)->reason, Reason::wrong) << "it counts once";
  EXPECT_EQ(open()->setup_code(), std::nullopt);
}

TEST_F(AccountDeskTest, LocksAnAccountAfterFiveFailuresWhateverPasswordComesThen) {
  set_up();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(log_in("admin", "not the password"), Reason::wrong);
  EXPECT_EQ(log_in("admin", kPassword), Reason::locked);
  now_ += std::chrono::seconds(31);
  EXPECT_EQ(log_in("admin", "not the password"), Reason::wrong);
  now_ += std::chrono::seconds(31);
  EXPECT_EQ(log_in("admin", kPassword), Reason::locked) << "the second lock is longer";
  now_ += std::chrono::seconds(31);
  EXPECT_EQ(log_in("admin", kPassword), std::nullopt);
  EXPECT_EQ(log_in("admin", "not the password"), Reason::wrong) << "counted from one again";
  EXPECT_EQ(log_in("admin", kPassword), std::nullopt);
}

TEST_F(AccountDeskTest, KnowsASessionUntilItEnds) {
  set_up();
  const std::string secret = std::get<std::string>(desk_->log_in("admin", kPassword));
  EXPECT_EQ(desk_->account_of(secret)->role, Role::administrator);
  EXPECT_EQ(desk_->account_of("guess"), std::nullopt);
  EXPECT_EQ(desk_->account_of(""), std::nullopt);
  now_ += std::chrono::hours(13);
  EXPECT_FALSE(desk_->account_of(secret));
  const std::string next = std::get<std::string>(desk_->log_in("admin", kPassword));
  desk_->log_out(next);
  EXPECT_FALSE(desk_->account_of(next));
}

TEST_F(AccountDeskTest, EndsAllSessionsWithTheOldPassword) {
  set_up();
  const std::string secret = std::get<std::string>(desk_->log_in("admin", kPassword));
  EXPECT_EQ(desk_->set_password("admin", "wrong", "another long password")->reason, Reason::wrong);
  EXPECT_EQ(desk_->set_password("admin", kPassword, "another long password"), std::nullopt);
  EXPECT_FALSE(desk_->account_of(secret));
  EXPECT_EQ(log_in("admin", kPassword), Reason::wrong);
  EXPECT_EQ(log_in("admin", "another long password"), std::nullopt);
}

TEST_F(AccountDeskTest, KeepsNeitherPasswordsNorSecretsOfSessionsAndTokens) {
  set_up();
  const std::string session = std::get<std::string>(desk_->log_in("admin", kPassword));
  const std::string token = std::get<std::string>(desk_->make_token("admin", "admin"));
  EXPECT_EQ(desk_->account_of(token)->scope.name, "admin");
  SQLite::Database(folder_.file("record.db"), SQLite::OPEN_READWRITE)
      .exec("VACUUM INTO '" + folder_.file("copy.db") + "'");
  const std::string bytes = read_text(folder_.file("copy.db")).value();
  for (const std::string& secret : {kPassword, session, token}) {
    EXPECT_THAT(bytes, Not(HasSubstr(secret)));
  }
}

TEST_F(AccountDeskTest, TakesAccountsInOrderOnlyAndKeepsAnAdministrator) {
  set_up();
  const auto put = [&](wire::AccountRequest request) {
    const auto refusal = desk_->put(request, "admin");
    return refusal ? refusal->message : "";
  };
  wire::AccountRequest request{"watch2", "operator", "", "0-190", "T1", kPassword};
  EXPECT_EQ(put(request), "");
  EXPECT_EQ(log_in("watch2", kPassword), std::nullopt);
  request.role = "king";
  EXPECT_THAT(put(request), HasSubstr("expected one of operator, commander"));
  request.role = "partner";
  EXPECT_THAT(put(request), HasSubstr("the id of one of the site's"));
  request.partner = "north";
  EXPECT_EQ(put(request), "");
  request.kilometres = "190-0";
  EXPECT_THAT(put(request), HasSubstr("expected stretches"));
  request.name = "a b";
  EXPECT_THAT(put(request), HasSubstr("expected up to 60 letters"));
  EXPECT_THAT(desk_->remove("admin", "admin")->message, HasSubstr("the last administrator"));
  EXPECT_EQ(desk_->remove("watch2", "admin"), std::nullopt);
  EXPECT_EQ(log_in("watch2", kPassword), Reason::wrong);
  EXPECT_EQ(desk_->remove("watch2", "admin")->reason, Reason::unknown);
}

TEST_F(AccountDeskTest, ChangesRightsAndKeepsThePasswordWhereNoneIsGiven) {
  set_up();
  ASSERT_EQ(desk_->put({"watch2", "operator", "", "", "", kPassword}, "admin"), std::nullopt);
  const std::string session = std::get<std::string>(desk_->log_in("watch2", kPassword));
  ASSERT_EQ(desk_->put({"watch2", "commander", "", "0-190", "", ""}, "admin"), std::nullopt);
  EXPECT_FALSE(desk_->account_of(session)) << "a session is of the rights it began with";
  const std::string next = std::get<std::string>(desk_->log_in("watch2", kPassword));
  EXPECT_EQ(desk_->account_of(next)->role, Role::commander);
  EXPECT_EQ(desk_->put({"admin", "operator", "", "", "", ""}, "admin")->reason, Reason::invalid)
      << "the last administrator";
}

TEST_F(AccountDeskTest, LetsAProgramInByTokenWithoutAPassword) {
  ASSERT_EQ(desk_->put({"bridge", "operator", "", "", "", ""}, "admin"), std::nullopt);
  EXPECT_EQ(log_in("bridge", ""), Reason::wrong);
  EXPECT_FALSE(desk_->accounts().value()[0].has_password);
  EXPECT_TRUE(desk_->account_of(std::get<std::string>(desk_->make_token("bridge", "admin"))));
}

TEST_F(AccountDeskTest, LocksAnAccountUntilItIsGivenAPasswordAnew) {
  set_up();
  ASSERT_EQ(desk_->put({"watch2", "operator", "", "", "", kPassword}, "admin"), std::nullopt);
  const std::string session = std::get<std::string>(desk_->log_in("watch2", kPassword));
  const std::string token = std::get<std::string>(desk_->make_token("watch2", "admin"));
  EXPECT_EQ(desk_->lock("watch2", "admin"), std::nullopt);
  EXPECT_FALSE(desk_->account_of(session));
  EXPECT_FALSE(desk_->account_of(token));
  EXPECT_EQ(log_in("watch2", kPassword), Reason::wrong);
  EXPECT_EQ(desk_->lock("nobody", "admin")->reason, Reason::unknown);
  EXPECT_EQ(desk_->lock("admin", "admin")->reason, Reason::invalid) << "the last administrator";
  ASSERT_EQ(desk_->put({"watch2", "operator", "", "", "", kPassword}, "admin"), std::nullopt);
  EXPECT_EQ(log_in("watch2", kPassword), std::nullopt);
}

TEST_F(AccountDeskTest, SaysUntilWhenAnAccountIsLockedAfterFailures) {
  set_up();
  for (int i = 0; i < 5; ++i) log_in("admin", "not the password");
  EXPECT_EQ(desk_->accounts().value()[0].locked_until,
            base::to_iso8601(now_ + std::chrono::seconds(30)));
  now_ += std::chrono::seconds(31);
  EXPECT_EQ(desk_->accounts().value()[0].locked_until, std::nullopt);
}

}  // namespace
}  // namespace marsad::service
