// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "service/certificate.h"

namespace marsad::service {

// Takes TLS connections (1.2 and later) on an address, and passes what they say to a server on a
// port of this computer, and back. A thread of its own.
class TlsFront {
 public:
  // Port 0: any free one. Errors: can't listen there, certificate or key unfit.
  static base::Result<TlsFront> start(const std::string& address, std::uint16_t port,
                                      const Certificate& certificate, std::uint16_t to_port);
  ~TlsFront();  // cuts all connections
  TlsFront(TlsFront&&) noexcept;
  TlsFront& operator=(TlsFront&&) noexcept;

  std::uint16_t port() const;

 private:
  struct State;
  explicit TlsFront(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::service
