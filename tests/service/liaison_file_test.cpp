// SPDX-License-Identifier: Apache-2.0
#include "service/liaison_file.h"

#include <gmock/gmock.h>

namespace marsad::service {
namespace {

using liaison::Field;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kPartner = R"([[partner]]
id = "north"
name = "Force of the north"
kilometres = ["0-190", "240-260.5"]
heading = ["far"]
kinds = ["crossing"]
hours_utc = "22:00-05:30"
language = "ckb"
route = "relayed"
relays = ["coalition cell"]
)";

const std::string kDisclosure = R"([[disclosure]]
partner = "north"
kinds = ["crossing"]
fields = ["place", "kind"]
grid_m = 1000
delay_s = 600
persons = 2
)";

// What is wrong with a file, a line each.
std::string wrong_with(const std::string& text) {
  std::string out;
  for (const base::Error& error : read_liaison(text, "liaison.toml").errors) {
    out += to_string(error) + "\n";
  }
  return out;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  return text.replace(text.find(what), what.size(), by);
}

TEST(LiaisonFile, SaysWhoHearsWhat) {
  const LoadedLiaison loaded = read_liaison(kPartner + kDisclosure, "liaison.toml");
  ASSERT_TRUE(loaded.errors.empty()) << wrong_with(kPartner + kDisclosure);
  const liaison::Partner* const partner = loaded.liaison.partner({"north"});
  ASSERT_NE(partner, nullptr);
  EXPECT_THAT(partner->stretches,
              ElementsAre(liaison::Stretch{0, 190'000}, liaison::Stretch{240'000, 260'500}));
  EXPECT_THAT(partner->heading, ElementsAre(liaison::Side::far));
  EXPECT_EQ(partner->hours, (liaison::Hours{std::chrono::hours(22), std::chrono::minutes(330)}));
  EXPECT_EQ(partner->language, liaison::Language::ckb);
  EXPECT_THAT(partner->relays, ElementsAre("coalition cell"));
  const auto* entry = loaded.liaison.policy.find({"north"}, incident::Kind::crossing);
  ASSERT_NE(entry, nullptr);
  EXPECT_THAT(entry->fields, ElementsAre(Field::kind, Field::place));
  EXPECT_EQ(entry->grid_m, 1000);
  EXPECT_EQ(entry->delay_s, 600);
  EXPECT_EQ(entry->persons, 2);
}

TEST(LiaisonFile, NamesLineAndKeyOfEverythingThatIsWrong) {
  const std::string text =
      replaced(kPartner, "240-260.5", "260-240") + replaced(kDisclosure, "\"place\"", "\"name\"");
  EXPECT_THAT(wrong_with(text),
              AllOf(HasSubstr("liaison.toml:4: partner[1].kilometres: found '260-240'"),
                    HasSubstr("disclosure[1].fields: found 'name'; expected some of kind, time")));
}

TEST(LiaisonFile, TakesNoSilenceForConsent) {
  EXPECT_THAT(wrong_with(kPartner + replaced(kDisclosure, "grid_m = 1000\n", "")),
              HasSubstr("grid_m: missing"));
  EXPECT_THAT(wrong_with(kPartner + replaced(kDisclosure, "delay_s = 600\n", "")),
              HasSubstr("delay_s: missing"));
  EXPECT_THAT(wrong_with(kPartner + replaced(kDisclosure, "persons = 2\n", "")),
              HasSubstr("persons: missing"));
  EXPECT_THAT(wrong_with(kPartner + replaced(kDisclosure, "persons = 2", "persons = 0")),
              HasSubstr("persons: 0 is out of range"));
}

TEST(LiaisonFile, TakesOneEntryOnlyForAPartnerAndKind) {
  EXPECT_THAT(wrong_with(kPartner + kDisclosure + kDisclosure),
              HasSubstr("a second entry for 'north' and crossing"));
  EXPECT_THAT(wrong_with(kPartner + kPartner), HasSubstr("'north' is taken"));
  EXPECT_THAT(wrong_with(kDisclosure), HasSubstr("no [[partner]] of id 'north'"));
}

TEST(LiaisonFile, WantsARouteOrTheReasonWhyThereIsNone) {
  EXPECT_THAT(wrong_with(replaced(kPartner, "relays = [\"coalition cell\"]\n", "")),
              HasSubstr("relays"));
  EXPECT_THAT(wrong_with(replaced(kPartner, "route = \"relayed\"\n", "")),
              HasSubstr("route: missing"));
  EXPECT_THAT(wrong_with(replaced(replaced(kPartner, "\"relayed\"", "\"none\""),
                                  "relays = [\"coalition cell\"]\n", "")),
              HasSubstr("why there is no route"));
  EXPECT_THAT(wrong_with(replaced(kPartner, "22:00-05:30", "22-5")), HasSubstr("hours_utc"));
}

}  // namespace
}  // namespace marsad::service
