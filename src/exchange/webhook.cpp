// SPDX-License-Identifier: Apache-2.0
#include "exchange/webhook.h"

#include "base/words.h"
#include "wire/json.h"

namespace marsad::exchange {
namespace {

template <class Enum>
std::optional<std::string> word_of(const std::optional<Enum>& value) {
  if (!value) return std::nullopt;
  return std::string(base::word(*value));
}

wire::NoticeView view(const Dispatch& dispatch) {
  const liaison::Notice& notice = dispatch.notice;
  wire::NoticeView out;
  out.identifier = dispatch.identifier();
  out.sender = dispatch.sender;
  out.to = notice.to.text;
  out.number = dispatch.number;
  out.sent = base::to_iso8601(dispatch.sent);
  out.attempt = dispatch.attempt;
  out.simulated = notice.simulated;
  out.kind = word_of(notice.kind);
  if (notice.time) out.time = base::to_iso8601(*notice.time);
  if (notice.chainage_m) out.km = *notice.chainage_m / 1000;
  if (notice.place) {
    out.at = {geo::degrees(notice.place->middle.lon_rad),
              geo::degrees(notice.place->middle.lat_rad)};
    out.cell_m = notice.place->size_m;
  }
  out.direction = word_of(notice.direction);
  out.probability = notice.probability;
  if (notice.mover) out.mover = std::string(sensor::name(*notice.mover));
  out.speed_mps = notice.speed_mps;
  if (notice.heading_rad) out.heading_deg = geo::degrees(*notice.heading_rad);
  out.outcome = word_of(notice.outcome);
  for (const sensor::SensorId& id : notice.sensors) out.sensors.push_back(id.text);
  out.has_picture = notice.picture_of.has_value();
  if (!dispatch.why.empty()) out.escalated = dispatch.why;
  return out;
}

}  // namespace

Webhook webhook(const Dispatch& dispatch, const seal::SigningKey& key) {
  Webhook out;
  out.body = wire::to_json(view(dispatch));
  out.headers = {{"Marsad-Key", key.public_key()}, {"Marsad-Signature", key.sign(out.body)}};
  return out;
}

}  // namespace marsad::exchange
