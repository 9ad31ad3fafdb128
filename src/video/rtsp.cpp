// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>

#include "video/address.h"
#include "video/frame_clock.h"
#include "video/picture_reader.h"
#include "video/sources.h"

namespace marsad::video {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds kFirstRetry{500};
constexpr milliseconds kLastRetry = seconds(15);
constexpr seconds kSilence{5};             // without a packet for this long, the server is lost
constexpr milliseconds kFarewell{200};     // for telling the server that we leave
constexpr seconds kMostAhead{1};           // a frame's time may be, of its arrival
constexpr seconds kMostBehind = kSilence;  // the same, for a connection that stalled

// libav asks this while it waits for the network.
struct Patience {
  std::stop_token stop;
  Clock::time_point until;

  bool ran_out() const { return Clock::now() > until; }
  static int over(void* patience) {
    const auto& self = *static_cast<const Patience*>(patience);
    return self.stop.stop_requested() || self.ran_out() ? 1 : 0;
  }
};

// A camera on the network. Connects while frames are waited for, so a camera that boots later is
// no error, and connects again whenever it is lost.
class RtspSource final : public FrameSource {
 public:
  explicit RtspSource(const SourceSettings& settings)
      : settings_(settings), shown_address_(without_password(settings.location)) {
    info_.description = "RTSP, not connected yet";
    info_.live = true;
  }
  ~RtspSource() override { close(); }

  const SourceInfo& info() const override { return info_; }

  Event next(std::stop_token stop) override {
    patience_.stop = stop;
    while (!stop.stop_requested()) {
      if (held_back_) return *std::exchange(held_back_, std::nullopt);
      std::optional<Event> event;
      if (reader_) {
        event = receive();
      } else if (wait_for_turn(stop)) {
        event = connect();
      }
      if (event && !stop.stop_requested()) return std::move(*event);
    }
    return End{};
  }

 private:
  // False where the stop came first.
  bool wait_for_turn(const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any stopped;
    stopped.wait_until(lock, stop, next_try_, [] { return false; });
    return !stop.stop_requested();
  }

  std::optional<Event> connect() {
    PictureReader::Options options;
    options.formats = "rtsp";
    options.protocols = "rtsp,tcp";
    options.settings = {{"rtsp_transport", "tcp"}, {"allowed_media_types", "video"}};
    options.interrupt = {&Patience::over, &patience_};
    options.live = true;
    patience_.until = Clock::now() + kSilence;
    base::Result<PictureReader> reader = PictureReader::open(settings_.location, options);
    if (!reader) return lost(reader.error().message);
    reader_ = std::make_unique<PictureReader>(std::move(*reader));
    return std::nullopt;
  }

  std::optional<Event> receive() {
    if (!silent_) patience_.until = Clock::now() + kSilence;
    Reading reading = reader_->read();
    silent_ = patience_.ran_out();
    if (auto* picture = std::get_if<Picture>(&reading)) return arrived(std::move(*picture));
    if (const auto* damaged = std::get_if<Damaged>(&reading)) {
      // Who joins between key pictures can't decode until the next one; that is no fault.
      if (!clock_) return std::nullopt;
      ++next_number_;
      return Fault{Fault::Kind::corrupt_frame, shown_address_ + ": " + damaged->what};
    }
    if (const auto* ended = std::get_if<Ended>(&reading)) {
      return lost(ended->why.empty() ? "the server ended the stream" : ended->why);
    }
    return std::nullopt;
  }

  Event arrived(Picture picture) {
    const std::uint64_t number = next_number_++;
    retry_after_ = kFirstRetry;
    info_ = reader_->info();
    info_.width_px = picture.image.counts.width();
    info_.height_px = picture.image.counts.height();
    info_.description = "RTSP, " + info_.description;
    info_.live = true;
    Frame frame{.camera = settings_.camera,
                .number = number,
                .time = time_of(number, picture.stamp),
                .bits = picture.image.bits,
                .counts = std::move(picture.image.counts),
                .pose = std::nullopt};
    if (!std::exchange(told_of_loss_, false)) return frame;
    held_back_ = std::move(frame);
    return Fault{Fault::Kind::reconnected, shown_address_ + ": frames arrive again"};
  }

  // The first stamped frame's arrival and the stamps' differences since. The camera's clock drifts
  // against ours, so that begins anew when the two are too far apart.
  base::Time time_of(std::uint64_t number, std::optional<base::Duration> stamp) {
    const auto arrival =
        std::chrono::time_point_cast<base::Duration>(std::chrono::system_clock::now());
    base::Time time;
    bool begin = !clock_ || (stamp && !stamped_);
    if (!begin) {
      time = clock_->time_of(number - clock_from_, stamp);
      begin = time > arrival + kMostAhead || time < arrival - kMostBehind;
    }
    if (begin) {
      const double fps = settings_.fps.value_or(reader_->fps().value_or(kDefaultFps));
      clock_.emplace(std::max<base::Time>(arrival, last_time_ + base::Duration(1)),
                     base::from_seconds(1 / fps));
      clock_from_ = number;
      stamped_ = stamp.has_value();
      time = clock_->time_of(0, stamp);
    }
    last_time_ = time;
    return time;
  }

  // Tells of the loss once, then tries in silence, ever more rarely.
  std::optional<Event> lost(std::string why) {
    if (patience_.stop.stop_requested()) {
      close();
      return std::nullopt;
    }
    if (patience_.ran_out()) why = "silent for " + std::to_string(kSilence.count()) + " s";
    close();
    next_try_ = Clock::now() + retry_after_;
    retry_after_ = std::min(retry_after_ * 2, kLastRetry);
    if (std::exchange(told_of_loss_, true)) return std::nullopt;
    return Fault{Fault::Kind::disconnected, shown_address_ + ": " + without_passwords(why)};
  }

  void close() {
    patience_ = {std::stop_token(), Clock::now() + kFarewell};
    reader_.reset();
    clock_.reset();
    silent_ = false;
  }

  SourceSettings settings_;
  std::string shown_address_;
  SourceInfo info_;
  Patience patience_;                      // outlives reader_, which looks at it
  std::unique_ptr<PictureReader> reader_;  // none while not connected
  bool silent_ = false;  // nothing came in time; libav may still hand out what it held back
  std::optional<Event> held_back_;  // the frame that ended an outage
  bool told_of_loss_ = false;
  milliseconds retry_after_ = kFirstRetry;
  Clock::time_point next_try_;
  std::uint64_t next_number_ = 0;
  std::optional<FrameClock> clock_;
  std::uint64_t clock_from_ = 0;  // the frame clock_ began at
  bool stamped_ = false;          // clock_ began at a stamp: libav may lack the first picture's
  base::Time last_time_;
};

}  // namespace

OpenedSource open_rtsp(const SourceSettings& settings) {
  constexpr std::string_view kScheme = "rtsp://";
  const std::string_view rest = std::string_view(settings.location).substr(kScheme.size());
  if (rest.empty() || rest.front() == '/') {
    return base::Error{settings.location, "no host; expected rtsp://host[:port]/path"};
  }
  return OpenedSource(std::make_unique<RtspSource>(settings));
}

}  // namespace marsad::video
