// SPDX-License-Identifier: Apache-2.0
#include "exchange/cot_stream.h"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/xml.h"

namespace marsad::exchange {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::string_view kBegin = "<event";
constexpr std::string_view kEnd = "</event>";
constexpr std::size_t kShown = 24;  // of what is no event, in the error
constexpr auto kPingStale = std::chrono::seconds(60);

// Whether one begins as the other does, as far as both go.
bool agree(std::string_view one, std::string_view other) {
  const std::size_t length = std::min(one.size(), other.size());
  return one.substr(0, length) == other.substr(0, length);
}

std::string signal(std::string_view uid, std::string_view type, base::Time now) {
  const std::string time = base::to_iso8601(now);
  return fmt::format(
      "<event version=\"2.0\" uid=\"{}\" type=\"{}\" how=\"m-g\" time=\"{}\" start=\"{}\" "
      "stale=\"{}\"><point lat=\"0.0\" lon=\"0.0\" hae=\"0.0\" ce=\"9999999.0\" "
      "le=\"9999999.0\"/></event>\n",
      escaped(uid), type, time, time, base::to_iso8601(now + kPingStale));
}

}  // namespace

base::Result<std::optional<std::string>> CotStream::next() {
  using None = std::optional<std::string>;
  for (;;) {
    buffer_.erase(0, std::min(buffer_.find_first_not_of(kBlanks), buffer_.size()));
    if (buffer_.empty()) return None();
    if (!agree(buffer_, "<?")) break;
    const std::size_t end = buffer_.find("?>");
    if (std::min(end, buffer_.size()) > most_bytes_) {
      return base::Error{"CoT", "a declaration without end"};
    }
    if (end == std::string::npos) return None();
    buffer_.erase(0, end + 2);
  }
  if (!agree(buffer_, kBegin)) {
    return base::Error{
        "CoT", fmt::format("found '{}'; expected <event", escaped(buffer_.substr(0, kShown)))};
  }
  const std::size_t end = buffer_.find(kEnd, searched_);
  const std::size_t length = end == std::string::npos ? buffer_.size() : end + kEnd.size();
  if (length > most_bytes_) {
    return base::Error{"CoT",
                       fmt::format("an event of more than {} bytes; expected less", most_bytes_)};
  }
  if (end == std::string::npos) {
    searched_ = buffer_.size() - std::min(buffer_.size(), kEnd.size());
    return None();
  }
  std::string event = buffer_.substr(0, length);
  buffer_.erase(0, length);
  searched_ = 0;
  return None(std::move(event));
}

std::string cot_ping(std::string_view sender, base::Time now) {
  return signal(fmt::format("{}-ping", sender), kCotPing, now);
}

std::string cot_pong(base::Time now) { return signal("takPong", kCotPong, now); }

}  // namespace marsad::exchange
