// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

namespace marsad::exchange {

inline const std::string kCapSchema = "interop/cap/schema/CAP-v1.2-oasis.xsd";
inline const std::string kCotSchema =
    "interop/cot/atak-civ/takcot/mitre/CoT Base-Event Schema  (PUBLIC RELEASE).xsd";

// What xmllint has against a document by a schema of the data folder; "" where it is valid, none
// where the schema is missing.
std::optional<std::string> broken_rules(const std::string& document, const std::string& schema);

// The bytes of a file of the data folder; none where it is missing.
std::optional<std::string> data_file(const std::string& path);

}  // namespace marsad::exchange
