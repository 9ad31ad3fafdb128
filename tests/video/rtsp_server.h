// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "video/encode.h"

namespace marsad::video::test {

// A camera for tests: serves one bare H.264 stream over and over on 127.0.0.1 by RTSP with the
// pictures in the same TCP connection, to one client after the other, 50 pictures a second.
class RtspServer {
 public:
  // `port` 0 takes any that is free.
  explicit RtspServer(const Bytes& h264, std::uint16_t port = 0);
  // Cuts the client off, as a power cut at the camera does.
  ~RtspServer();
  RtspServer(const RtspServer&) = delete;
  RtspServer& operator=(const RtspServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string address() const { return "rtsp://127.0.0.1:" + std::to_string(port_) + "/thermal"; }
  // Connections stay open but nothing is sent from now on, not even answers.
  void fall_silent() { silent_ = true; }
  int teardowns() const { return teardowns_; }

 private:
  void serve(const std::stop_token& stop);
  void serve_client(int client, const std::stop_token& stop);
  bool answer(int client, const std::string& request);
  void send_picture(int client, std::uint32_t index);

  std::vector<std::vector<Bytes>> pictures_;  // each its NAL units
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::uint16_t sequence_ = 0;
  std::atomic<bool> silent_ = false;
  std::atomic<int> teardowns_ = 0;
  std::jthread thread_;
};

}  // namespace marsad::video::test
