// SPDX-License-Identifier: Apache-2.0
#include "exchange/cot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "exchange/translation.h"

namespace marsad::exchange {
namespace {

constexpr double kUnknown_m = 9'999'999;  // the schema's word for a length nobody knows
constexpr auto kStaleAfter = std::chrono::hours(1);

std::string remarks(const Dispatch& dispatch) {
  const Phrases& say = phrases(dispatch.notice.language);
  std::string out;
  for (const Line& line : lines(dispatch.notice)) {
    out += fmt::format("{}: {}\n", line.name, line.value);
  }
  if (dispatch.notice.simulated) out += fmt::format("{}\n", say.exercise);
  if (dispatch.attempt > 1) out += fmt::format("{}\n", say.repeated);
  if (!dispatch.why.empty()) out += fmt::format("{}\n", dispatch.why);
  return out;
}

// Letters, digits and underscores with dashes between, as the schema wants of types and ways.
bool is_dashed(std::string_view text) {
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (text.empty() || text.front() == '-' || text.back() == '-') return false;
  return text.find("--") == text.npos &&
         std::all_of(text.begin(), text.end(), [&](char c) { return c == '-' || is_word(c); });
}

// Reads attribute by attribute; the first thing that is wrong is kept.
class CotReader {
 public:
  base::Result<CotEvent> read(const Element& root) {
    if (root.name != "event" || !root.namespace_.empty()) {
      return base::Error{"CoT", fmt::format("found '{}'; expected an event", root.name)};
    }
    if (!(number(root, "version", 0, 1e6) >= 2)) wrong("version; expected 2 or later");
    CotEvent event;
    event.uid = text(root, "uid");
    event.type = text(root, "type");
    if (!is_dashed(event.type.substr(0, event.type.find(';')))) {
      wrong(fmt::format("type is '{}'; expected one like a-f-G", event.type));
    }
    event.how = text(root, "how");
    event.time = time(root, "time");
    event.start = time(root, "start");
    event.stale = time(root, "stale");
    if (event.stale < event.start) wrong("stale is before start");
    read_point(root, event);
    read_detail(root, event);
    if (error_) return *error_;
    return event;
  }

 private:
  void wrong(std::string message) {
    if (!error_) error_ = base::Error{"CoT", std::move(message)};
  }

  std::string text(const Element& of, const std::string& name) {
    const auto found = of.attributes.find(name);
    const std::string value = found == of.attributes.end() ? "" : trimmed(found->second);
    if (value.empty()) wrong(fmt::format("{} is missing in {}", name, of.name));
    return value;
  }

  double number(const Element& of, const std::string& name, double low, double high) {
    const std::string value = text(of, name);
    const auto read = read_xml_number(value);
    const bool is_fine = read && *read >= low && *read <= high;
    if (!is_fine) {
      wrong(fmt::format("{} is '{}'; expected a number from {} to {}", name, value, low, high));
    }
    return is_fine ? *read : low;
  }

  base::Time time(const Element& of, const std::string& name) {
    const std::string value = text(of, name);
    const auto read = read_xml_time(value);
    if (!read) wrong(fmt::format("{} is '{}'; expected a time with zone", name, value));
    return read.value_or(base::Time{});
  }

  void read_point(const Element& root, CotEvent& event) {
    const Element* const point = root.child("point");
    if (point == nullptr) return wrong("point is missing in event");
    event.place.lat_rad = geo::radians(number(*point, "lat", -90, 90));
    event.place.lon_rad = geo::radians(number(*point, "lon", -180, 180));
    const double hae_m = number(*point, "hae", -1e7, 1e9);
    event.place.height_m = hae_m >= kUnknown_m ? 0 : hae_m;
    const double ce_m = number(*point, "ce", 0, 1e9);
    if (ce_m < kUnknown_m) event.circular_error_m = ce_m;
  }

  void read_detail(const Element& root, CotEvent& event) {
    const Element* const detail = root.child("detail");
    if (detail == nullptr) return;
    if (const Element* contact = detail->child("contact")) {
      const auto found = contact->attributes.find("callsign");
      if (found != contact->attributes.end()) event.callsign = found->second;
    }
    if (const Element* track = detail->child("track")) {
      event.speed_mps = number(*track, "speed", 0, 1e5);
      event.course_rad = geo::radians(number(*track, "course", -360, 720));
    }
  }

  std::optional<base::Error> error_;
};

}  // namespace

base::Result<std::string> cot_event(const Dispatch& dispatch) {
  const liaison::Notice& notice = dispatch.notice;
  if (!notice.place) {
    return base::Error{"CoT", fmt::format("the notice for {} has no place; allow the field "
                                          "`place` or send another form",
                                          notice.to.text)};
  }
  const std::string sent = base::to_iso8601(dispatch.sent);
  const geo::Geodetic& middle = notice.place->middle;
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format(
      "<event version=\"2.0\" uid=\"{}\" type=\"a-u-G\" how=\"m-r\" opex=\"{}\" time=\"{}\" "
      "start=\"{}\" stale=\"{}\">\n",
      escaped(dispatch.identifier()), notice.simulated ? "s" : "o", sent, sent,
      base::to_iso8601(dispatch.sent + kStaleAfter));
  out += fmt::format(
      "<point lat=\"{:.5f}\" lon=\"{:.5f}\" hae=\"{:.1f}\" ce=\"{:.0f}\" le=\"{:.1f}\"/>\n",
      geo::degrees(middle.lat_rad), geo::degrees(middle.lon_rad), kUnknown_m,
      notice.place->size_m / std::numbers::sqrt2, kUnknown_m);
  out += "<detail>";
  if (notice.speed_mps && notice.heading_rad) {
    out += fmt::format("<track speed=\"{:.1f}\" course=\"{:.0f}\"/>", *notice.speed_mps,
                       geo::degrees(*notice.heading_rad));
  }
  out += element("remarks", remarks(dispatch)) + "</detail>\n</event>\n";
  return out;
}

base::Result<CotEvent> read_cot(std::string_view bytes, const XmlLimits& limits) {
  const auto root = read_xml(bytes, limits);
  if (!root) return root.error();
  return CotReader().read(*root);
}

}  // namespace marsad::exchange
