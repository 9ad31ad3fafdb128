// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "liaison/channel.h"
#include "service/address.h"

// One use of libcurl: to one server, verified, with a limit of time. Only for .cpp files of this
// room.
namespace marsad::service {

// A list of header fields or receivers, as libcurl wants them.
class CurlList {
 public:
  void add(const std::string& text) {
    curl_slist* const longer = curl_slist_append(list_.get(), text.c_str());
    if (longer == nullptr) return;
    static_cast<void>(list_.release());
    list_.reset(longer);
  }
  curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> list_{nullptr, &curl_slist_free_all};
};

// The server's certificate is always verified, against `proof.authority` alone where there is one;
// so is the name on it. Proxies of the environment are not used, redirections not followed.
class CurlCall {
 public:
  // `scheme` and `path` are those that libcurl is to speak with. `proof` must stay.
  CurlCall(const Address& to, const std::string& scheme, const std::string& path,
           const liaison::Proof& proof);
  CurlCall(const CurlCall&) = delete;  // libcurl knows where it is
  CurlCall& operator=(const CurlCall&) = delete;

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(handle_.get(), option, value);
  }
  CURL* handle() const { return handle_.get(); }

  // Does it. Errors: what was wrong, in libcurl's words where those tell more.
  base::Result<void> perform();
  // The status of the answer.
  long status() const;
  // Up to so many bytes that came as the answer's body, and the last line of its header.
  const std::string& body() const { return body_; }
  const std::string& last_line() const { return last_line_; }

  const std::string& where() const { return where_; }  // "https://192.0.2.7:443"
  // What went wrong, as an error about this server.
  base::Error error(CURLcode code) const;

 private:
  static std::size_t take_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t take_line(char* data, std::size_t size, std::size_t count, void* self);

  std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle_;
  CurlList connect_to_;
  const std::string where_;
  char why_[CURL_ERROR_SIZE] = {};
  std::size_t taken_bytes_ = 0;
  std::string body_;
  std::string last_line_;
};

// What another side said, fit for a line of the log and the record: control characters become
// blanks, and what is longer is cut.
std::string one_line(std::string_view text);

}  // namespace marsad::service
