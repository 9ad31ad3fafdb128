// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "exchange/cap.h"

namespace marsad::exchange {
namespace {

constexpr double kGreatestRadius_m = 20'040'000;  // half around the Earth

// "34.1,41.2" as a place.
std::optional<geo::Geodetic> read_place(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto lat_deg = read_xml_number(text.substr(0, comma));
  const auto lon_deg = read_xml_number(text.substr(comma + 1));
  if (!lat_deg || !lon_deg || std::abs(*lat_deg) > 90 || std::abs(*lon_deg) > 180) {
    return std::nullopt;
  }
  return geo::Geodetic{geo::radians(*lat_deg), geo::radians(*lon_deg), 0};
}

std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : std::string(text) + " ") {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) word += c;
    if (blank && !word.empty()) out.push_back(std::exchange(word, {}));
  }
  return out;
}

std::optional<CapAlert::Circle> read_circle(std::string_view text) {
  const std::vector<std::string> parts = parted(text);
  if (parts.size() != 2) return std::nullopt;
  const auto middle = read_place(parts[0]);
  const auto radius_km = read_xml_number(parts[1]);
  if (!middle || !radius_km || *radius_km < 0 || *radius_km * 1000 > kGreatestRadius_m) {
    return std::nullopt;
  }
  return CapAlert::Circle{*middle, *radius_km * 1000};
}

// A ring of at least a triangle, whose last place is its first.
std::optional<std::vector<geo::Geodetic>> read_polygon(std::string_view text) {
  std::vector<geo::Geodetic> out;
  for (const std::string& part : parted(text)) {
    const auto place = read_place(part);
    if (!place) return std::nullopt;
    out.push_back(*place);
  }
  if (out.size() < 4 || out.front() != out.back()) return std::nullopt;
  return out;
}

// Reads element by element; the first thing that is wrong is kept.
class CapReader {
 public:
  base::Result<CapAlert> read(const Element& root) {
    const std::string_view known = root.namespace_;
    if (root.name != "alert" || (known != "urn:oasis:names:tc:emergency:cap:1.2" &&
                                 known != "urn:oasis:names:tc:emergency:cap:1.1")) {
      return base::Error{"CAP", fmt::format("found '{}' of '{}'; expected an alert of CAP 1.1 or "
                                            "1.2",
                                            root.name, known)};
    }
    CapAlert alert;
    alert.identifier = required(root, "identifier");
    alert.sender = required(root, "sender");
    const std::string sent = required(root, "sent");
    const auto time = read_xml_time(sent);
    if (!time) wrong(fmt::format("sent is '{}'; expected a time with zone", sent));
    alert.sent = time.value_or(base::Time{});
    alert.status = one_of(root, "status", {"Actual", "Exercise", "System", "Test", "Draft"});
    alert.type = one_of(root, "msgType", {"Alert", "Update", "Cancel", "Ack", "Error"});
    alert.scope = one_of(root, "scope", {"Public", "Restricted", "Private"});
    alert.references = root.text_of("references");
    for (const Element* info : root.all("info")) alert.infos.push_back(read_info(*info));
    if (error_) return *error_;
    return alert;
  }

 private:
  void wrong(std::string message) {
    if (!error_) error_ = base::Error{"CAP", std::move(message)};
  }

  std::string required(const Element& parent, std::string_view name) {
    std::string text = parent.text_of(name);
    if (text.empty()) wrong(fmt::format("{} is missing in {}", name, parent.name));
    return text;
  }

  std::string one_of(const Element& parent, std::string_view name,
                     const std::vector<std::string_view>& known) {
    std::string text = required(parent, name);
    if (std::find(known.begin(), known.end(), text) == known.end()) {
      wrong(fmt::format("{} is '{}'; expected one of {}", name, text, fmt::join(known, ", ")));
    }
    return text;
  }

  CapAlert::Info read_info(const Element& element) {
    CapAlert::Info info;
    info.event = required(element, "event");
    info.urgency =
        one_of(element, "urgency", {"Immediate", "Expected", "Future", "Past", "Unknown"});
    info.severity =
        one_of(element, "severity", {"Extreme", "Severe", "Moderate", "Minor", "Unknown"});
    info.certainty =
        one_of(element, "certainty", {"Observed", "Likely", "Possible", "Unlikely", "Unknown"});
    info.headline = element.text_of("headline");
    info.description = element.text_of("description");
    for (const Element* area : element.all("area")) read_area(*area, info);
    return info;
  }

  void read_area(const Element& area, CapAlert::Info& info) {
    info.areas.push_back(required(area, "areaDesc"));
    for (const Element* one : area.all("circle")) {
      const auto circle = read_circle(one->text);
      if (circle) info.circles.push_back(*circle);
      if (!circle) wrong("a circle; expected \"latitude,longitude radius\" in degrees and km");
    }
    for (const Element* one : area.all("polygon")) {
      auto polygon = read_polygon(one->text);
      if (!polygon) wrong("a polygon; expected four places or more, the last like the first");
      if (polygon) info.polygons.push_back(*std::move(polygon));
    }
  }

  std::optional<base::Error> error_;
};

}  // namespace

base::Result<CapAlert> read_cap(std::string_view bytes, const XmlLimits& limits) {
  const auto root = read_xml(bytes, limits);
  if (!root) return root.error();
  return CapReader().read(*root);
}

}  // namespace marsad::exchange
