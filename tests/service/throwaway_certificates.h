// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <string>

#include "base/check.h"
#include "liaison/channel.h"
#include "service/certificate.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {

// Certificates made for one test by openssl's program, valid for a day: of an authority, and of who
// is signed by it.
class ThrowawayCertificates {
 public:
  // `name`: of the authority's files.
  explicit ThrowawayCertificates(const test::TemporaryFolder& folder, std::string name = "ca")
      : folder_(folder), name_(std::move(name)) {
    run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=" + name_ +
        " -keyout " + file(name_ + ".key") + " -out " + authority());
  }

  std::string authority() const { return file(name_ + ".crt"); }

  // Makes NAME.crt and NAME.key for one who is called so at these names: "DNS:tak.example".
  liaison::Proof sign(const std::string& name, const std::string& alternatives) const {
    const std::string request = file(name + ".csr"), extensions = name + ".ext";
    folder_.write(extensions, "subjectAltName=" + alternatives + "\n");
    run("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout " +
        file(name + ".key") + " -out " + request);
    run("x509 -req -days 1 -CAcreateserial -in " + request + " -CA " + authority() + " -CAkey " +
        file(name_ + ".key") + " -extfile " + file(extensions) + " -out " + file(name + ".crt"));
    return {authority(), file(name + ".crt"), file(name + ".key")};
  }
  // The same for a server of 127.0.0.1.
  Certificate server(const std::string& name) const {
    const liaison::Proof proof = sign(name, "IP:127.0.0.1,DNS:" + name + ".example");
    return {proof.certificate, proof.key, ""};
  }

 private:
  std::string file(const std::string& name) const { return folder_.file(name); }
  static void run(const std::string& arguments) {
    CHECK(std::system(("openssl " + arguments + " 2> /dev/null").c_str()) == 0);
  }

  const test::TemporaryFolder& folder_;
  const std::string name_;
};

}  // namespace marsad::service
