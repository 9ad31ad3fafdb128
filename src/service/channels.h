// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "liaison/policy.h"
#include "seal/seal.h"
#include "service/channel_health.h"
#include "service/cot_link.h"
#include "service/notice_post.h"

namespace marsad::service {

// The site's ways out: one connection each that is kept for Cursor-on-Target, one a notice for the
// others. One thread; how they are, any thread asks the health.
class Channels {
 public:
  // All must outlive it.
  Channels(const liaison::Liaison& liaison, const seal::SigningKey& key, ChannelHealth& health);

  base::Result<Posted> post(const liaison::Channel& channel, const exchange::Dispatch& dispatch);
  // Called every second or so: keeps the connections that last, and makes them again.
  void tend(base::Time now);

 private:
  const seal::SigningKey& key_;
  ChannelHealth& health_;
  std::map<std::string, CotLink> links_;  // by hop
};

}  // namespace marsad::service
