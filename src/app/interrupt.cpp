// SPDX-License-Identifier: Apache-2.0
#include "app/interrupt.h"

#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

namespace marsad::app {
namespace {

constexpr int kExitInterrupted = 130;

}  // namespace

std::stop_token stop_on_interrupt() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  // Blocked here and so in every thread made later; one thread waits for them instead.
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::stop_source source;
  std::thread([signals, source]() mutable {
    int signal = 0;
    sigwait(&signals, &signal);
    source.request_stop();
    sigwait(&signals, &signal);
    _exit(kExitInterrupted);
  }).detach();
  return source.get_token();
}

void wait_for_stop(std::stop_token token) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any wake;
  wake.wait(lock, token, [] { return false; });
}

}  // namespace marsad::app
