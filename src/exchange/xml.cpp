// SPDX-License-Identifier: Apache-2.0
#include "exchange/xml.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <tuple>

namespace marsad::exchange {
namespace {

constexpr char kBetween = '\n';  // of namespace and name; no name has it

std::pair<std::string, std::string> parted(std::string_view name) {
  const std::size_t at = name.find(kBetween);
  if (at == std::string_view::npos) return {"", std::string(name)};
  return {std::string(name.substr(0, at)), std::string(name.substr(at + 1))};
}

// Builds the tree as the parser meets elements, and stops it where a limit is passed.
class Builder {
 public:
  explicit Builder(const XmlLimits& limits)
      : limits_(limits), parser_(XML_ParserCreateNS(nullptr, kBetween), &XML_ParserFree) {
    CHECK(parser_ != nullptr);
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(
        parser_.get(),
        [](void* self, const char* name, const char** attributes) {
          static_cast<Builder*>(self)->begin(name, attributes);
        },
        [](void* self, const char*) {
          // Also called for an element at which reading was stopped.
          auto& open = static_cast<Builder*>(self)->open_;
          if (!open.empty()) open.pop_back();
        });
    XML_SetCharacterDataHandler(parser_.get(), [](void* self, const char* text, int length) {
      auto& open = static_cast<Builder*>(self)->open_;
      if (!open.empty()) open.back()->text.append(text, static_cast<std::size_t>(length));
    });
    XML_SetStartDoctypeDeclHandler(
        parser_.get(), [](void* self, const char*, const char*, const char*, int) {
          static_cast<Builder*>(self)->stop("a document type; none is allowed");
        });
  }

  base::Result<Element> read(std::string_view bytes) {
    if (bytes.size() > limits_.bytes) {
      return base::Error{"XML",
                         fmt::format("{} bytes; expected at most {}", bytes.size(), limits_.bytes)};
    }
    const auto status =
        XML_Parse(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), XML_TRUE);
    if (status == XML_STATUS_OK) return std::move(root_.children.front());
    if (why_.empty()) why_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
    return base::Error{fmt::format("XML, line {}", XML_GetCurrentLineNumber(parser_.get())), why_};
  }

 private:
  void begin(const char* name, const char** attributes) {
    if (++elements_ > limits_.elements) {
      return stop(fmt::format("more than {} elements", limits_.elements));
    }
    if (open_.size() >= limits_.depth) {
      return stop(fmt::format("elements in each other deeper than {}", limits_.depth));
    }
    Element& parent = open_.empty() ? root_ : *open_.back();
    Element& element = parent.children.emplace_back();
    std::tie(element.namespace_, element.name) = parted(name);
    for (; *attributes != nullptr; attributes += 2) {
      element.attributes[parted(attributes[0]).second] = attributes[1];
    }
    open_.push_back(&element);
  }

  void stop(std::string why) {
    if (why_.empty()) why_ = std::move(why);
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  const XmlLimits& limits_;
  std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser_;
  Element root_;
  std::vector<Element*> open_;  // each is the last child of the one before, so none of them moves
  std::size_t elements_ = 0;
  std::string why_;
};

// The length of the UTF-8 character at the front that XML can hold; 0 where there is none.
std::size_t character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  std::uint32_t code = first & (0xffU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0U) != 0x80) return 0;
    code = (code << 6U) | (byte(i) & 0x3fU);
  }
  const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  const bool held = code <= 0x10ffff && code != 0xfffe && code != 0xffff;
  return overlong || surrogate || !held ? 0 : length;
}

}  // namespace

const Element* Element::child(std::string_view wanted) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const Element& one) { return one.name == wanted; });
  return found == children.end() ? nullptr : &*found;
}

std::vector<const Element*> Element::all(std::string_view wanted) const {
  std::vector<const Element*> out;
  for (const Element& one : children) {
    if (one.name == wanted) out.push_back(&one);
  }
  return out;
}

std::string Element::text_of(std::string_view wanted) const {
  const Element* const found = child(wanted);
  return found == nullptr ? "" : trimmed(found->text);
}

base::Result<Element> read_xml(std::string_view bytes, const XmlLimits& limits) {
  return Builder(limits).read(bytes);
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character(text);
    const char c = text.front();
    if (length == 0) {
      out += "\xef\xbf\xbd";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(kBlanks) - first + 1));
}

std::string element(std::string_view name, std::string_view text) {
  return fmt::format("<{0}>{1}</{0}>", name, escaped(text));
}

std::optional<base::Time> read_xml_time(std::string_view text) {
  // "2026-11-22T03:12:05.250+03:00": what follows the seconds is the zone.
  constexpr std::size_t kZone = 6;
  base::Duration shift{0};
  std::string utc(text);
  if (!text.empty() && text.back() != 'Z') {
    if (text.size() <= kZone) return std::nullopt;
    const std::string_view zone = text.substr(text.size() - kZone);
    const auto digit = [&](std::size_t i) { return zone[i] >= '0' && zone[i] <= '9'; };
    if ((zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !digit(1) || !digit(2) ||
        !digit(4) || !digit(5)) {
      return std::nullopt;
    }
    const auto number = [&](std::size_t i) { return (zone[i] - '0') * 10 + zone[i + 1] - '0'; };
    if (number(1) > 14 || number(4) > 59) return std::nullopt;
    shift = std::chrono::hours(number(1)) + std::chrono::minutes(number(4));
    if (zone[0] == '-') shift = -shift;
    utc = std::string(text.substr(0, text.size() - kZone)) + "Z";
  }
  const auto read = base::parse_iso8601(utc);
  if (!read) return std::nullopt;
  return *read - shift;
}

std::optional<double> read_xml_number(std::string_view text) {
  const std::string number = trimmed(text);
  double value = 0;
  const char* end = number.data() + number.size();
  const auto [stop, error] = std::from_chars(number.data(), end, value);
  if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace marsad::exchange
