// SPDX-License-Identifier: Apache-2.0
#include "service/channels.h"

#include "exchange/cot.h"

namespace marsad::service {

Channels::Channels(const liaison::Liaison& liaison, const seal::SigningKey& key,
                   ChannelHealth& health)
    : key_(key), health_(health) {
  for (const liaison::Channel& channel : liaison.channels) {
    if (channel.form != liaison::Form::cot) continue;
    links_.try_emplace(channel.hop, channel, liaison.sender);
  }
}

base::Result<Posted> Channels::post(const liaison::Channel& channel,
                                    const exchange::Dispatch& dispatch) {
  const auto link = links_.find(channel.hop);
  base::Result<Posted> posted = Posted{};
  if (link == links_.end()) {
    posted = post_notice(channel, dispatch, key_);
  } else {
    const auto event = exchange::cot_event(dispatch);
    if (!event) return event.error();  // which says nothing of the way there
    posted = link->second.send(*event, dispatch.sent);
  }
  if (posted) {
    health_.worked(channel.hop, dispatch.sent, true);
  } else {
    health_.failed(channel.hop, to_string(posted.error()), dispatch.sent);
  }
  return posted;
}

void Channels::tend(base::Time now) {
  for (auto& [hop, link] : links_) {
    if (!health_.may_try(hop, now)) continue;
    if (const auto done = link.tend(now); done) {
      health_.worked(hop, now, false);
    } else {
      health_.failed(hop, to_string(done.error()), now);
    }
  }
}

}  // namespace marsad::service
