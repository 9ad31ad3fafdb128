// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace marsad::track {

// Whether a mover is there at all, and if so whether it can be seen just now: behind a bush or in
// a wadi it is there yet hidden, and misses then say nothing. A Markov chain of three states,
// visible, hidden and gone ("Markov chain two" of integrated probabilistic data association)
// [Musicki94].
struct Existence {
  double visible = 0;  // probability that it is there and can be seen
  double hidden = 0;   // probability that it is there and can't

  double total() const { return visible + hidden; }
};

struct ExistenceSettings {
  double mean_visible_s;  // before it hides
  double mean_hidden_s;   // before it shows again
  double mean_life_s;     // before it is gone for good
};

// Moves the belief forward by `dt_s` with nothing seen or missed.
void predict(Existence& existence, double dt_s, const ExistenceSettings& settings);

// After a look which would have detected it, if visible, with `detection_probability`.
// `detected` is the probability that the look did (that one of its plots is of this mover).
void update(Existence& existence, double detection_probability, double detected);

}  // namespace marsad::track
