// SPDX-License-Identifier: Apache-2.0
// What the record promises when the program is killed and when the disk is full. Each case forks a
// child that uses the store; the parent looks at what is left.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <latch>
#include <random>
#include <thread>

#include "store/store.h"
#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

void expect_intact(const std::string& file) {
  SQLite::Database database(file, SQLite::OPEN_READWRITE);
  EXPECT_EQ(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
  SQLite::Statement broken(database, "PRAGMA foreign_key_check");
  EXPECT_FALSE(broken.executeStep());
}

// Puts incidents from `first` on and tells each id on the pipe once the call has returned.
[[noreturn]] void put_until_killed(const std::string& file, std::uint64_t first, int pipe) {
  auto store = Store::open(file);
  if (!store) _exit(1);
  const auto run = store->begin_run(sample_time(0), "");
  if (!run) _exit(2);
  for (std::uint64_t id = first;; ++id) {
    const std::vector<std::uint8_t> picture(20'000, static_cast<std::uint8_t>(id));
    if (!store->put_incident(*run, sample_incident(id), picture)) _exit(3);
    if (write(pipe, &id, sizeof(id)) != sizeof(id)) _exit(4);
  }
}

// From when on a child's life is counted: from its birth it may be killed while it opens the
// record, from its first incident on it has told of one however slow the machine is.
enum class Since { birth, first_told };

// The ids told on the pipe until a random moment, at which the child is killed.
std::vector<std::uint64_t> put_and_kill(const std::string& file, std::uint64_t first, Since since,
                                        std::chrono::microseconds life) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    put_until_killed(file, first, ends[1]);
  }
  close(ends[1]);
  std::vector<std::uint64_t> acknowledged;
  std::uint64_t id = 0;
  std::latch counted(since == Since::birth ? 0 : 1);
  std::jthread killer([&] {
    counted.wait();
    std::this_thread::sleep_for(life);
    kill(child, SIGKILL);
  });
  while (read(ends[0], &id, sizeof(id)) == sizeof(id)) {
    acknowledged.push_back(id);
    if (!counted.try_wait()) counted.count_down();
  }
  if (!counted.try_wait()) counted.count_down();
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  return acknowledged;
}

TEST(Durability, FindsEveryAcknowledgedIncidentAfterFiftyKills) {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("record.db");
  std::mt19937 random(20261122);
  std::uniform_int_distribution<int> life_us(500, 60'000);
  std::vector<std::uint64_t> acknowledged;
  std::uint64_t next = 1;
  for (int round = 0; round < 50; ++round) {
    const auto ids = put_and_kill(file, next, round % 2 == 0 ? Since::birth : Since::first_told,
                                  std::chrono::microseconds(life_us(random)));
    acknowledged.insert(acknowledged.end(), ids.begin(), ids.end());
    auto store = Store::open(file);
    ASSERT_TRUE(store) << to_string(store.error());
    for (std::uint64_t id : ids) {
      const auto found = store->incident({id});
      ASSERT_TRUE(found) << to_string(found.error());
      ASSERT_TRUE(*found) << "round " << round << " lost incident " << id;
      EXPECT_EQ(**found, sample_incident(id));
      const std::vector<std::uint8_t> picture(20'000, static_cast<std::uint8_t>(id));
      EXPECT_EQ(store->picture({id}).value(), picture);
    }
    // One more may be there: written, but killed before it could be told.
    const auto all = store->incidents().value();
    next = all.empty() ? 1 : all.front().id.value + 1;
    EXPECT_GE(all.size(), acknowledged.size());
    EXPECT_LE(all.size(), acknowledged.size() + static_cast<std::size_t>(round) + 1);
    expect_intact(file);
  }
  EXPECT_FALSE(acknowledged.empty());
}

// Files may not grow past this many bytes: what a full disk looks like to the program.
void limit_file_size(rlim_t bytes) {
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
}

// 0 where all went as promised, else the number of the step that did not.
int fill_the_disk(const std::string& file) {
  signal(SIGXFSZ, SIG_IGN);
  auto store = Store::open(file);
  if (!store) return 1;
  const auto run = store->begin_run(sample_time(0), "");
  if (!run) return 2;
  limit_file_size(600'000);
  const std::vector<std::uint8_t> picture(50'000, 7);
  std::uint64_t id = 1;
  while (id < 1000 && store->put_incident(*run, sample_incident(id), picture)) ++id;
  if (id == 1 || id == 1000) return 3;
  const auto error = store->put_incident(*run, sample_incident(id), picture);
  if (error || error.error().where != file) return 4;
  if (store->append(*run, std::vector(1000, sample_frame(1, 5)))) return 5;
  const auto kept = store->incidents();
  if (!kept || kept->size() != id - 1) return 6;
  limit_file_size(RLIM_INFINITY);
  if (!store->put_incident(*run, sample_incident(id), picture)) return 7;
  if (!store->append(*run, {sample_frame(1, 5)})) return 8;
  return store->incidents().value().size() == id ? 0 : 9;
}

TEST(Durability, ReportsAFullDiskLosesNothingAndWritesAgainWhenThereIsRoom) {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("record.db");
  const pid_t child = fork();
  if (child == 0) _exit(fill_the_disk(file));
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  expect_intact(file);
}

}  // namespace
}  // namespace marsad::store
