// SPDX-License-Identifier: Apache-2.0
#include "exchange/cap.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "base/words.h"
#include "exchange/translation.h"

namespace marsad::exchange {
namespace {

constexpr double kObserved = 0.9;  // from this probability on the certainty is "Observed"
constexpr double kLikely = 0.5;

// CAP wants whole seconds, and "-00:00" for UTC.
std::string cap_time(base::Time time) {
  const std::string text = base::to_iso8601(std::chrono::floor<std::chrono::seconds>(time));
  return text.substr(0, text.find('.')) + "-00:00";
}

std::string_view certainty(const std::optional<double>& probability) {
  if (!probability) return "Unknown";
  return *probability >= kObserved ? "Observed" : *probability >= kLikely ? "Likely" : "Possible";
}

std::string area(const liaison::Notice& notice) {
  if (!notice.place && !notice.chainage_m) return "";
  std::string out = "<area>";
  out += element("areaDesc", notice.chainage_m ? fmt::format("km {:.1f}", *notice.chainage_m / 1000)
                                               : std::string("border"));
  if (notice.place) {
    const geo::Geodetic& middle = notice.place->middle;
    const double radius_km = notice.place->size_m / std::numbers::sqrt2 / 1000;
    out += element("circle", fmt::format("{:.5f},{:.5f} {:.3f}", geo::degrees(middle.lat_rad),
                                         geo::degrees(middle.lon_rad), radius_km));
  }
  return out + "</area>\n";
}

std::string info(const Dispatch& dispatch) {
  const liaison::Notice& notice = dispatch.notice;
  const Phrases& say = phrases(notice.language);
  std::string description;
  for (const Line& line : lines(notice)) {
    description += fmt::format("{}: {}\n", line.name, line.value);
  }
  if (notice.simulated) description += fmt::format("{}\n", say.exercise);
  if (dispatch.attempt > 1) description += fmt::format("{}\n", say.repeated);
  std::string out = "<info>\n";
  out += element("language", language_tag(notice.language));
  out += element("category", "Security");
  out += element("event", notice.kind ? base::word(*notice.kind) : "incident");
  out += element("urgency", "Unknown") + element("severity", "Unknown");
  out += element("certainty", certainty(notice.probability));
  if (notice.time) out += element("onset", cap_time(*notice.time));
  out += element("headline", say.notice);
  out += element("description", description) + "\n";
  for (const liaison::Told& one : liaison::told(notice)) {
    out += "<parameter>" + element("valueName", base::word(one.field)) +
           element("value", one.value) + "</parameter>\n";
  }
  return out + area(notice) + "</info>\n";
}

}  // namespace

std::string Dispatch::identifier() const {
  return fmt::format("{}.{}.{}", sender, notice.to.text, number);
}

std::string cap_alert(const Dispatch& dispatch) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">\n";
  out += element("identifier", dispatch.identifier()) + element("sender", dispatch.sender);
  out += element("sent", cap_time(dispatch.sent));
  out += element("status", dispatch.notice.simulated ? "Exercise" : "Actual");
  out += element("msgType", "Alert") + element("scope", "Private");
  out += element("addresses", "\"" + dispatch.notice.to.text + "\"");
  std::string note = dispatch.why;
  if (dispatch.attempt > 1) {
    note += fmt::format("{}attempt {}", note.empty() ? "" : "; ", dispatch.attempt);
  }
  if (!note.empty()) out += element("note", note);
  return out + "\n" + info(dispatch) + "</alert>\n";
}

}  // namespace marsad::exchange
