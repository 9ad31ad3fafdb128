// SPDX-License-Identifier: Apache-2.0
#include "service/coverage_api.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "service/api_answer.h"
#include "service/camera_feed.h"
#include "service/coverage_history.h"
#include "service/weather.h"
#include "service/what_if.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

using base::Result;

constexpr auto kUsualSpan = std::chrono::days(7);
constexpr auto kLongestSpan = std::chrono::days(400);

}  // namespace

HttpResponse CoverageApi::handle(const HttpRequest& request, const Scope& scope) const {
  constexpr std::string_view kBalloons = "/api/coverage/balloons/";
  const bool is_balloon = request.path.starts_with(kBalloons);
  if (request.path == "/api/coverage/weather" || is_balloon) {
    if (request.method != "POST") return refuse(405, "only POST here");
    return is_balloon ? balloon(request.path.substr(kBalloons.size()), request.body, scope)
                      : weather(request.body, scope);
  }
  if (request.path == "/api/coverage/what-if") {
    if (request.method != "POST") return refuse(405, "only POST here");
    return what_if(request.body);
  }
  const bool is_history = request.path == "/api/coverage/history";
  if (!is_history && request.path != "/api/coverage/ledger") {
    return refuse(404, "nothing at " + request.path);
  }
  if (request.method != "GET") return refuse(405, "only GET here");
  return is_history ? history(request) : json(ledger_.newest());
}

HttpResponse CoverageApi::what_if(const std::string& body) const {
  const auto request = wire::from_json<wire::WhatIfRequest>(body);
  if (!request) return refuse(400, base::to_string(request.error()));
  const auto plans = ledger_.what_if();
  if (!plans) return refuse(503, "who is watched where is not worked out");
  const auto answer = service::what_if(site_, *plans, *request);
  return answer ? json(wire::to_json(*answer)) : refuse(400, base::to_string(answer.error()));
}

HttpResponse CoverageApi::weather(const std::string& body, const Scope& scope) const {
  auto request = wire::from_json<wire::WeatherRequest>(body);
  if (!request) return refuse(400, base::to_string(request.error()));
  request->by = scope.speaker(request->by);
  if (const auto signed_by = check_words(request->by, request->text); !signed_by) {
    return refuse(400, base::to_string(signed_by.error()));
  }
  const auto word = read_weather(*request, now());
  if (!word) return refuse(400, base::to_string(word.error()));
  return say(*word);
}

HttpResponse CoverageApi::balloon(const std::string& id, const std::string& body,
                                  const Scope& scope) const {
  auto request = wire::from_json<wire::BalloonRequest>(body);
  if (!request) return refuse(400, base::to_string(request.error()));
  request->by = scope.speaker(request->by);
  if (const auto signed_by = check_words(request->by, request->text); !signed_by) {
    return refuse(400, base::to_string(signed_by.error()));
  }
  if (id.empty()) return refuse(404, "no balloon ''");
  plan::ConditionWord word;
  word.time = now();
  word.by = request->by;
  word.balloon = id;
  word.up = request->up;
  word.text = request->text;
  return say(word);
}

HttpResponse CoverageApi::say(const plan::ConditionWord& word) const {
  if (const auto refusal = ledger_.say(word)) {
    const auto& [reason, why] = *refusal;
    return refuse(reason == LedgerDesk::Refusal::unknown_balloon ? 404 : 507, why);
  }
  const std::string since = base::to_iso8601(word.time);
  if (word.balloon.empty()) {
    return json(
        wire::to_json(wire::AirView{word.extinction_per_km, word.text, word.by, since, ""}));
  }
  return json(wire::to_json(wire::BalloonView{word.balloon, word.up, word.by, since, word.text}));
}

HttpResponse CoverageApi::history(const HttpRequest& request) const {
  const auto to = time_of(request, "to", now());
  if (!to) return refuse(400, base::to_string(to.error()));
  const auto from = time_of(request, "from", *to - kUsualSpan);
  if (!from) return refuse(400, base::to_string(from.error()));
  if (*from >= *to || *to - *from > kLongestSpan) {
    return refuse(400, fmt::format("from: expected a time before {}, by 400 days at most",
                                   base::to_iso8601(*to)));
  }
  const auto nights = coverage_nights(store_, site_.border->line, *from, *to);
  if (!nights) return refuse(500, base::to_string(nights.error()));
  return json(wire::to_json(view(*nights)));
}

}  // namespace marsad::service
