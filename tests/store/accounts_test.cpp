// SPDX-License-Identifier: Apache-2.0
#include "store/accounts.h"

#include <gmock/gmock.h>

#include "store/audit.h"
#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

using testing::ElementsAre;

const AccountRow kWatch{"watch2", "operator", "", "0-190", "T1", "$argon2id$…", 0, base::Time{}};
const AccountRow kNorth{"north", "partner", "north", "", "", "$argon2id$…", 3, sample_time(9)};

struct AccountsTest : ::testing::Test {
  test::TemporaryFolder folder;
  Store store = Store::open(folder.file("record.db")).value();
  Accounts accounts{store};
};

TEST_F(AccountsTest, AreGivenBackByNameAndReplaced) {
  ASSERT_TRUE(accounts.put(kWatch, "admin", sample_time(1)));
  ASSERT_TRUE(accounts.put(kNorth, "admin", sample_time(1)));
  EXPECT_THAT(accounts.all().value(), ElementsAre(kNorth, kWatch));
  AccountRow changed = kWatch;
  changed.role = "commander";
  ASSERT_TRUE(accounts.put(changed, "admin", sample_time(2)));
  EXPECT_EQ(accounts.find("watch2").value(), changed);
  EXPECT_EQ(accounts.find("nobody").value(), std::nullopt);
  ASSERT_TRUE(accounts.put_failures("watch2", 7, sample_time(50)));
  EXPECT_EQ(accounts.find("watch2").value()->failures, 7U);
  EXPECT_EQ(accounts.find("watch2").value()->locked_until, sample_time(50));
}

TEST_F(AccountsTest, HaveSessionsThatEndInTimeByWishAndWithTheAccount) {
  ASSERT_TRUE(accounts.put(kWatch, "admin", sample_time(1)));
  const auto begin = [&](const std::string& hash) {
    ASSERT_TRUE(accounts.begin_session(hash, "watch2", sample_time(1), sample_time(100)));
  };
  const auto is_known = [&](const std::string& hash, int second) {
    return accounts.account_of_session(hash, sample_time(second)).value().has_value();
  };
  begin("a");
  begin("b");
  EXPECT_TRUE(is_known("a", 99));
  EXPECT_FALSE(is_known("a", 100));
  EXPECT_FALSE(is_known("c", 50));
  ASSERT_TRUE(accounts.end_session("a"));
  EXPECT_FALSE(is_known("a", 50));
  EXPECT_TRUE(is_known("b", 50));
  ASSERT_TRUE(accounts.remove("watch2", "admin", sample_time(60)));
  EXPECT_FALSE(is_known("b", 50));
  EXPECT_FALSE(accounts.begin_session("d", "watch2", sample_time(1), sample_time(9)));
}

TEST_F(AccountsTest, HaveTokensOfWhichTheLogTellsWhoMadeThem) {
  const auto key = seal::SigningKey::make();
  store.sign_with(key);
  ASSERT_TRUE(accounts.put(kWatch, "admin", sample_time(1)));
  const auto before = AuditLog(store).verify(key.public_key()).value();
  ASSERT_TRUE(accounts.begin_session("a", "watch2", sample_time(1), sample_time(100)));
  EXPECT_EQ(AuditLog(store).verify(key.public_key())->entries, before.entries);
  ASSERT_TRUE(accounts.begin_token("b", "watch2", "admin", sample_time(1), sample_time(100)));
  const auto after = AuditLog(store).verify(key.public_key()).value();
  EXPECT_EQ(after.entries, before.entries + 1);
  EXPECT_FALSE(after.broken);
  EXPECT_TRUE(accounts.account_of_session("b", sample_time(2)).value());
}

TEST_F(AccountsTest, HaveNoPasswordAndNoSessionOnceLocked) {
  ASSERT_TRUE(accounts.put(kWatch, "admin", sample_time(1)));
  ASSERT_TRUE(accounts.begin_session("a", "watch2", sample_time(1), sample_time(100)));
  ASSERT_TRUE(accounts.lock("watch2", "admin", sample_time(2)));
  EXPECT_EQ(accounts.find("watch2").value()->password, "");
  EXPECT_EQ(accounts.account_of_session("a", sample_time(3)).value(), std::nullopt);
}

}  // namespace
}  // namespace marsad::store
