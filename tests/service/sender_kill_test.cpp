// SPDX-License-Identifier: Apache-2.0
// What is promised of notices over a real connection when the program is killed anywhere: a child
// decides on notices and sends them to a server of Cursor-on-Target, another process, until it is
// killed; in the end every notice that was decided on has reached the server.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "service/channels.h"
#include "service/cot_listener.h"
#include "service/notice_sender.h"
#include "tests/service/free_port.h"
#include "tests/service/liaison_site.h"
#include "tests/service/running_service.h"
#include "tests/service/throwaway_certificates.h"

namespace marsad::service {
namespace {

using std::chrono::seconds;

// The program as far as it decides and sends, with a clock on which every retry soon is due.
class Program {
 public:
  explicit Program(const Site& site)
      : store_(store::Store::open(site.record.string()).value()),
        run_(store_.begin_run(base::Time{}, "").value()),
        outbox_(store_),
        health_(site.liaison.channels),
        channels_(site.liaison, key_, health_) {
    book_ = IncidentBook::open(store_, run_, [](const incident::Incident&) {}).value();
    const auto clock = [this] { return now() + skipped_; };
    desk_ = std::make_unique<NoticeDesk>(site, *book_, store_, clock, [] {});
    sender_ = std::make_unique<NoticeSender>(
        site.liaison, store_, *desk_, clock,
        [this](const liaison::Channel& channel, const exchange::Dispatch& dispatch) {
          return channels_.post(channel, dispatch);
        });
  }

  bool decide() {
    return std::holds_alternative<wire::DisclosureView>(desk_->release({1}, {"south"}, "watch 2"));
  }
  bool send() {
    skipped_ += seconds(60);
    return sender_->send_due().has_value();
  }
  std::vector<store::NoticeHistory> all() const { return outbox_.newest(1'000'000).value(); }

 private:
  store::Store store_;
  store::RunId run_;
  store::Outbox outbox_;
  const seal::SigningKey key_ = seal::SigningKey::make();
  ChannelHealth health_;
  Channels channels_;
  base::Duration skipped_{0};
  std::unique_ptr<IncidentBook> book_;
  std::unique_ptr<NoticeDesk> desk_;
  std::unique_ptr<NoticeSender> sender_;
};

[[noreturn]] void serve_until_killed(const liaison::Listener& listener, const std::string& file) {
  std::ofstream heard(file);
  const auto server = CotListener::start(
      listener,
      [&](const exchange::CotEvent& event, const std::string&) -> std::optional<std::string> {
        heard << event.uid << std::endl;
        return std::nullopt;
      });
  if (!server) _exit(1);
  for (;;) pause();
}

// Says on the pipe when it has decided for the first time.
[[noreturn]] void work_until_killed(const Site& site, int pipe) {
  Program program(site);
  for (bool is_first = true;; is_first = false) {
    if (!program.decide()) _exit(2);
    if (is_first && write(pipe, "", 1) != 1) _exit(3);
    if (!program.send()) _exit(4);
  }
}

void work_and_kill(const Site& site, std::chrono::milliseconds life) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) work_until_killed(site, ends[1]);
  close(ends[1]);
  char first = 0;
  EXPECT_EQ(read(ends[0], &first, 1), 1);  // a busy machine may take long to begin
  close(ends[0]);
  std::this_thread::sleep_for(life);
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself: " << WEXITSTATUS(status);
}

std::set<std::string> lines_of(const std::string& file) {
  std::ifstream in(file);
  std::set<std::string> out;
  for (std::string line; std::getline(in, line);) out.insert(line);
  return out;
}

TEST(SenderKilled, LosesNoNoticeOnItsWayOverTls) {
  const SiteFolder folder;
  const ThrowawayCertificates authority(folder);
  const liaison::Proof server = authority.sign("server", "DNS:tak.example");
  const liaison::Proof client = authority.sign("marsad", "DNS:marsad.example");
  const std::string address = "tls://127.0.0.1:" + std::to_string(free_port());
  Site site = liaison_site(folder);
  site.liaison.policy.disclosures[1].fields = {liaison::Field::place};
  site.liaison.policy.disclosures[1].grid_m = 1000;
  liaison::Channel channel{"south", liaison::Form::cot, address, client, {}};
  channel.proof.server_name = "tak.example";
  site.liaison.channels = {channel};
  std::filesystem::create_directories(site.record.parent_path());
  {
    auto store = store::Store::open(site.record.string()).value();
    const auto run = store.begin_run(base::Time{}, "").value();
    incident::Incident crossing = outbound_crossing(site, 1);
    crossing.time = now() - std::chrono::hours(1);
    ASSERT_TRUE(store.put_incident(run, crossing, std::nullopt));
  }
  const std::string heard = folder.file("heard");
  const pid_t server_child = fork();
  if (server_child == 0) {
    serve_until_killed({"tak", address, server, border::Allegiance::own}, heard);
  }
  std::mt19937 random(20261129);
  std::uniform_int_distribution<int> life_ms(0, 300);
  for (int round = 0; round < 12; ++round) {
    work_and_kill(site, std::chrono::milliseconds(life_ms(random)));
  }
  Program program(site);
  ASSERT_TRUE(program.decide());
  const auto is_all_handed = [&] {
    const auto all = program.all();
    return std::all_of(all.begin(), all.end(), [](const store::NoticeHistory& history) {
      return std::any_of(history.steps.begin(), history.steps.end(),
                         [](const auto& step) { return step.kind == liaison::StepKind::handed; });
    });
  };
  EXPECT_TRUE(within(seconds(60), [&] { return program.send() && is_all_handed(); }));
  EXPECT_GE(program.all().size(), 12U);
  const std::set<std::string> received = lines_of(heard);
  for (const store::NoticeHistory& history : program.all()) {
    const std::string uid = "marsad.south." + std::to_string(history.queued.number);
    EXPECT_TRUE(received.contains(uid)) << uid;
  }
  kill(server_child, SIGKILL);
  waitpid(server_child, nullptr, 0);
}

}  // namespace
}  // namespace marsad::service
