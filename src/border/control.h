// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace marsad::border {

enum class Side { far, home };
constexpr std::array<std::string_view, 2> words(Side) { return {"far", "home"}; }

// Who holds ground. The first three are said of nobody by name; they are words of their own, so
// that "nobody" is never read as a force of that name.
enum class Holding { contested, nobody, unknown, held };
constexpr std::array<std::string_view, 4> words(Holding) {
  return {"contested", "nobody", "unknown", "held"};
}

struct Holder {
  Holding holding = Holding::unknown;
  std::string name;  // of who holds it, where it is held; else empty
  bool operator==(const Holder&) const = default;
};

// "contested", "nobody", "unknown", or the name of who holds it; and back.
std::string text_of(const Holder& holder);
Holder holder_of(std::string_view text);

// What somebody told of a stretch: who holds it, when that was true, and when we learnt it.
struct ControlEntry {
  double from_m = 0;  // chainage; of whole millimetres once it is in a register
  double to_m = 0;
  Side side = Side::far;
  Holder holder;
  base::Time since;                 // it was so from then on
  std::optional<base::Time> until;  // and no longer then; none: till something else is told
  base::Time learnt;
  std::string source;     // who told it
  double confidence = 1;  // 0 to 1
  bool operator==(const ControlEntry&) const = default;
};

// Who holds what, in two times: when it was true and when it was learnt [Snodgrass99 ch. 10]. It
// is only ever added to, so that any past night can be judged by what was known then: of all that
// was learnt by then of a place and a moment, the latest counts. What was wrong is put right by
// telling the right thing, or "unknown", anew.
class ControlRegister {
 public:
  // Adds what was learnt no earlier than all that is in it. Errors: learnt earlier, no stretch, no
  // time in which it was so, a confidence beyond 0 to 1, a text with a line's end in it.
  base::Result<void> add(ControlEntry entry);

  // All that was ever told, in the order in which it was learnt.
  const std::vector<ControlEntry>& entries() const { return entries_; }

  // What counts for a place and moment, of what was learnt by `known`; none: nothing was.
  const ControlEntry* entry(double s_m, Side side, base::Time at, base::Time known) const;
  // The same as who holds it: unknown where nothing was learnt.
  Holder holder(double s_m, Side side, base::Time at, base::Time known) const;

  // One side from `from_m` to `to_m` in pieces, each held by one all over by what one entry says;
  // null where nothing was learnt.
  struct Piece {
    double from_m = 0;
    double to_m = 0;
    const ControlEntry* entry = nullptr;
  };
  std::vector<Piece> pieces(double from_m, double to_m, Side side, base::Time at,
                            base::Time known) const;

 private:
  std::vector<ControlEntry> entries_;
};

// The same entry with its stretch in whole millimetres, or what is wrong with it; the error's
// `where` is the key.
base::Result<ControlEntry> checked(ControlEntry entry);

}  // namespace marsad::border
