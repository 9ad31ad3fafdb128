// SPDX-License-Identifier: Apache-2.0
#include "exchange/xml.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace marsad::exchange {
namespace {

using testing::HasSubstr;

std::string error(const std::string& xml, const XmlLimits& limits = {}) {
  const auto read = read_xml(xml, limits);
  return read ? "nothing" : to_string(read.error());
}

TEST(Xml, IsReadWithNamespacesAttributesAndText) {
  const auto root = read_xml("<a xmlns='urn:x' b='1'>t<c>x &lt; y</c><c/>u</a>");
  ASSERT_TRUE(root) << to_string(root.error());
  EXPECT_EQ(root->name, "a");
  EXPECT_EQ(root->namespace_, "urn:x");
  EXPECT_EQ(root->attributes.at("b"), "1");
  EXPECT_EQ(root->text, "tu");
  EXPECT_EQ(root->all("c").size(), 2U);
  EXPECT_EQ(root->text_of("c"), "x < y");
}

TEST(Xml, IsRefusedWhereItHasADocumentTypeSoThatNoEntityIsEverExpanded) {
  EXPECT_THAT(error("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"),
              HasSubstr("a document type; none is allowed"));
  EXPECT_THAT(error("<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>"),
              HasSubstr("document type"));
  EXPECT_THAT(error("<!DOCTYPE a><a/>"), HasSubstr("document type"));
  EXPECT_THAT(error("<a>&e;</a>"), HasSubstr("undefined entity"));
}

TEST(Xml, IsRefusedBeyondItsLimits) {
  EXPECT_THAT(error("<a>" + std::string(300'000, ' ') + "</a>"), HasSubstr("expected at most"));
  std::string deep, wide = "<a>";
  for (int i = 0; i < 20; ++i) deep += "<a>";
  for (int i = 0; i < 5000; ++i) wide += "<b/>";
  EXPECT_THAT(error(deep), HasSubstr("deeper than 16"));
  EXPECT_THAT(error(wide + "</a>"), HasSubstr("more than 4096 elements"));
}

TEST(Xml, NamesTheLineOfAMistake) {
  EXPECT_THAT(error("<a>\n<b>\n</a>"), HasSubstr("XML, line 3: mismatched tag"));
  EXPECT_THAT(error(""), HasSubstr("no element found"));
}

RC_GTEST_PROP(Xml, GivesEveryTextBackThatItEscaped, ()) {
  const std::string any = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  const auto root = read_xml("<a b=\"" + escaped(any) + "\">" + escaped(any) + "</a>");
  RC_ASSERT(root.has_value());
  const std::string plain = *rc::gen::container<std::string>(rc::gen::inRange(' ', '~'));
  RC_ASSERT(read_xml("<a>" + escaped(plain) + "</a>")->text == plain);
}

TEST(Xml, ReplacesWhatItCantHold) {
  EXPECT_EQ(escaped("a\x01z"), "a\xef\xbf\xbdz");
  EXPECT_EQ(escaped("\xff"), "\xef\xbf\xbd");
  EXPECT_EQ(escaped("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd") << "a surrogate";
  EXPECT_EQ(escaped("برج"), "برج");
}

TEST(XmlTime, IsReadWithAnyZoneAndOnlyWithOne) {
  const auto noon = base::parse_iso8601("2026-11-22T12:00:00Z").value();
  EXPECT_EQ(read_xml_time("2026-11-22T12:00:00Z"), noon);
  EXPECT_EQ(read_xml_time("2026-11-22T15:30:00+03:30"), noon);
  EXPECT_EQ(read_xml_time("2026-11-22T07:00:00.000-05:00"), noon);
  EXPECT_EQ(read_xml_time("2026-11-22T12:00:00-00:00"), noon);
  for (const char* wrong : {"", "Z", "2026-11-22T12:00:00", "2026-11-22T12:00:00+3:00",
                            "2026-11-22T12:00:00+99:00", "2026-13-22T12:00:00Z", "+03:00"}) {
    EXPECT_EQ(read_xml_time(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace marsad::exchange
