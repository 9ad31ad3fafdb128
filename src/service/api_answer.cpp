// SPDX-License-Identifier: Apache-2.0
#include "service/api_answer.h"

#include <fmt/format.h>

#include "wire/json.h"

namespace marsad::service {

HttpResponse json(std::string body) { return {200, "application/json", std::move(body), {}}; }

HttpResponse refuse(int status, std::string why) {
  return {status, "application/json", wire::to_json(wire::ErrorView{std::move(why)}), {}};
}

base::Result<void> check_words(const std::string& by, const std::string& text) {
  if (by.empty()) return base::Error{"by", "empty; expected the post or role, like \"watch 2\""};
  if (by.size() > kLongestNote || text.size() > kLongestNote) {
    return base::Error{"text", fmt::format("longer than {} characters", kLongestNote)};
  }
  return {};
}

base::Result<base::Time> time_of(const HttpRequest& request, const std::string& name,
                                 base::Time otherwise) {
  const auto found = request.query.find(name);
  if (found == request.query.end()) return otherwise;
  auto time = base::parse_iso8601(found->second);
  if (!time) return base::Error{name, time.error().message};
  return time;
}

}  // namespace marsad::service
