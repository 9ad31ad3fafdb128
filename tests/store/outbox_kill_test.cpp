// SPDX-License-Identifier: Apache-2.0
// What is promised of notices when the program is killed anywhere between decision and receipt: a
// child queues and sends, and tells the parent what left the house, until it is killed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "tests/store/notices.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

using liaison::StepKind;

// What the child says on the pipe.
struct Word {
  enum class Kind : std::uint64_t { decided, sent } kind;
  std::uint64_t notice;
  std::uint64_t attempt;
};

void say(int pipe, const Word& word) {
  if (write(pipe, &word, sizeof(word)) != sizeof(word)) _exit(4);
}

// As the service does: a decision, then every unfinished notice is sent, each attempt recorded
// before; every third one is received.
[[noreturn]] void work_until_killed(const std::string& file, int pipe) {
  auto store = Store::open(file);
  if (!store) _exit(1);
  Outbox outbox(*store);
  for (;;) {
    const auto queued = outbox.release({1}, kNorth, {"watch 2", sample_time(50)}, sample_notice(1));
    if (!queued) _exit(2);
    say(pipe, {Word::Kind::decided, (*queued)->id.value, 0});
    const auto waiting = outbox.unfinished();
    if (!waiting) _exit(3);
    for (const NoticeHistory& history : *waiting) {
      const NoticeId id = history.queued.id;
      const std::uint32_t attempt = liaison::attempts(history.steps) + 1;
      if (!outbox.add_step(id, {sample_time(1), StepKind::sending, "cell", ""}, false)) _exit(5);
      say(pipe, {Word::Kind::sent, id.value, attempt});
      if (id.value % 3 != 0) continue;
      if (!outbox.add_step(id, {sample_time(2), StepKind::receipt, "north", ""}, true)) _exit(6);
    }
  }
}

std::vector<Word> work_and_kill(const std::string& file, std::chrono::microseconds life) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    work_until_killed(file, ends[1]);
  }
  close(ends[1]);
  std::vector<Word> words;
  std::jthread killer;
  Word word{};
  while (read(ends[0], &word, sizeof(word)) == sizeof(word)) {
    words.push_back(word);
    if (words.size() > 1) continue;
    killer = std::jthread([&] {  // a busy machine may take long to begin
      std::this_thread::sleep_for(life);
      kill(child, SIGKILL);
    });
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
  return words;
}

TEST(Outbox, LosesNoNoticeAndSendsNoneTwiceUnmarkedHoweverOftenItIsKilled) {
  const test::TemporaryFolder folder;
  const std::string file = folder.file("record.db");
  {
    auto store = Store::open(file).value();
    const auto run = store.begin_run(sample_time(0), "").value();
    ASSERT_TRUE(store.put_incident(run, sample_incident(1), std::nullopt));
  }
  std::mt19937 random(20261122);
  std::uniform_int_distribution<int> life_us(0, 40'000);
  std::map<std::uint64_t, std::uint64_t> sent;  // how often each left the house
  std::uint64_t decided = 0;
  for (int round = 0; round < 20; ++round) {
    for (const Word& word : work_and_kill(file, std::chrono::microseconds(life_us(random)))) {
      if (word.kind == Word::Kind::decided) {
        decided = std::max(decided, word.notice);
      } else {
        // What a receiver would see: a number for each attempt that none before had.
        EXPECT_GT(word.attempt, sent[word.notice]) << "notice " << word.notice;
        sent[word.notice] = word.attempt;
      }
    }
    auto store = Store::open(file).value();
    const auto all = Outbox(store).newest(1'000'000).value();
    ASSERT_GE(all.size(), decided) << "a decided notice is lost";
    for (const NoticeHistory& history : all) {
      EXPECT_GE(liaison::attempts(history.steps), sent[history.queued.id.value]);
    }
  }
  EXPECT_GE(decided, 20U);
}

}  // namespace
}  // namespace marsad::store
