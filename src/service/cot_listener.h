// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "exchange/cot.h"
#include "liaison/channel.h"
#include "wire/notice_messages.h"

namespace marsad::service {

struct CotListenerLimits {
  std::size_t connections = 64;         // further ones are closed at once
  std::size_t handshakes_of_one = 8;    // of TLS, under way from one address
  std::size_t event_bytes = 64 * 1024;  // a longer event ends its connection
  double events_per_s = 20;             // of one connection; who sends more is read more slowly
  double burst = 100;
  std::chrono::seconds idle{300};       // a connection on which nothing comes ends
  std::chrono::seconds unfinished{30};  // so does one whose event goes on for longer
};

// Takes events of Cursor-on-Target on an address, by TCP, or by TLS from those whose certificate
// the listener's authority signed. It answers questions whether it is there, and says nothing else.
// One thread for all connections, none of which makes the others wait.
class CotListener {
 public:
  // Takes an event that was read, from `source` (the listener, the peer's certificate or address);
  // why not, in a word. Called on the listener's thread, must not wait.
  using Take = std::function<std::optional<std::string>(const exchange::CotEvent& event,
                                                        const std::string& source)>;

  // Errors: the address is none of this machine or taken; certificate, key or authority unfit.
  static base::Result<CotListener> start(const liaison::Listener& listener, Take take,
                                         CotListenerLimits limits = {});
  ~CotListener();  // ends all connections
  CotListener(CotListener&&) noexcept;
  CotListener& operator=(CotListener&&) noexcept;

  std::uint16_t port() const;
  // What came and what was refused since the start, by reason. Any thread.
  wire::ChannelView view() const;

 private:
  struct State;
  explicit CotListener(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::service
