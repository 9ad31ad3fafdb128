// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace marsad::track {

inline constexpr std::int32_t kUnassigned = -1;

// The one-to-one assignment of rows to columns with the least sum of costs [Crouse16]. `cost` is
// rows × columns by rows, finite. min(rows, columns) rows are assigned; the answer holds each
// row's column, or kUnassigned. Among equally good answers it always gives the same one.
std::vector<std::int32_t> assign(std::size_t rows, std::size_t columns,
                                 std::span<const double> cost);

}  // namespace marsad::track
