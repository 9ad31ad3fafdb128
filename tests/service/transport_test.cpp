// SPDX-License-Identifier: Apache-2.0
// Notices over TLS and by e-mail: who the other side is, is proven or nothing is sent.
#include <gmock/gmock.h>

#include <atomic>

#include "exchange/webhook.h"
#include "service/http_server.h"
#include "service/notice_post.h"
#include "service/tls_front.h"
#include "tests/service/fake_mail_server.h"
#include "tests/service/throwaway_certificates.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;
using testing::Not;

exchange::Dispatch dispatch() {
  liaison::Notice notice;
  notice.to.text = "north";
  notice.kind = incident::Kind::crossing;
  notice.mover = sensor::MoverClass::vehicle;
  return {notice, "marsad.example", 17, base::Time{}, 2, {}};
}

// A partner's server behind TLS, whose certificate an authority signed.
class TransportTest : public ::testing::Test {
 protected:
  TransportTest() {
    ServerSettings settings;
    settings.port = 0;
    server_.emplace(HttpServer::start(settings,
                                      [this](const HttpRequest& request) {
                                        ++requests_;
                                        body_ = request.body;
                                        return HttpResponse{200, "text/plain", "have it", {}};
                                      },
                                      {})
                        .value());
    front_.emplace(
        TlsFront::start("127.0.0.1", 0, authority_.server("partner"), server_->port()).value());
  }

  liaison::Channel webhook(const std::string& authority, const std::string& name = "") const {
    liaison::Channel channel;
    channel.hop = "cell";
    channel.address = "https://127.0.0.1:" + std::to_string(front_->port()) + "/api/notices";
    channel.proof.authority = authority;
    channel.proof.server_name = name;
    return channel;
  }
  base::Result<Posted> post(const liaison::Channel& channel) const {
    return post_notice(channel, dispatch(), key_);
  }
  static liaison::Channel mail(const std::string& address) {
    liaison::Channel channel{"cell", liaison::Form::email, address, {}, {}};
    channel.mailing = {
        "marsad@site.example", {"cell@partner.example", "duty@partner.example"}, "", "", false};
    return channel;
  }

  const test::TemporaryFolder folder_;
  const ThrowawayCertificates authority_{folder_};
  const seal::SigningKey key_ = seal::SigningKey::make();
  std::atomic<int> requests_ = 0;
  std::string body_;
  std::optional<HttpServer> server_;
  std::optional<TlsFront> front_;
};

TEST_F(TransportTest, GivesAWebhookToWhoseCertificateTheAuthoritySigned) {
  const auto posted = post(webhook(authority_.authority()));
  ASSERT_TRUE(posted) << to_string(posted.error());
  EXPECT_EQ(posted->delivery, Delivery::received);
  EXPECT_EQ(posted->answer, "answered 200: have it");
  EXPECT_EQ(body_, exchange::webhook(dispatch(), key_).body);
}

TEST_F(TransportTest, GivesNothingToAServerThatIsNotWhoItShouldBe) {
  const ThrowawayCertificates other(folder_, "other");
  const auto stranger = post(webhook(other.authority()));
  ASSERT_FALSE(stranger);
  EXPECT_THAT(to_string(stranger.error()), HasSubstr("certificate"));
  EXPECT_FALSE(post(webhook(""))) << "nobody on the system's list signed it";
  const auto misnamed = post(webhook(authority_.authority(), "bank.example"));
  ASSERT_FALSE(misnamed);
  EXPECT_THAT(to_string(misnamed.error()), HasSubstr("bank.example"));
  EXPECT_EQ(requests_, 0) << "not a byte of the notice went out";
  EXPECT_TRUE(post(webhook(authority_.authority(), "partner.example")));
}

TEST_F(TransportTest, HandsAnEmailToTheMailServerWhichIsNoReceipt) {
  FakeMailServer server;
  const auto posted = post(mail("smtp://127.0.0.1:" + std::to_string(server.port())));
  ASSERT_TRUE(posted) << to_string(posted.error());
  EXPECT_EQ(posted->delivery, Delivery::handed);
  EXPECT_THAT(posted->answer, HasSubstr("250 2.0.0 queued as 4711"));
  const std::string heard = server.heard();
  EXPECT_THAT(heard, HasSubstr("EHLO marsad.example"));
  EXPECT_THAT(heard, HasSubstr("MAIL FROM:<marsad@site.example>"));
  EXPECT_THAT(heard, HasSubstr("RCPT TO:<cell@partner.example>"));
  EXPECT_THAT(heard, HasSubstr("RCPT TO:<duty@partner.example>"));
  EXPECT_THAT(heard, HasSubstr("Subject: Notice marsad.example.north.17 (sent again)"));
  EXPECT_THAT(heard, HasSubstr("Message-ID: <marsad.example.north.17.2@marsad.example>"));
  EXPECT_THAT(heard, HasSubstr("notice.cap.xml"));
  EXPECT_THAT(heard, Not(HasSubstr("ehicle"))) << "what is told is in no header";
}

TEST_F(TransportTest, SaysWhatTheMailServerHasAgainstALetter) {
  FakeMailServer server("554 5.7.1 rejected by policy");
  const auto posted = post(mail("smtp://127.0.0.1:" + std::to_string(server.port())));
  ASSERT_FALSE(posted);
  EXPECT_THAT(to_string(posted.error()), HasSubstr("554"));
}

TEST_F(TransportTest, SendsNoEmailWithoutTlsWhereThatIsWanted) {
  FakeMailServer server;
  liaison::Channel channel = mail("smtp://127.0.0.1:" + std::to_string(server.port()));
  channel.mailing.starttls = true;
  const auto posted = post(channel);
  ASSERT_FALSE(posted);
  EXPECT_THAT(server.heard(), Not(HasSubstr("MAIL FROM")));
}

TEST_F(TransportTest, SendsEmailsAndPasswordsOverTlsToTheRightServer) {
  FakeMailServer server("250 fine", {"AUTH PLAIN"});
  const auto front =
      TlsFront::start("127.0.0.1", 0, authority_.server("mail"), server.port()).value();
  liaison::Channel channel = mail("smtps://127.0.0.1:" + std::to_string(front.port()));
  folder_.write("password", "open sesame\n");
  channel.mailing.user = "marsad";
  channel.mailing.password_file = folder_.file("password");
  EXPECT_FALSE(post(channel)) << "an authority nobody knows";
  EXPECT_THAT(server.heard(), Not(HasSubstr("AUTH")));
  channel.proof.authority = authority_.authority();
  const auto posted = post(channel);
  ASSERT_TRUE(posted) << to_string(posted.error());
  EXPECT_EQ(posted->delivery, Delivery::handed);
  EXPECT_THAT(server.heard(), HasSubstr("AG1hcnNhZABvcGVuIHNlc2FtZQ=="))
      << "the name and the file's first line, as AUTH PLAIN has them";
}

}  // namespace
}  // namespace marsad::service
