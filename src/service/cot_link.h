// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "liaison/channel.h"
#include "service/notice_post.h"

namespace marsad::service {

// A connection to a server of Cursor-on-Target, by TCP or by TLS with a certificate of each side.
// It is made when it is needed and kept; what the server tells of others is read and left. One
// thread.
class CotLink {
 public:
  // `sender`: as whom we ask whether the server is there.
  CotLink(liaison::Channel channel, std::string sender);
  ~CotLink();

  // Sends an event, connecting first where there is no connection, and asks the server to answer.
  // Its answer says that it has taken the event (handed); many servers give none. Errors: it can't
  // be reached, is not who it should be, breaks off, or does not take the event within seconds.
  base::Result<Posted> send(const std::string& event, base::Time now);

  // Called every second or so: connects, reads what came, asks every half minute whether the server
  // is there. Errors: as above, and a server that answered before and is silent now.
  base::Result<void> tend(base::Time now);

  bool is_connected() const { return connection_ != nullptr; }

 private:
  class Connection;

  base::Result<void> connect();
  base::Result<void> kept(base::Result<void> result);

  const liaison::Channel channel_;
  const std::string sender_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace marsad::service
