// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace marsad::exchange {

// One element of XML that came in.
struct Element {
  std::string name;                               // without its prefix
  std::string namespace_;                         // empty where there is none
  std::map<std::string, std::string> attributes;  // by name without prefix
  std::string text;                               // all text directly in it
  std::vector<Element> children;

  const Element* child(std::string_view wanted) const;
  std::vector<const Element*> all(std::string_view wanted) const;
  // A child's text without the blanks around it; empty where there is none.
  std::string text_of(std::string_view wanted) const;
};

struct XmlLimits {
  std::size_t bytes = 256 * 1024;
  std::size_t depth = 16;
  std::size_t elements = 4096;
};

// Reads XML that anybody may have written. A document type is refused whatever it says, so that no
// entity is declared, expanded or fetched. Errors tell the line and what was expected.
base::Result<Element> read_xml(std::string_view bytes, const XmlLimits& limits = {});

// A text as it stands in XML and HTML, between tags and in quotes. What XML can't hold (control
// characters, bytes that are no UTF-8) becomes U+FFFD.
std::string escaped(std::string_view text);

// Text without blanks before and after it.
std::string trimmed(std::string_view text);

// "<name>text</name>" with the text escaped.
std::string element(std::string_view name, std::string_view text);

// The time in XML's form, with or without decimals and with any zone.
std::optional<base::Time> read_xml_time(std::string_view text);

// A number written in decimals; none where it is anything else, or not finite.
std::optional<double> read_xml_number(std::string_view text);

}  // namespace marsad::exchange
