// SPDX-License-Identifier: Apache-2.0
#include "service/curl_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

#include "base/check.h"

namespace marsad::service {
namespace {

constexpr long kConnect_ms = 5'000;
constexpr long kPatience_ms = 10'000;            // for all of one notice
constexpr std::size_t kKeptBytes = 2'000;        // of an answer
constexpr std::size_t kMostBytes = 1024 * 1024;  // of an answer, then it is cut off
constexpr std::size_t kLongestLine = 300;

// Once for the program. Without signals libcurl leaves it to us that writing to a connection which
// the other side closed does not end the program.
void initialise() {
  static const CURLcode code = [] {
    std::signal(SIGPIPE, SIG_IGN);
    return curl_global_init(CURL_GLOBAL_DEFAULT);
  }();
  CHECK(code == CURLE_OK);
}

CURL* new_handle() {
  initialise();
  CURL* const handle = curl_easy_init();
  CHECK(handle != nullptr);
  return handle;
}

}  // namespace

CurlCall::CurlCall(const Address& to, const std::string& scheme, const std::string& path,
                   const liaison::Proof& proof)
    : handle_(new_handle(), &curl_easy_cleanup),
      where_(fmt::format("{}://{}:{}", to.scheme, to.bracketed_host(), to.port)) {
  const std::string host = proof.server_name.empty() ? to.bracketed_host() : proof.server_name;
  set(CURLOPT_URL, fmt::format("{}://{}:{}{}", scheme, host, to.port, path).c_str());
  set(CURLOPT_PROTOCOLS_STR, scheme.c_str());
  connect_to_.add(fmt::format("::{}:{}", to.bracketed_host(), to.port));
  set(CURLOPT_CONNECT_TO, connect_to_.get());
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_CONNECTTIMEOUT_MS, kConnect_ms);
  set(CURLOPT_TIMEOUT_MS, kPatience_ms);
  set(CURLOPT_ERRORBUFFER, why_);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!proof.authority.empty()) {
    set(CURLOPT_CAINFO, proof.authority.c_str());
    set(CURLOPT_CAPATH, nullptr);
  }
  if (!proof.certificate.empty()) {
    set(CURLOPT_SSLCERT, proof.certificate.c_str());
    set(CURLOPT_SSLKEY, proof.key.c_str());
  }
  set(CURLOPT_WRITEFUNCTION, &CurlCall::take_body);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_HEADERFUNCTION, &CurlCall::take_line);
  set(CURLOPT_HEADERDATA, this);
}

base::Result<void> CurlCall::perform() {
  const CURLcode code = curl_easy_perform(handle());
  if (code != CURLE_OK) return error(code);
  return {};
}

long CurlCall::status() const {
  long status = 0;
  curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
  return status;
}

base::Error CurlCall::error(CURLcode code) const {
  std::string why = why_[0] != '\0' ? one_line(why_) : std::string(curl_easy_strerror(code));
  if (code == CURLE_COULDNT_CONNECT) why = "can't connect: " + why;
  return {where_, why};
}

std::size_t CurlCall::take_body(char* data, std::size_t size, std::size_t count, void* self) {
  CurlCall& call = *static_cast<CurlCall*>(self);
  call.taken_bytes_ += size * count;
  if (call.taken_bytes_ > kMostBytes) return 0;  // which ends the transfer with an error
  const std::size_t room = kKeptBytes - call.body_.size();
  call.body_.append(data, std::min(room, size * count));
  return size * count;
}

std::size_t CurlCall::take_line(char* data, std::size_t size, std::size_t count, void* self) {
  static_cast<CurlCall*>(self)->last_line_ = one_line({data, size * count});
  return size * count;
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kLongestLine)) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    out += is_control ? ' ' : c;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace marsad::service
