// SPDX-License-Identifier: Apache-2.0
#include "service/tls_front.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "service/http_server.h"
#include "service/site.h"
#include "tests/service/http_client.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A server behind a front, whose certificate lies in a folder of its own.
class TlsFrontTest : public ::testing::Test {
 protected:
  TlsFrontTest() {
    ServerSettings settings;
    settings.port = 0;
    server_.emplace(HttpServer::start(settings,
                                      [](const HttpRequest& request) {
                                        return HttpResponse{
                                            200, "text/plain", "you asked " + request.path, {}};
                                      },
                                      {})
                        .value());
    front_.emplace(TlsFront::start("127.0.0.1", 0, certificate_, server_->port()).value());
  }

  // What openssl's client gets for a request, with further options.
  std::string ask(const std::string& options) const {
    const std::string command =
        "printf 'GET /api/x HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' | "
        "timeout 20 openssl s_client -quiet -ign_eof -connect 127.0.0.1:" +
        std::to_string(front_->port()) + " " + options + " > " + folder_.file("answer") + " 2>&1";
    static_cast<void>(std::system(command.c_str()));
    return read_text(folder_.file("answer")).value();
  }

  const test::TemporaryFolder folder_;
  const Certificate certificate_ = open_certificate(folder_.file("record.db"), "127.0.0.1").value();
  std::optional<HttpServer> server_;
  std::optional<TlsFront> front_;
};

TEST_F(TlsFrontTest, PassesRequestsAndAnswersOnWithACertificateThatHolds) {
  EXPECT_THAT(ask("-verify_return_error -verify_ip 127.0.0.1 -CAfile " + folder_.file("tls.crt")),
              HasSubstr("you asked /api/x"));
}

TEST_F(TlsFrontTest, SpeaksNeitherOldTlsNorPlainHttp) {
  EXPECT_THAT(ask("-tls1_1 -cipher ALL:@SECLEVEL=0"), testing::Not(HasSubstr("you asked")));
  HttpClient plain(front_->port());
  plain.send("GET /api/x HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(plain.read_reply());
  EXPECT_THAT(ask(""), HasSubstr("you asked /api/x")) << "others are served after that";
}

TEST_F(TlsFrontTest, KeepsItsCertificateAndHidesItsKey) {
  EXPECT_EQ(open_certificate(folder_.file("record.db"), "127.0.0.1")->fingerprint,
            certificate_.fingerprint);
  EXPECT_EQ(certificate_.fingerprint.size(), 32 * 3U - 1);
  EXPECT_EQ(fs::status(certificate_.key).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  fs::remove(certificate_.key);
  EXPECT_THAT(to_string(open_certificate(folder_.file("record.db"), "127.0.0.1").error()),
              HasSubstr("tls.key: missing"));
}

}  // namespace
}  // namespace marsad::service
