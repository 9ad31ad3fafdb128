// SPDX-License-Identifier: Apache-2.0
#include "border/control.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/words.h"

namespace marsad::border {
namespace {

constexpr double kLongest_m = 20e6;  // half around the Earth

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

double whole_mm(double metres) { return std::round(metres * 1000) / 1000; }

bool covers(const ControlEntry& entry, double s_m, Side side, base::Time at, base::Time known) {
  return entry.learnt <= known && entry.side == side && entry.from_m <= s_m && s_m < entry.to_m &&
         entry.since <= at && (!entry.until || at < *entry.until);
}

}  // namespace

std::string text_of(const Holder& holder) {
  return holder.holding == Holding::held ? holder.name : std::string(base::word(holder.holding));
}

Holder holder_of(std::string_view text) {
  const auto holding = base::from_word<Holding>(text);
  if (holding && *holding != Holding::held) return {*holding, ""};
  return {Holding::held, std::string(text)};
}

base::Result<ControlEntry> checked(ControlEntry entry) {
  const bool is_on_line =
      std::abs(entry.from_m) <= kLongest_m && std::abs(entry.to_m) <= kLongest_m;
  if (!is_on_line) {
    return base::Error{"from_km", fmt::format("the stretch from km {} to km {} is on no line",
                                              entry.from_m / 1000, entry.to_m / 1000)};
  }
  entry.from_m = whole_mm(entry.from_m);
  entry.to_m = whole_mm(entry.to_m);
  if (entry.from_m < 0 || entry.from_m >= entry.to_m) {
    return base::Error{"to_km", fmt::format("a stretch from km {} to km {}; expected one that "
                                            "begins at 0 or later and ends after that",
                                            entry.from_m / 1000, entry.to_m / 1000)};
  }
  if (entry.until && *entry.until <= entry.since) {
    return base::Error{"until",
                       fmt::format("until {} is not after since {}", base::to_iso8601(*entry.until),
                                   base::to_iso8601(entry.since))};
  }
  if (!(entry.confidence >= 0 && entry.confidence <= 1)) {
    return base::Error{"confidence",
                       fmt::format("{} is out of range; expected 0 to 1", entry.confidence)};
  }
  const bool named = entry.holder.holding == Holding::held;
  if (named == entry.holder.name.empty() || holder_of(text_of(entry.holder)) != entry.holder) {
    return base::Error{"holder", fmt::format("found '{}'; expected a name, contested, nobody or "
                                             "unknown",
                                             entry.holder.name)};
  }
  if (!is_one_line(entry.holder.name)) return base::Error{"holder", "expected text of one line"};
  if (!is_one_line(entry.source)) return base::Error{"source", "expected text of one line"};
  return entry;
}

base::Result<void> ControlRegister::add(ControlEntry entry) {
  auto fine = checked(std::move(entry));
  if (!fine) return fine.error();
  if (!entries_.empty() && fine->learnt < entries_.back().learnt) {
    return base::Error{"learnt", fmt::format("{} is before {}, when the register's newest entry "
                                             "was learnt: what was known then would change",
                                             base::to_iso8601(fine->learnt),
                                             base::to_iso8601(entries_.back().learnt))};
  }
  entries_.push_back(*std::move(fine));
  return {};
}

const ControlEntry* ControlRegister::entry(double s_m, Side side, base::Time at,
                                           base::Time known) const {
  const auto found =
      std::find_if(entries_.rbegin(), entries_.rend(),
                   [&](const ControlEntry& entry) { return covers(entry, s_m, side, at, known); });
  return found == entries_.rend() ? nullptr : &*found;
}

Holder ControlRegister::holder(double s_m, Side side, base::Time at, base::Time known) const {
  const ControlEntry* const found = entry(s_m, side, at, known);
  return found == nullptr ? Holder{} : found->holder;
}

std::vector<ControlRegister::Piece> ControlRegister::pieces(double from_m, double to_m, Side side,
                                                            base::Time at, base::Time known) const {
  std::vector<double> cuts = {from_m};
  for (const ControlEntry& entry : entries_) {
    for (const double cut : {entry.from_m, entry.to_m}) {
      if (cut > from_m && cut < to_m) cuts.push_back(cut);
    }
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  std::vector<Piece> out;
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const double end_m = i + 1 < cuts.size() ? cuts[i + 1] : to_m;
    const ControlEntry* const counts = entry(cuts[i], side, at, known);
    if (!out.empty() && out.back().entry == counts) {
      out.back().to_m = end_m;
    } else {
      out.push_back({cuts[i], end_m, counts});
    }
  }
  return out;
}

}  // namespace marsad::border
