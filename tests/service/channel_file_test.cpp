// SPDX-License-Identifier: Apache-2.0
#include "service/channel_file.h"

#include <gmock/gmock.h>

#include "service/liaison_file.h"
#include "service/site.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class ChannelFileTest : public ::testing::Test {
 protected:
  ChannelFileTest() {
    for (const char* name : {"ca.crt", "us.crt", "us.key", "password"}) folder_.write(name, "x");
  }
  LoadedLiaison read(const std::string& text) const {
    return read_liaison(text, folder_.file("liaison.toml"));
  }
  std::string wrong_with(const std::string& text) const {
    std::string out;
    for (const base::Error& error : read(text).errors) out += to_string(error) + "\n";
    return out;
  }

  const test::TemporaryFolder folder_;
  const std::string proof_ = "authority = \"ca.crt\"\ncertificate = \"us.crt\"\nkey = \"us.key\"\n";
  const std::string tak_ =
      "[[channel]]\nhop = \"tak\"\nform = \"cot\"\naddress = \"tls://192.0.2.7:8089\"\n";
  static std::string mail_to(const std::string& receivers) {
    return "[[channel]]\nhop = \"duty\"\nform = \"email\"\naddress = \"smtp://192.0.2.9:587\"\n"
           "from = \"marsad@site.example\"\nto = " +
           receivers + "\n";
  }
  const std::string mail_ = mail_to("[\"duty@partner.example\"]");
  const std::string listener_ =
      "[[listener]]\nname = \"patrols\"\naddress = \"tls://192.0.2.1:8089\"\n";
};

TEST_F(ChannelFileTest, SaysHowEachHopIsReachedAndWhereOthersReachUs) {
  const LoadedLiaison loaded = read(tak_ + "server_name = \"tak.example\"\n" + proof_ + mail_ +
                                    "user = \"marsad\"\npassword_file = \"password\"\n" +
                                    listener_ + proof_ + "allegiance = \"allied\"\n");
  ASSERT_THAT(loaded.errors, IsEmpty());
  const liaison::Channel& tak = *loaded.liaison.channel("tak");
  EXPECT_EQ(tak.form, liaison::Form::cot);
  EXPECT_EQ(tak.proof.authority, folder_.file("ca.crt")) << "beside the liaison file";
  EXPECT_EQ(tak.proof.server_name, "tak.example");
  const liaison::Channel& mail = *loaded.liaison.channel("duty");
  EXPECT_THAT(mail.mailing.to, ElementsAre("duty@partner.example"));
  EXPECT_TRUE(mail.mailing.starttls);
  EXPECT_EQ(mail.mailing.password_file, folder_.file("password"));
  ASSERT_EQ(loaded.liaison.listeners.size(), 1U);
  EXPECT_EQ(loaded.liaison.listeners[0].allegiance, border::Allegiance::allied);
}

// What docs/integrator.md shows for partners, a TAK server and e-mail; run in the source's folder.
TEST_F(ChannelFileTest, TakesTheExampleOfTheGuide) {
  const auto guide = read_text("docs/integrator.md");
  if (!guide) GTEST_SKIP() << "not in the source's folder";
  const std::size_t section = guide->find("## Partners, a TAK server, e-mail");
  ASSERT_NE(section, std::string::npos);
  const std::string fence = "```toml\n";
  const std::size_t begin = guide->find(fence, section) + fence.size();
  for (const char* name : {"tak-ca.crt", "marsad.crt", "marsad.key", "mail.password",
                           "patrols-ca.crt", "server.crt", "server.key"}) {
    folder_.write(std::string("keys/") + name, "x");
  }
  const std::string example = guide->substr(begin, guide->find("```", begin) - begin);
  EXPECT_EQ(wrong_with(example), "");
  EXPECT_EQ(read(example).liaison.channels.size(), 3U);
  EXPECT_EQ(read(example).liaison.listeners.size(), 1U);
}

TEST_F(ChannelFileTest, WantsProofOfBothSidesWhereCursorOnTargetGoesOverTls) {
  EXPECT_THAT(wrong_with(tak_), HasSubstr("liaison.toml:1: channel[1].authority: missing"));
  EXPECT_THAT(wrong_with(tak_), HasSubstr("certificate: missing"));
  EXPECT_THAT(wrong_with(listener_), HasSubstr("listener[1].authority: missing"));
  EXPECT_THAT(wrong_with(tak_ + "authority = \"ca.crt\"\ncertificate = \"us.crt\"\n"),
              HasSubstr("key: missing; expected both"));
  EXPECT_THAT(wrong_with(tak_ + "authority = \"none.crt\"\n"), HasSubstr("none.crt'; expected a "
                                                                         "file that can be read"));
}

TEST_F(ChannelFileTest, WantsAnAddressThatFitsTheForm) {
  EXPECT_THAT(wrong_with("[[channel]]\nhop = \"a\"\nform = \"webhook\"\naddress = \"tls://b:1\"\n"),
              HasSubstr("expected one like https://"));
  EXPECT_THAT(
      wrong_with("[[channel]]\nhop = \"a\"\nform = \"cap\"\naddress = \"http://b:1\"\n" + proof_),
      HasSubstr("speaks no TLS"));
  EXPECT_THAT(wrong_with("[[channel]]\nhop = \"a\"\nform = \"cap\"\naddress = \"http://b:1\"\n"
                         "server_name = \"c\"\n"),
              HasSubstr("server_name: is for TLS"));
}

TEST_F(ChannelFileTest, ListensToNobodyUnprovenFromOutside) {
  EXPECT_THAT(wrong_with("[[listener]]\nname = \"a\"\naddress = \"tcp://0.0.0.0:8087\"\n"),
              HasSubstr("to which anybody could send"));
  EXPECT_EQ(wrong_with("[[listener]]\nname = \"a\"\naddress = \"tcp://127.0.0.1:8087\"\n"), "");
  EXPECT_THAT(wrong_with(listener_ + proof_ + listener_ + proof_), HasSubstr("'patrols' is taken"));
}

TEST_F(ChannelFileTest, LetsNoMailAddressOrPasswordGoAstray) {
  EXPECT_EQ(wrong_with(mail_), "");
  EXPECT_THAT(wrong_with(mail_ + "starttls = false\nuser = \"a\"\npassword_file = \"password\"\n"),
              HasSubstr("whose password would be sent for all to read"));
  EXPECT_THAT(wrong_with(mail_ + "user = \"a\"\n"), HasSubstr("user and password_file"));
  EXPECT_THAT(wrong_with(mail_to("[\"duty@partner.example>\\r\\nDATA\"]")),
              HasSubstr("expected one like cell@partner.example"));
  EXPECT_THAT(wrong_with(mail_to("[]")), HasSubstr("at least one e-mail address"));
}

}  // namespace
}  // namespace marsad::service
