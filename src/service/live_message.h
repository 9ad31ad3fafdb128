// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "service/access.h"
#include "service/http_outbox.h"

namespace marsad::service {

// Who listens to the live feed, as the door found them.
struct Listener {
  Scope scope;
  bool follows = true;  // hears of movers and the ledger, not of incidents and cameras alone

  bool hears_all() const { return follows && scope.is_all(); }
  bool operator==(const Listener&) const = default;
};

// One message of the live feed, and what of it each listener is told.
struct LiveMessage {
  // What a listener is told who may not have all of it; none: nothing. Any thread.
  using Part = std::function<std::optional<std::string>(const Listener&)>;

  LiveMessage() = default;
  // Without `part_of` such listeners are told nothing. A message that still waits for a client
  // under the same word, where that is not empty, is replaced by this one.
  explicit LiveMessage(std::string text, std::string replaces_word = {}, Part part_of = {})
      : whole(std::make_shared<const std::string>(std::move(text))),
        replaces(std::move(replaces_word)),
        part(std::move(part_of)) {}

  // Null: nothing.
  SharedText told_to(const Listener& listener) const;

  SharedText whole;  // null: there is no such message yet
  std::string replaces;
  Part part;
};

}  // namespace marsad::service
