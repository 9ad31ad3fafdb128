// SPDX-License-Identifier: Apache-2.0
#include "tests/video/rtsp_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace marsad::video::test {
namespace {

using namespace std::chrono_literals;
constexpr auto kPicturePeriod = 20ms;
constexpr std::uint32_t kTicksPerPicture = 1800;  // of 90 kHz
constexpr std::uint32_t kFirstTick = 123456789;

// A picture ends with its slice: NAL unit types 1 and 5.
std::vector<std::vector<Bytes>> split(const Bytes& h264) {
  constexpr std::array<std::uint8_t, 3> kStartCode = {0, 0, 1};
  std::vector<std::vector<Bytes>> pictures(1);
  auto at = std::ranges::search(h264, kStartCode).begin();
  while (at != h264.end()) {
    const auto begin = at + 3;
    at = std::search(begin, h264.end(), kStartCode.begin(), kStartCode.end());
    Bytes unit(begin, at);
    while (!unit.empty() && unit.back() == 0) unit.pop_back();
    const int type = unit.at(0) & 0x1f;
    pictures.back().push_back(std::move(unit));
    if (type == 1 || type == 5) pictures.emplace_back();
  }
  pictures.pop_back();
  return pictures;
}

void append(Bytes& bytes, std::uint32_t value, int length) {
  while (length-- > 0) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * length)));
}

void send_all(int client, std::span<const std::uint8_t> bytes) {
  // A client that is gone shows when it is next listened to.
  (void)::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

bool has_input(int socket, std::chrono::milliseconds wait) {
  pollfd waiting{socket, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(wait.count())) > 0;
}

}  // namespace

RtspServer::RtspServer(const Bytes& h264, std::uint16_t port) : pictures_(split(h264)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  CHECK(::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof(address);
  CHECK(::bind(listener_, generic, size) == 0);
  CHECK(::listen(listener_, 4) == 0);
  CHECK(::getsockname(listener_, generic, &size) == 0);
  port_ = ntohs(address.sin_port);
  thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

RtspServer::~RtspServer() {
  thread_.request_stop();
  thread_.join();
  ::close(listener_);
}

void RtspServer::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!has_input(listener_, 10ms)) continue;
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    serve_client(client, stop);
    ::close(client);
  }
}

void RtspServer::serve_client(int client, const std::stop_token& stop) {
  bool playing = false;
  std::uint32_t index = 2;  // a client joins between key pictures
  std::string request;
  auto next_picture = std::chrono::steady_clock::now();
  while (!stop.stop_requested()) {
    if (has_input(client, playing ? 1ms : 10ms)) {
      std::array<char, 4096> input{};
      const ssize_t found = ::recv(client, input.data(), input.size(), 0);
      if (found <= 0) return;
      request.append(input.data(), static_cast<std::size_t>(found));
    }
    if (silent_) continue;
    if (request.ends_with("\r\n\r\n")) {
      if (!answer(client, request)) return;
      playing = playing || request.starts_with("PLAY");
      request.clear();
    }
    if (playing && std::chrono::steady_clock::now() >= next_picture) {
      send_picture(client, index++);
      next_picture += kPicturePeriod;
    }
  }
}

// False after the client's farewell.
bool RtspServer::answer(int client, const std::string& request) {
  const std::size_t at = request.find("CSeq: ");
  const std::string sequence = request.substr(at, request.find("\r\n", at) - at);
  std::string reply = "RTSP/1.0 200 OK\r\n" + sequence + "\r\nSession: 1\r\n";
  std::string body;
  if (request.starts_with("DESCRIBE")) {
    body =
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=thermal\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
        "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 packetization-mode=1\r\n"
        "a=control:track1\r\n";
    reply += "Content-Type: application/sdp\r\n";
  } else if (request.starts_with("SETUP")) {
    reply += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n";
  }
  reply += fmt::format("Content-Length: {}\r\n\r\n{}", body.size(), body);
  send_all(client, Bytes(reply.begin(), reply.end()));
  if (!request.starts_with("TEARDOWN")) return true;
  ++teardowns_;
  return false;
}

// Each NAL unit is one RTP packet [RFC 6184 §5.6] in an interleaved frame [RFC 2326 §10.12].
void RtspServer::send_picture(int client, std::uint32_t index) {
  const std::vector<Bytes>& units = pictures_[index % pictures_.size()];
  for (const Bytes& unit : units) {
    Bytes packet = {'$', 0};
    append(packet, static_cast<std::uint32_t>(unit.size() + 12), 2);
    packet.push_back(0x80);
    packet.push_back(&unit == &units.back() ? 0x80 | 96 : 96);
    append(packet, sequence_++, 2);
    append(packet, kFirstTick + index * kTicksPerPicture, 4);
    append(packet, 0x4d415253, 4);
    packet.insert(packet.end(), unit.begin(), unit.end());
    send_all(client, packet);
  }
}

}  // namespace marsad::video::test
